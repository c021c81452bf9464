// What the address may ask for before the museum opens; everything else is ignored.
import { choose, languages, levels, type Visit } from './index';

const tiers = ['auto', 'low', 'medium', 'high'] as const;
const oneOf = <T extends string>(wanted: string | null, allowed: readonly T[]) => allowed.find((name) => name === wanted);

/** The choices in `?lang=de&level=child&quality=low&twin&motion=reduced&contrast=high`; `?pseudo` is the language that tests texts. */
export function choicesIn(search: string): Partial<Visit> {
  const query = new URLSearchParams(search);
  const found: { -readonly [K in keyof Visit]?: Visit[K] | undefined } = {
    language: query.has('pseudo') ? 'en-XA' : oneOf(query.get('lang'), languages),
    level: oneOf(query.get('level'), levels),
    quality: oneOf(query.get('quality'), tiers),
    motion: oneOf(query.get('motion'), ['full', 'reduced'] as const),
    contrast: oneOf(query.get('contrast'), ['normal', 'high'] as const),
    ...(query.has('twin') ? { pictures: false, why: 'asked' as const } : {}),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined)) as Partial<Visit>;
}

/** Where `?engine=webgpu` (wasm, cpu) wants the engine to compute; otherwise it measures and chooses. */
export const backendIn = (search: string) =>
  oneOf(new URLSearchParams(search).get('engine'), ['webgpu', 'wasm', 'cpu'] as const) ?? 'measured';

export function readQuery(search: string): void {
  const choices = choicesIn(search);
  const { quality } = choices;
  choose(quality && quality !== 'auto' ? { ...choices, tier: quality } : choices);
}
