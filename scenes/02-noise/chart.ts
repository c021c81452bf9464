// The schedule's wall: its graph, and the two figures that surprise (half-way in time, and the end), all computed.
import type { ScheduleChoice } from '../../src/engine';
import { factorOf, percentOf } from '../../src/text/amounts';
import { rounded } from './closed';
import { noise } from './controls';
import { live } from './live';
import { abarAt, decibels, evenAt, graphOf, isUsable, named, schedulePicked } from './schedule';

const { useValues, set } = noise;

/** What the wall says of a schedule: its graph, its middle, its end. */
export function saidOf(schedule: ScheduleChoice, isRefused = false) {
  const even = evenAt(graphOf(schedule));
  const share = (t: number, of: ScheduleChoice = schedule) => percentOf(abarAt(of, t));
  const quarters = { quarter: share(0.25), middle: share(0.5), late: share(0.75) };
  const middle = { linear: share(0.5, 'linear'), cosine: share(0.5, 'cosine'), picked: share(0.5) };
  const last = abarAt(schedule, 1);
  return {
    graph: {
      key: isRefused ? 'curveFlat' : even === undefined ? 'graphNever' : 'graph',
      with: even === undefined ? quarters : { ...quarters, even: percentOf(even) },
    },
    half: { key: schedule === 'linear' || schedule === 'cosine' ? 'half' : 'halfPicked', with: middle },
    end: {
      key: 'end',
      with: {
        linear: factorOf(Math.sqrt(abarAt('linear', 1))),
        picked: factorOf(Math.sqrt(last)),
        much: percentOf(last),
        decibels: rounded(decibels(last), 0),
      },
    },
  };
}

function say(): void {
  const { curve, schedule: name } = useValues.getState();
  const isRefused = !isUsable(curve);
  live.graph.drawn = isRefused ? curve : graphOf({ drawn: curve });
  const said = saidOf(schedulePicked(), isRefused && name === 'drawn');
  set('graph', said.graph);
  set('half', said.half);
  set('end', said.end);
}

/** Keeps the wall up to date until the returned function is called. */
export function openChart(): () => void {
  for (const name of named) live.graph[name] = graphOf(name);
  say();
  return useValues.subscribe((now, before) => {
    if (now.schedule !== before.schedule || now.curve !== before.curve) say();
  });
}
