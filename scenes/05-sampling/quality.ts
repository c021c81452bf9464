// Quality against time on this device: how often an independent judge reads the digit that was asked for, after few steps and after many.
import { EngineError, type Engine, type Pixels, type SampleRequest } from '../../src/engine';
import { codeOf, watch } from '../../src/kit/watch';
import { counts, sampling } from './controls';
import { live } from './live';
import { apart, imagesOf } from './picture';
import { batch, enough, kindsOf, most, planOf, pointsSaid, variety, withBatch } from './points';

const { useValues, set } = sampling;
const measured = ['ddpm', 'ddim'] as const;
/** Evaluations that pay for what is made ready once for a batch: the first is computed plainly, the second recorded where that helps. */
const warming = 2;

export function openQuality(engine: Engine): () => void {
  let stop = () => {};
  let turn = 0;

  /** The pictures of a run, and the milliseconds and evaluations of its own computing. */
  const sample = (request: SampleRequest, mine: number) =>
    new Promise<{ result: Pixels; computing: number; evaluations: number }>((resolve, reject) => {
      if (mine !== turn) return reject(new EngineError('cancelled', 'another turn'));
      // Quick steps are missed; the last one tells of all.
      let spent = { computing: 0, evaluations: 1 };
      stop = watch(engine.sample(request), {
        step: ({ computing, evaluations }) => (spent = { computing, evaluations }),
        done: (result) => resolve({ result, ...spent }),
        fail: (code) => reject(new EngineError(code, 'while measuring')),
      });
    });

  const requestFor = (sampler: (typeof measured)[number], steps: number, from: number, count: number, kinds = kindsOf(most)) =>
    ({
      model: 'digits',
      sampler,
      schedule: 'cosine',
      steps,
      seed: 40_000 + from,
      count,
      prompt: Array.from({ length: count }, (_, i) => String((from + i) % kinds)),
      room: sampling.room,
    }) satisfies SampleRequest;

  function clear() {
    stop();
    turn++;
    live.points = { ddpm: [], ddim: [] };
    for (const name of ['plan', 'ddpmQuality', 'ddimQuality', 'qualitySays', 'foretoldQuality'] as const) set(name, null);
  }

  async function measure() {
    clear();
    const mine = turn;
    const { expectQuality } = useValues.getState();
    try {
      set('plan', { key: 'timing' });
      await sample(requestFor('ddim', warming, 0, batch), mine);
      const { computing, evaluations } = await sample(requestFor('ddim', 3, 0, batch), mine);
      const { pictures, seconds } = planOf(computing / evaluations / batch);
      if (mine !== turn) return;
      set('plan', { key: 'planned', with: { pictures, seconds } });
      // A batch of another size is made ready anew.
      if (pictures < batch) await sample(requestFor('ddim', warming, 0, pictures), mine);
      for (const steps of counts) for (const sampler of measured) await point(sampler, steps, pictures, mine);
      end(pictures, expectQuality);
    } catch (why) {
      const code = codeOf(why);
      if (mine !== turn || code === 'cancelled') return;
      set('qualitySays', { key: `engine.error.${code}` });
      set('measure', false);
    }
  }

  async function point(sampler: (typeof measured)[number], steps: number, pictures: number, mine: number) {
    const first = new Map<string, Float32Array>();
    for (let from = 0; from < pictures; from += batch) {
      const count = Math.min(batch, pictures - from);
      const request = requestFor(sampler, steps, from, count, kindsOf(pictures));
      const { result, computing } = await sample(request, mine);
      const verdicts = await engine.classify(result);
      if (mine !== turn) throw new EngineError('cancelled', 'another turn');
      const agreed = verdicts.filter(({ label }, i) => label === request.prompt[i]).length;
      const apartness: number[] = [];
      for (const [i, image] of imagesOf(result).entries()) {
        const before = first.get(request.prompt[i]!);
        if (before) apartness.push(apart(image, before).mean);
        else first.set(request.prompt[i]!, image);
      }
      const points = withBatch(live.points[sampler], { steps, made: count, agreed, seconds: computing / count / 1000, apart: apartness });
      live.points = { ...live.points, [sampler]: points };
      set(`${sampler}Quality`, pointsSaid(points));
    }
  }

  function end(pictures: number, expectQuality: string) {
    const few = enough(live.points.ddim);
    if (few === undefined) set('qualitySays', { key: 'tooFew', with: { pictures, ...variety(live.points.ddim) } });
    else {
      const ddpm = enough(live.points.ddpm) ?? counts[counts.length - 1]!;
      set('qualitySays', { key: 'enough', with: { few, ddpm, pictures, ...variety(live.points.ddim) } });
      const isRight = expectQuality === String(few);
      set('foretoldQuality', { key: expectQuality === '' ? 'guess.none' : isRight ? 'guess.right' : 'guess.wrong' });
    }
    set('measure', false);
  }

  /** Switched off, or left in the middle: what is measured stays, and says that it is not all. */
  function halt() {
    stop();
    turn++;
    if (useValues.getState().qualitySays === null) set('qualitySays', { key: 'stopped' });
  }

  const stopListening = useValues.subscribe((now, before) => {
    if (now.measure === before.measure) return;
    if (now.measure) return void measure();
    halt();
  });
  return () => {
    stopListening();
    if (useValues.getState().measure) halt();
    set('measure', false);
  };
}
