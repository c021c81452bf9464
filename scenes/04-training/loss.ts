// What stands beside the boards of the loss: how it stands, and whether the visitor's guess about the pictures came true.
import { training } from './controls';
import { compared, findingOf, foretoldOf, lossSaid } from './finding';
import { paced } from './paced';
import { plotOf } from './plot';
import { digitsRecipe } from './recipe';
import { shelf } from './shelf';
import { onView, viewNow } from './view';

const { useValues, set } = training;

export function openLoss(): () => void {
  /** What was foretold of the recording, as it stood when its outcome was first told. */
  let recorded: string | undefined;

  function say() {
    const { points, milestones, isRecording, goal } = viewNow();
    const { loss, bands } = lossSaid(points, isRecording);
    set('lossSays', loss);
    set('bandSays', bands);
    set('plot', plotOf(points, goal, isRecording));
    const finding = findingOf(points, milestones, isRecording);
    set('finding', finding);
    const { course } = shelf;
    const { expect } = useValues.getState();
    // A guess that is changed after the outcome is none.
    const isTold = compared(milestones) !== undefined;
    recorded = isRecording && isTold ? (recorded ?? expect) : undefined;
    if (!isRecording && isTold && course) course.foretold ??= expect;
    const picked = (isRecording ? recorded : course?.foretold) ?? expect;
    set('foretold', isRecording || course ? foretoldOf(picked, milestones, course?.recipe ?? digitsRecipe) : null);
  }
  const saying = paced(say, 700);
  say();
  const stop = onView(saying);
  const stopListening = useValues.subscribe((now, before) => {
    if (now.expect !== before.expect) saying();
  });
  return () => {
    stopListening();
    saying.close();
    stop();
  };
}
