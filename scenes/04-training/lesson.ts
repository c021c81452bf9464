// The small network that learns a shape in seconds, on every device: its points are drawn again and again while it trains.
import type { Engine, Training } from '../../src/engine';
import { codeOf, watch } from '../../src/kit/watch';
import { about } from './amounts';
import { training } from './controls';
import type { Course } from './course';
import { firstWords } from './firstWords';
import { lesson, lessonOf, strayOf } from './lessonRecipe';
import type { Shape } from './names';
import { shelf } from './shelf';
import { pointsOf } from './shapes';
import { live } from './view';

const { useValues, set } = training;

/** Milliseconds between two looks at the training. */
const look = 50;
/** A drawing takes its time from the training: steps between two of them, and milliseconds after one before the next, at the least. */
const [stride, rest] = [lesson.steps / 10, 500];
/** Drawings of the last checkpoint that may fail one after the other before that is said. */
const patience = 5;

export function openLesson(engine: Engine): () => void {
  let timer: ReturnType<typeof setInterval> | undefined;
  let stop = () => {};
  let run: Training | undefined;
  /** The course that stands aside for this. */
  let held: Course | undefined;

  function end() {
    clearInterval(timer);
    timer = undefined;
    stop();
    stop = () => {};
    run?.cancel();
    run = undefined;
    held?.release();
    held = undefined;
  }

  function learn(shape: Shape) {
    end();
    live.cloud = undefined;
    // In turns with the digits it would take many times as long.
    held = shelf.course;
    held?.hold();
    set('cloudSays', { key: held?.isHeld ? 'cloudStartsAlone' : 'cloudStarts' });
    const began = performance.now();
    const wanted = pointsOf(shape, 900);
    const mine = (run = engine.train(lessonOf(shape)));
    let [drawn, ended] = [-Infinity, -Infinity];
    let failures = 0;
    let isDrawing = false;
    const refuse = (code: string) => {
      end();
      set('cloudSays', { key: `engine.error.${code}` });
    };
    mine.result.catch((why: unknown) => {
      const code = codeOf(why);
      if (run === mine && code !== 'cancelled') refuse(code);
    });
    const say = (step: number, points: Float32Array) => {
      const fill = {
        step,
        steps: lesson.steps,
        stray: about(strayOf(points, wanted)),
        seconds: about((performance.now() - began) / 1000),
        points: lesson.points,
      };
      set('cloudSays', { key: step >= lesson.steps ? 'cloudDone' : 'cloudLearns', with: fill });
    };
    timer = setInterval(() => {
      const entry = mine.checkpoints().at(-1);
      if (!entry || isDrawing || performance.now() - ended < rest) return;
      const isLast = entry.step >= lesson.steps;
      if (!isLast && entry.step - drawn < stride) return;
      isDrawing = true;
      const rested = () => {
        isDrawing = false;
        ended = performance.now();
      };
      stop = watch(
        engine.sample({
          ...{ model: entry.model, sampler: 'dpmpp2m', schedule: 'cosine', steps: 8, seed: 1, count: lesson.points },
          ...{ prompt: shape, room: training.room },
        }),
        {
          done({ values }) {
            rested();
            drawn = entry.step;
            live.cloud = values;
            say(entry.step, values);
            if (isLast) end();
          },
          // It may have been given up for a newer one, or the device was lost: the newest is drawn at one of the next looks.
          fail(code) {
            rested();
            if (isLast && ++failures >= patience) refuse(code);
          },
        },
      );
    }, look);
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
