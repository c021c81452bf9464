// What stands beside the boards of the loss: how it stands, and whether the visitor's guess about the pictures came true.
import { training } from './controls';
import { compared, findingOf, lossSaid, outcomeOf } from './finding';
import { paced } from './paced';
import { shelf } from './shelf';
import { onView, viewNow } from './view';

const { useValues, set } = training;

export function openLoss(): () => void {
  function say() {
    const { points, milestones, isRecording } = viewNow();
    const { loss, bands } = lossSaid(points, isRecording);
    set('lossSays', loss);
    set('bandSays', bands);
    const finding = findingOf(points, milestones, isRecording);
    set('finding', finding);
    const pair = compared(milestones);
    const { course } = shelf;
    if (!pair || isRecording || !course) return set('foretold', null);
    // A guess that is changed after the outcome is none.
    course.foretold ??= useValues.getState().expect;
    const isRight = course.foretold === outcomeOf(...pair);
    set('foretold', { key: course.foretold === '' ? 'foretold.none' : isRight ? 'foretold.right' : 'foretold.wrong' });
  }
  const saying = paced(say, 700);
  say();
  const stop = onView(saying);
  return () => {
    saying.close();
    stop();
  };
}
