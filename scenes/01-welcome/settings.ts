// The lobby's switches and the visit's choices are one: what changes on either side changes on the other.
import { choose, languages, levels, useVisit, type Visit } from '../../src/visit';
import { welcome } from './controls';

const { useValues, set } = welcome;
/** Volume that the lobby's switch turns on. */
const audible = 0.6;

/** Sets only what differs, so that neither side answers for ever. */
function put<N extends 'language' | 'level' | 'sound' | 'captions' | 'stillness' | 'minutes'>(
  name: N,
  value: ReturnType<typeof useValues.getState>[N],
) {
  if (useValues.getState()[name] !== value) set(name, value);
}

function fromVisit(visit: Visit): void {
  put('language', visit.language === 'en-XA' ? '' : visit.language);
  put('level', visit.level);
  put('sound', visit.volume > 0);
  put('captions', visit.captions);
  put('stillness', visit.motion === 'reduced');
  put('minutes', visit.route === 0 ? '' : String(visit.route));
}

type Chosen = ReturnType<typeof useValues.getState>;

function toVisit(now: Chosen, before: Chosen): void {
  const visit = useVisit.getState();
  const language = languages.find((name) => name === now.language);
  const level = levels.find((name) => name === now.level);
  if (now.language !== before.language && language && language !== visit.language) choose({ language });
  if (now.level !== before.level && level && level !== visit.level) choose({ level });
  if (now.sound !== before.sound && now.sound !== visit.volume > 0) choose({ volume: now.sound ? audible : 0 });
  if (now.captions !== before.captions && now.captions !== visit.captions) choose({ captions: now.captions });
  if (now.stillness !== before.stillness && now.stillness !== (visit.motion === 'reduced'))
    choose({ motion: now.stillness ? 'reduced' : 'full' });
  if (now.minutes !== before.minutes && Number(now.minutes) !== visit.route) choose({ route: Number(now.minutes), reached: [] });
}

/** What stood here when the room was left, and of which visit. */
let left = { visit: useVisit.getState().visit, values: useValues.getInitialState() };

export function openSettings(): () => void {
  const { visit } = useVisit.getState();
  // What was pressed before this room's story had come is a choice, too.
  if (visit === left.visit) toVisit(useValues.getState(), left.values);
  fromVisit(useVisit.getState());
  const stopValues = useValues.subscribe(toVisit);
  const stopVisit = useVisit.subscribe(fromVisit);
  return () => {
    stopVisit();
    stopValues();
    left = { visit: useVisit.getState().visit, values: useValues.getState() };
  };
}
