// The recording of a run of this same course, for devices that are too weak: played in a third of a minute, and called a recording throughout.
import { codeOf } from '../../src/kit/watch';
import { useVisit } from '../../src/visit';
import { spanOf } from './amounts';
import { training } from './controls';
import { fetchRecording, type Played } from './recording';
import { live, viewChanged } from './view';

const { useValues, set } = training;

/** Seconds in which all of it is played. */
const length = 20;

export function openReplay(load: () => Promise<Played> = fetchRecording): () => void {
  let timer: ReturnType<typeof setInterval> | undefined;
  let turn = 0;

  function stop() {
    turn++;
    clearInterval(timer);
    if (!live.recording) return;
    live.recording = undefined;
    viewChanged();
  }

  function show({ told, points, milestones }: Played, epoch: number) {
    const past = milestones.filter(({ at }) => at <= epoch + 1e-6);
    const last = past.at(-1);
    live.recording = {
      ...{
        points: points.filter((point) => point.epoch <= epoch),
        milestones: past,
        epoch,
        goal: Math.max(told.epochs, 1),
        isRecording: true,
      },
      live: last && { picture: last.picture, epoch: last.at },
    };
    viewChanged();
    const { date, device, backend, digits } = told;
    const fill = { date, device, backend, digits, epochs: Math.round(told.epochs), time: spanOf(told.seconds) };
    set('advice', { key: 'recording', with: fill });
  }

  async function play() {
    stop();
    const mine = turn;
    try {
      const played = await load();
      if (mine !== turn) return;
      if (useVisit.getState().motion === 'reduced') return show(played, played.told.epochs);
      const began = performance.now();
      timer = setInterval(() => {
        const share = Math.min(1, (performance.now() - began) / 1000 / length);
        show(played, share * played.told.epochs);
        if (share === 1) clearInterval(timer);
      }, 250);
    } catch (why) {
      if (mine === turn) set('advice', { key: `engine.error.${codeOf(why)}` });
    }
  }

  const stopListening = useValues.subscribe((now, before) => {
    if (now.recorded === before.recorded) return;
    if (now.recorded) void play();
    else {
      set('advice', null);
      stop();
    }
  });
  if (useValues.getState().recorded) void play();
  return () => {
    stopListening();
    stop();
  };
}
