// The schedule: its curves on a board, one of which may be drawn by hand, and what the chosen one does to the picture.
import { useEffect, useMemo, useState } from 'react';
import type { Words } from '../../../src/text';
import { Chart } from '../../../src/kit/Chart';
import { Panel } from '../../../src/kit/Panel';
import { withPoint } from '../../../src/kit/panel/pencil';
import { noise } from '../controls';
import { places } from '../furniture';
import { hue } from '../hue';
import { live } from '../live';

const { useValues } = noise;
const names = ['linear', 'cosine', 'sigmoid', 'drawn'] as const;

export function Schedule({ words }: { readonly words: Words }) {
  const picked = useValues((v) => v.schedule);
  // The story computes the curves and then says so: its sentence tells that they are new.
  const graph = useValues((v) => v.graph);
  const [lines, setLines] = useState<readonly (readonly number[])[]>([]);
  useEffect(() => setLines(names.map((name) => live.graph[name])), [graph, picked]);
  const shown = useMemo(
    () =>
      names
        .map((name, i) => ({ name, shares: lines[i] ?? [], isChosen: name === picked }))
        .filter(({ name, isChosen }) => isChosen || name !== 'drawn'),
    [lines, picked],
  );
  const labels = names.map((name) => words(`controls.schedule.options.${name}`)).join('|');
  const labelled = useMemo(
    () => shown.map((line) => ({ ...line, label: labels.split('|')[names.indexOf(line.name)] ?? line.name })),
    [shown, labels],
  );
  const { chart, schedule } = places;
  const draw = (at: { x: number; y: number }, from: { x: number; y: number }) =>
    noise.set('curve', withPoint(withPoint(useValues.getState().curve, from), at));
  return (
    <>
      <Chart
        width={chart.size[0]}
        height={chart.size[1]}
        position={chart.at}
        rotation={[0, chart.turn, 0]}
        hue={hue}
        title={words(picked === 'drawn' ? 'controls.curve.label' : 'stops.schedule.title')}
        across={words('chart.across')}
        upward={words('chart.up')}
        lines={labelled}
        marker={() => live.t}
        onDraw={picked === 'drawn' ? draw : undefined}
      />
      <Panel
        controls={noise}
        names={['schedule', 'listen', 'graph', 'half', 'end', 'heard']}
        words={words}
        size={schedule.size}
        position={schedule.at}
        rotation={[0, schedule.turn, 0]}
        hue={hue}
        tone="glass"
        type={76}
      />
    </>
  );
}
