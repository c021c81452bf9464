// What the config of a network must be before the network believes it: rules by key, and what is wrong with a config.

export interface ConfigRule {
  /** Said of the value when it is wrong: `size` must be ... */
  readonly must: string;
  /** `config` is the whole of it; rules for other keys may not have been asked yet. */
  holds(value: unknown, config: Config): boolean;
}
export type Config = Readonly<Record<string, unknown>>;
export type ConfigRules = Readonly<Record<string, ConfigRule>>;

const isWhole = (value: unknown, from: number, to: number) =>
  Number.isInteger(value) && (value as number) >= from && (value as number) <= to;

/** A whole number within bounds. */
export const whole = (from: number, to: number): ConfigRule => ({
  must: `a whole number from ${from} to ${to}`,
  holds: (value) => isWhole(value, from, to),
});

/** A list of this many whole numbers within bounds. */
export const wholes = (count: number | undefined, from: number, to: number): ConfigRule => ({
  must: `${count ?? 'some'} whole numbers from ${from} to ${to}`,
  holds: (value) =>
    Array.isArray(value) && value.length > 0 && (count ?? value.length) === value.length && value.every((one) => isWhole(one, from, to)),
});

/** Exactly this. */
export const exactly = (wanted: number): ConfigRule => ({ must: String(wanted), holds: (value) => value === wanted });

/** `rule`, and what the value must be beside the rest of its config. */
export const fitting = (rule: ConfigRule, must: string, fits: (value: never, config: never) => boolean): ConfigRule => ({
  must: `${rule.must}, ${must}`,
  holds: (value, config) => rule.holds(value, config) && fits(value as never, config as never),
});

/** What is wrong with a config, or undefined where nothing is. */
export function wrongIn(config: Config, rules: ConfigRules): string | undefined {
  const wrong = Object.entries(rules).find(([key, { holds }]) => !holds(Object.hasOwn(config, key) ? config[key] : undefined, config));
  return wrong && `needs \`${wrong[0]}\` of its config to be ${wrong[1].must}`;
}
