// The small network that learns a shape in seconds, on every device: its points are drawn again and again while it trains.
import type { Engine, Training } from '../../src/engine';
import { watch } from '../../src/kit/watch';
import { about } from './amounts';
import { training } from './controls';
import { firstWords } from './firstWords';
import { lesson, lessonOf, strayOf } from './lessonRecipe';
import type { Shape } from './names';
import { pointsOf } from './shapes';
import { live } from './view';

const { useValues, set } = training;

export function openLesson(engine: Engine): () => void {
  let timer: ReturnType<typeof setInterval> | undefined;
  let stop = () => {};
  let run: Training | undefined;

  function end() {
    clearInterval(timer);
    timer = undefined;
    stop();
    stop = () => {};
    run?.cancel();
    run = undefined;
  }

  function learn(shape: Shape) {
    end();
    live.cloud = undefined;
    set('cloudSays', { key: 'cloudStarts' });
    const began = performance.now();
    const wanted = pointsOf(shape, 900);
    const mine = (run = engine.train(lessonOf(shape)));
    let drawn = -1;
    let isDrawing = false;
    mine.result.catch((why: unknown) => {
      const code = (why as { code?: string }).code ?? 'numbers';
      if (run !== mine || code === 'cancelled') return;
      end();
      set('cloudSays', { key: `engine.error.${code}` });
    });
    const say = (step: number) => {
      if (!live.cloud) return;
      const fill = {
        step,
        steps: lesson.steps,
        stray: about(strayOf(live.cloud, wanted)),
        seconds: about((performance.now() - began) / 1000),
        points: lesson.points,
      };
      set('cloudSays', { key: step >= lesson.steps ? 'cloudDone' : 'cloudLearns', with: fill });
    };
    timer = setInterval(() => {
      const entry = mine.checkpoints().at(-1);
      if (!entry || isDrawing || entry.step === drawn) return;
      drawn = entry.step;
      isDrawing = true;
      stop = watch(
        engine.sample({
          ...{ model: entry.model, sampler: 'dpmpp2m', schedule: 'cosine', steps: 8, seed: 1, count: lesson.points },
          ...{ prompt: shape, room: training.room },
        }),
        {
          done({ values }) {
            isDrawing = false;
            live.cloud = values;
            say(entry.step);
            if (entry.step >= lesson.steps) end();
          },
          fail: () => (isDrawing = false),
        },
      );
    }, 50);
  }

  const forget = () => {
    end();
    live.cloud = undefined;
  };
  const stopWords = firstWords('cloudSays', () => ({ key: 'cloudIdle' }), forget);
  const stopListening = useValues.subscribe((now, before) => {
    if (now.learn > before.learn) learn(now.shape as Shape);
  });
  return () => {
    stopWords();
    stopListening();
    forget();
  };
}
