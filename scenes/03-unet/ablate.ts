// The levers: which parts of the network are left out, and how, as the engine is asked for it.
import type { Ablation } from '../../src/engine';
import { unet } from './controls';
import type { Layout } from './layout';

export const levers = ['bridge1', 'bridge2', 'middle', 'time'] as const;
export type Lever = (typeof levers)[number];

/** The part of the plan that a lever stands for; undefined where this network has none. */
export function partOf(layout: Layout, lever: Lever): string | undefined {
  if (lever === 'bridge1') return layout.bridges[0]?.name;
  if (lever === 'bridge2') return layout.bridges[1]?.name;
  if (lever === 'middle') return layout.stations.find(({ role }) => role === 'bottom')?.name;
  return 'time';
}

export const ablating = (layout: Layout, of: readonly Lever[], how: Ablation['how'] = 'zero'): Ablation[] =>
  of.flatMap((lever) => {
    const layer = partOf(layout, lever);
    return layer === undefined ? [] : [{ layer, how }];
  });

/** As the levers stand. */
export function ablationsNow(layout: Layout): Ablation[] {
  const values = unet.useValues.getState();
  const pulled = levers.filter((lever) => values[lever]);
  return ablating(layout, pulled, values.how === 'freeze' ? 'freeze' : 'zero');
}

/** Says beside the run which levers are pulled, and lets them go at one press: all together, for each change begins a run. */
export function openMending(): () => void {
  const tell = () => {
    const values = unet.useValues.getState();
    for (const lever of levers) unet.set(`${lever}Off`, values[lever] ? { key: `off.${lever}` } : null);
  };
  tell();
  return unet.useValues.subscribe((now, old) => {
    if (now.mend > old.mend) unet.useValues.setState({ bridge1: false, bridge2: false, middle: false, time: false });
    if (levers.some((lever) => now[lever] !== old[lever])) tell();
  });
}
