// The digit that the visitor starts from: made by the model on this device, or drawn by hand.
import type { Engine } from '../../src/engine';
import { watch } from '../../src/kit/watch';
import { percentOf } from '../../src/text/amounts';
import { noise } from './controls';
import { centred } from './drawn';
import { pixels, shown } from './picture';

const { useValues, set } = noise;
/** Enough for a clean digit with guidance 2, few enough to wait for. */
const steps = 16;

/** `take` gets each clean picture when it is ready, and undefined while there is none. */
export function openPick(engine: Engine, take: (image: Float32Array | undefined) => void): () => void {
  let stop = () => {};
  let turn = 0;

  async function judge(image: Float32Array, mine: number, key: string) {
    const [verdict] = await engine.classify(pixels(image)).catch(() => []);
    if (mine !== turn || !verdict) return;
    set('digitSays', { key, with: { label: verdict.label, sure: percentOf(verdict.confidence) } });
  }

  function make(digit: string, seed: number, mine: number) {
    set('digitSays', { key: 'making', with: { digit } });
    const fill = { digit };
    stop = watch(
      engine.sample({
        model: 'digits',
        sampler: 'ddim',
        schedule: 'cosine',
        steps,
        seed,
        prompt: digit,
        guidance: 2,
        room: noise.room,
      }),
      {
        step: ({ noisy, index }) => {
          set('chosen', shown(noisy.values, { key: 'chosenMaking', with: fill }));
          set('digitSays', { key: 'makingStep', with: { digit, step: index + 1, steps } });
        },
        done({ values }) {
          set('chosen', shown(values, { key: 'chosenMade', with: fill }));
          set('digitSays', { key: 'made', with: fill });
          take(values);
          void judge(values, mine, 'madeJudged');
        },
        fail: (code) => set('digitSays', { key: `engine.error.${code}` }),
      },
    );
  }

  function drawn(ink: Float32Array | null, size: number, mine: number) {
    const image = centred(ink, size);
    set('chosen', image ? shown(image, { key: 'chosenDrawn' }) : null);
    set('digitSays', { key: image ? 'drawn' : ink ? 'drawMore' : 'drawHint' });
    take(image);
    if (image) void judge(image, mine, 'drawnJudged');
  }

  function again() {
    stop();
    const mine = ++turn;
    const { source, digit, another, pad } = useValues.getState();
    if (source === 'drawn') return drawn(pad, noise.list.pad.size, mine);
    take(undefined);
    set('chosen', null);
    make(digit || '3', 11 + another, mine);
  }

  again();
  const stopListening = useValues.subscribe((now, before) => {
    const isOther = now.source !== before.source || now.digit !== before.digit || now.another !== before.another;
    if (isOther || (now.source === 'drawn' && now.pad !== before.pad)) again();
  });
  return () => {
    turn++;
    stopListening();
    stop();
  };
}
