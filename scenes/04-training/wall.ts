// The wall of pictures: the network's drawings at their epochs, from one noise, beside what it draws now.
import type { Engine } from '../../src/engine';
import { epochsOf } from './amounts';
import { pins, training } from './controls';
import type { Milestone } from './course';
import { noiseOf } from './draw';
import { paced } from './paced';
import { digitsRecipe } from './recipe';
import { shelf } from './shelf';
import { live, onView, viewNow } from './view';
import { pinned, shown, wallSaid } from './wallSaid';

const { useValues, set } = training;

export function openWall(engine: Engine): () => void {
  let isClosed = false;
  let hung: readonly (Milestone | undefined)[] = [];
  let wasRecording = false;

  function hang() {
    const view = viewNow();
    const { noise } = live;
    const now = pins.map((_, at) => view.milestones[at]);
    now.forEach((milestone, at) => {
      const name = pins[at]!;
      const isSame = milestone === hung[at] && view.isRecording === wasRecording && useValues.getState()[name] !== null;
      if (isSame) return;
      const due = digitsRecipe.milestones[at]!;
      set(name, milestone ? pinned(milestone, view.isRecording) : noise ? shown(noise, { key: 'pinEmpty', with: { epoch: due } }) : null);
    });
    hung = now;
    wasRecording = view.isRecording;
    const picture = view.live?.picture ?? noise;
    const fill = { epoch: epochsOf(view.live?.epoch ?? 0) };
    const key = !view.live ? 'liveNoise' : view.isRecording ? 'liveRecorded' : 'livePicture';
    const before = useValues.getState().live;
    if (picture && (before?.values !== picture || before.said.key !== key)) set('live', shown(picture, { key, with: fill }));
    set('wallSays', wallSaid(view));
  }

  const hanging = paced(hang, 250);
  hang();
  const stop = onView(hanging);
  shelf.seen(true);
  noiseOf(engine, digitsRecipe).then((noise) => {
    if (isClosed) return;
    live.noise = noise;
    hang();
  }, console.error);
  return () => {
    isClosed = true;
    shelf.seen(false);
    hanging.close();
    stop();
  };
}
