// The two boards of the loss: one line that grows, and the same by noise. Drawn anew as the training goes on, not in every frame.
import { useEffect, useMemo, useState } from 'react';
import { Chart, type Line } from '../../../src/kit/Chart';
import { useNumber, type Words } from '../../../src/text';
import { places } from '../furniture';
import { bandCount, lineOf } from '../history';
import { paced } from '../paced';
import { onView, viewNow, type View } from '../view';

/** Milliseconds between two drawings of a board. */
const pace = 1000;
/** The loss where nothing was learned is about 1. */
const highest = 1.2;

/** What the walls show, some time ago at most; its points are a list of its own, for theirs grows. */
const viewCopied = (): View => {
  const view = viewNow();
  return { ...view, points: [...view.points] };
};

function useView(): View {
  const [view, setView] = useState(viewCopied);
  useEffect(() => {
    const look = paced(() => setView(viewCopied()), pace);
    look();
    const stop = onView(look);
    return () => {
      stop();
      look.close();
    };
  }, []);
  return view;
}

export function Boards({ words, hue }: { readonly words: Words; readonly hue: number }) {
  const view = useView();
  const number = useNumber();
  const [labels, title, bandsTitle] = [
    Array.from({ length: bandCount }, (_, band) => words(`chart.bands.b${band}`)).join('|'),
    ...[words('chart.loss'), words('chart.bandsTitle')].map((one) => (view.isRecording ? `${words('chart.recording')}: ${one}` : one)),
  ] as [string, string, string];
  const axis = useMemo(() => ({ highest, last: view.goal }), [view.goal]);
  const loss = useMemo(
    (): readonly Line[] => [{ name: 'loss', label: '', isChosen: true, ...lineOf(view.points, (point) => point.loss, axis) }],
    [view.points, axis],
  );
  const bands = useMemo(
    () =>
      labels.split('|').map((label, band): Line => ({
        name: `b${band}`,
        label,
        isChosen: band === bandCount - 1,
        ...lineOf(view.points, ({ bands }) => bands[band], axis),
      })),
    [view.points, labels, axis],
  );
  const [low, middle, high] = [number(0), number(highest / 2, 1), number(highest, 1)];
  const [half, goal] = [number(Math.round(view.goal / 2)), number(Math.round(view.goal))];
  const ticks = useMemo(() => ({ across: ['0', half, goal], upward: [low, middle, high] }) as const, [half, goal, low, middle, high]);
  const shared = { hue, across: words('chart.across'), upward: words('chart.up'), ticks };
  return (
    <>
      {(
        [
          ['loss', loss, title],
          ['bands', bands, bandsTitle],
        ] as const
      ).map(([name, lines, heading]) => {
        const { at, turn, size } = places[name];
        return (
          <Chart
            key={name}
            {...shared}
            width={size[0]}
            height={size[1]}
            position={at}
            rotation={[0, turn, 0]}
            title={heading}
            lines={lines}
          />
        );
      })}
    </>
  );
}
