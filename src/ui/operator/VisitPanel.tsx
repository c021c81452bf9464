// The folder of the operator's panel for what the visitor chose: room, language, level, and how things look and sound.
import { useControls } from 'leva';
import { useEffect } from 'react';
import { rooms } from '../../museum/rooms';
import { say, useLoaded, useWords } from '../../text';
import { choose, goTo, languages, levels, useVisit, type Visit } from '../../visit';

const levelWord = { child: 'settings.levelChild', adult: 'settings.levelAdult', expert: 'settings.levelExpert' } as const;
const qualities = ['auto', 'low', 'medium', 'high'] as const;

/** The visit as the panel shows it: what has two sides is a switch. */
const shownOf = ({ room, language, level, volume, captions, motion, contrast, quality }: Visit) => ({
  ...{ room, language, level, volume, captions, quality },
  motion: motion === 'reduced',
  contrast: contrast === 'high',
});

interface Context {
  readonly fromPanel: boolean;
}
/** The panel writes only what a hand changed in it. */
const byHand =
  <T,>(write: (value: T) => void) =>
  (value: T, _path: string, { fromPanel }: Context) =>
    fromPanel && write(value);

/** The panel tells its first value as if a hand had chosen it; a visitor who is there stays at their stop. */
const toRoom = (room: string) => room !== useVisit.getState().room && goTo(room);

export function VisitPanel() {
  const words = useWords();
  const language = useLoaded((l) => l.language);
  const trees = useLoaded((l) => l.trees);
  const [, set] = useControls(
    words('operator.visit'),
    () => {
      const now = shownOf(useVisit.getState());
      const named = <V extends string>(values: readonly V[], name: (value: V) => string) =>
        Object.fromEntries(values.map((value) => [name(value), value]));
      const title = (name: string) => say(trees[name], 'title', 'adult');
      return {
        room: { label: words('operator.room'), value: now.room, options: named(rooms.map(({ name }) => name), title), onChange: byHand(toRoom) }, // prettier-ignore
        language: {
          label: words('settings.language'),
          value: now.language,
          options: named(languages, (one) => words(`settings.languages.${one}`)),
          onChange: byHand((language: Visit['language']) => choose({ language })),
        },
        level: {
          label: words('settings.level'),
          value: now.level,
          options: named(levels, (one) => words(levelWord[one])),
          onChange: byHand((level: Visit['level']) => choose({ level })),
        },
        volume: { label: words('settings.volume'), value: now.volume, min: 0, max: 1, step: 0.05, onChange: byHand((volume: number) => choose({ volume })) }, // prettier-ignore
        captions: { label: words('settings.captions'), value: now.captions, onChange: byHand((captions: boolean) => choose({ captions })) },
        motion: {
          label: words('settings.motion'),
          value: now.motion,
          onChange: byHand((less: boolean) => choose({ motion: less ? 'reduced' : 'full' })),
        },
        contrast: {
          label: words('settings.contrast'),
          value: now.contrast,
          onChange: byHand((high: boolean) => choose({ contrast: high ? 'high' : 'normal' })),
        },
        quality: {
          label: words('settings.quality'),
          value: now.quality,
          options: named(qualities, (one) => words(`settings.qualities.${one}`)),
          onChange: byHand((quality: Visit['quality']) => choose({ quality })),
        },
      };
    },
    { collapsed: true, order: -1 },
    [language],
  );
  useEffect(() => useVisit.subscribe((visit) => set(shownOf(visit))), [set]);
  return null;
}
