// The schedule's wall: its graph, and the two figures that surprise (half-way in time, and the end), all computed.
import { percent, rounded } from './closed';
import { noise } from './controls';
import { live } from './live';
import { abarAt, decibels, evenAt, graphOf, isUsable, named, schedulePicked } from './schedule';

const { useValues, set } = noise;

function say(): void {
  const { curve, schedule: name } = useValues.getState();
  const schedule = schedulePicked();
  const graph = graphOf(schedule);
  const isRefused = !isUsable(curve);
  live.graph.drawn = isRefused ? curve : graphOf({ drawn: curve });
  const even = evenAt(graph);
  const at = (t: number) => percent(abarAt(schedule, t));
  const fill = { quarter: at(0.25), middle: at(0.5), late: at(0.75), even: even === undefined ? 100 : percent(even) };
  const key = isRefused && name === 'drawn' ? 'curveFlat' : even === undefined ? 'graphNever' : 'graph';
  set('graph', { key, with: fill });
  set('half', {
    key: 'half',
    with: {
      linear: rounded(abarAt('linear', 0.5), 3),
      cosine: rounded(abarAt('cosine', 0.5), 3),
      picked: rounded(abarAt(schedule, 0.5), 3),
    },
  });
  const last = abarAt(schedule, 1);
  set('end', {
    key: 'end',
    with: {
      linear: Number(Math.sqrt(abarAt('linear', 1)).toPrecision(2)),
      picked: Number(Math.sqrt(last).toPrecision(2)),
      decibels: rounded(decibels(last), 0),
    },
  });
}

/** Keeps the wall up to date until the returned function is called. */
export function openChart(): () => void {
  for (const name of named) live.graph[name] = graphOf(name);
  say();
  return useValues.subscribe((now, before) => {
    if (now.schedule !== before.schedule || now.curve !== before.curve) say();
  });
}
