// Guidance through the public door: both conventions, a class to steer away from, what it costs, and what is refused.
import { afterEach, describe, expect, it } from 'vitest';
import { EngineError, type Engine, type SampleRequest } from '../../src/engine';
import { guide } from '../../src/engine/guidance';
import { local } from './link';

let engine: Engine;
const open = () => (engine = local().engine);
afterEach(() => engine.close());

const digit: SampleRequest = { model: 'digits', sampler: 'ddim', schedule: 'cosine', steps: 3, seed: 7, prompt: '3' };
const pictures = async (part: Partial<SampleRequest>) => (await engine.sample({ ...digit, ...part }).result).values;
/** One step: the result is the guess at the first level, so that guesses can be put together by hand. */
const guess = (part: Partial<SampleRequest>) => pictures({ steps: 1, ...part });
const refusal = (part: Partial<SampleRequest>) =>
  engine.sample({ ...digit, ...part }).result.then(
    () => 'not refused',
    (why: unknown) => (why instanceof EngineError && why.code === 'bad-request' ? why.detail : String(why)),
  );

describe('guidance', () => {
  it.each([
    [2.5, 1.5],
    [1, 0],
    [0, -1],
    [1.1, 1.1 - 1],
    [-3, -4],
  ])('s = %d is w = %d, bit for bit', async (guidance, guidanceWeight) => {
    open();
    expect(await pictures({ guidanceWeight })).toEqual(await pictures({ guidance }));
  });

  it('steers away from the negative class as from the null class: eps(n) + s (eps(c) - eps(n))', async () => {
    open();
    const [toward, away] = [await guess({ prompt: '3' }), await guess({ prompt: '8' })];
    const [guided, plain] = [await guess({ negative: '8', guidance: 2.5 }), await guess({ guidance: 2.5 })];
    const byHand = toward.map((value, at) => away[at]! + 2.5 * (value - away[at]!));
    const apart = (one: Float32Array, other: Float32Array) => Math.max(...one.map((value, at) => Math.abs(value - other[at]!)));
    expect(apart(guided, byHand)).toBeLessThan(1e-5);
    expect(apart(guided, plain)).toBeGreaterThan(1e-2);
    expect(await pictures({ negative: '8', guidance: 0 })).toEqual(await pictures({ prompt: '8' }));
    expect(await pictures({ negative: '8', guidance: 1 })).toEqual(await pictures({}));
  });

  it('takes a negative for each picture', async () => {
    open();
    const both = await guess({ count: 2, prompt: ['3', '5'], negative: ['8', '6'], guidance: 2 });
    expect(both).toHaveLength(2048);
    const first = await guess({ prompt: '3', negative: '8', guidance: 2 });
    first.forEach((value, at) => expect(both[at]).toBeCloseTo(value, 4));
  });

  it('works with a negative where a model knows no null class', async () => {
    open();
    const cloud = { model: 'cloud', prompt: 'noise', steps: 1, count: 8, guidance: 2 } as const;
    expect(await refusal(cloud)).toMatch('cannot do without a class');
    expect(await pictures({ ...cloud, negative: 'rig' })).toHaveLength(24);
  });

  it.each([
    [1, ['toward']],
    [0, ['away']],
    [2, ['away', 'toward']],
  ])('s = %d asks the network no more than it needs', async (scale, expected) => {
    const asked: string[] = [];
    const as = (name: string) => (noisy: Float32Array) => (asked.push(name), Promise.resolve(noisy));
    await guide(as('toward'), as('away'), scale)(new Float32Array(4), 1);
    expect(asked).toEqual(expected);
  });

  it.each<[string, Partial<SampleRequest>, string]>([
    ['both conventions at once', { guidance: 2, guidanceWeight: 1 }, 'not by both'],
    ['a weight that is no number', { guidanceWeight: NaN }, 'guidanceWeight must lie between -101 and 99'],
    ['a weight out of range', { guidanceWeight: 100 }, 'guidanceWeight must lie between -101 and 99'],
    ['a weight towards nothing', { prompt: undefined as never, guidanceWeight: 1 }, 'needs a prompt'],
    ['a negative without a prompt', { prompt: undefined as never, negative: '8' }, 'a negative needs a prompt'],
    ['more negatives than pictures', { negative: ['8', '9'], guidance: 2 }, 'one negative for all, or one for each of 1'],
    ['fewer prompts than pictures', { count: 3, prompt: ['8', '9'] }, 'one prompt for all, or one for each of 3'],
    ['a negative nobody knows', { negative: 'dragon', guidance: 2 }, 'knows no class dragon'],
    ['one that stands idle too', { negative: 'dragon' }, 'knows no class dragon'],
  ])('%s is refused', async (_what, part, words) => {
    open();
    expect(await refusal(part)).toMatch(words);
  });
});
