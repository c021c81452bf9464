// What the config of a network must be before the network believes it: rules by key, and what is wrong with a config.

export interface ConfigRule {
  /** Said of the value when it is wrong: `size` must be ... */
  readonly must: string;
  holds(value: unknown): boolean;
}
export type ConfigRules = Readonly<Record<string, ConfigRule>>;

/** A whole number within bounds. */
export const whole = (from: number, to: number): ConfigRule => ({
  must: `a whole number from ${from} to ${to}`,
  holds: (value) => Number.isInteger(value) && (value as number) >= from && (value as number) <= to,
});

/** A list of this many whole numbers within bounds. */
export const wholes = (count: number | undefined, from: number, to: number): ConfigRule => ({
  must: `${count ?? 'some'} whole numbers from ${from} to ${to}`,
  holds: (value) =>
    Array.isArray(value) && value.length > 0 && (count ?? value.length) === value.length && value.every(whole(from, to).holds),
});

/** Exactly this. */
export const exactly = (wanted: number): ConfigRule => ({ must: String(wanted), holds: (value) => value === wanted });

/** What is wrong with a config, or undefined where nothing is. */
export function wrongIn(config: Readonly<Record<string, unknown>>, rules: ConfigRules): string | undefined {
  const wrong = Object.entries(rules).find(([key, { holds }]) => !holds(Object.hasOwn(config, key) ? config[key] : undefined));
  return wrong && `needs \`${wrong[0]}\` of its config to be ${wrong[1].must}`;
}
