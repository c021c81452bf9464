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

/** With little motion it is not played, but shown as a whole. */
const isStill = () => useVisit.getState().motion === 'reduced';

export function openReplay(load: () => Promise<Played> = fetchRecording): () => void {
  let timer: ReturnType<typeof setInterval> | undefined;
  let turn = 0;
  let played: Played | undefined;
  /** How much of it has been played, from 0 to 1. */
  let share = 0;

  function halt() {
    clearInterval(timer);
    timer = undefined;
  }

  function stop() {
    turn++;
    halt();
    played = undefined;
    if (!live.recording) return;
    live.recording = undefined;
    viewChanged();
  }

  function show({ told, points, milestones }: Played) {
    const epoch = share * told.epochs;
    const past = milestones.filter(({ at }) => at <= epoch + 1e-6);
    const last = past.at(-1);
    live.recording = {
      ...{
        points: points.filter((point) => point.epoch <= epoch),
        milestones: past,
        epoch,
        goal: Math.max(told.epochs, 1),
        isRecording: true,
        standing: share === 1 ? (isStill() ? 'whole' : 'over') : timer === undefined ? 'paused' : 'playing',
      },
      live: last && { picture: last.picture, epoch: last.at },
    };
    viewChanged();
    const { date, device, backend, digits } = told;
    const fill = { date, device, backend, digits, epochs: Math.round(told.epochs), time: spanOf(told.seconds) };
    set('advice', { key: 'recording', with: fill });
  }

  /** From where it stands. */
  function go(recording: Played) {
    let last = performance.now();
    timer = setInterval(() => {
      const now = performance.now();
      share = Math.min(1, share + (now - last) / 1000 / length);
      last = now;
      if (share === 1) halt();
      show(recording);
    }, 250);
    show(recording);
  }

  async function play() {
    stop();
    const mine = turn;
    try {
      const found = await load();
      if (mine !== turn) return;
      played = found;
      share = 0;
      if (!isStill()) return go(found);
      share = 1;
      show(found);
    } catch (why) {
      if (mine === turn) set('advice', { key: `engine.error.${codeOf(why)}` });
    }
  }

  /** Stands still, goes on, or is played once more from its end. */
  function pause() {
    if (!played || (share === 1 && isStill())) return;
    if (timer === undefined) {
      share %= 1;
      return go(played);
    }
    halt();
    show(played);
  }

  const stopListening = useValues.subscribe((now, before) => {
    if (now.pause > before.pause) pause();
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
