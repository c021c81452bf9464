// What is said of the block that the visitor looks at: what it does, its size, and what it has just put out.
import { unet } from './controls';
import type { Station } from './layout';
import { live } from './live';
import { useNetwork } from './network';

const { useValues, set } = unet;
/** Milliseconds between two looks at what has changed. */
const pause = 200;

export const sizeOf = ({ shape: [height, width, channels], parameters, operations }: Station) => ({
  height,
  width,
  channels,
  numbers: height * width * channels,
  parameters,
  operations: Number((operations / 1e6).toFixed(1)),
});

/** Two significant figures, for words. */
const short = (value: number) => Number(value.toPrecision(2));

/** Least and largest number of what a block put out, and how many are below zero. */
export function rangeOf(values: Float32Array) {
  let [least, most, below] = [Infinity, -Infinity, 0];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
    if (value < 0) below++;
  }
  return { least: short(least), most: short(most), below: Math.round((100 * below) / values.length) };
}

function tell(): void {
  const name = useValues.getState().block || 'input';
  const station = useNetwork.getState().layout?.stations.find((one) => one.name === name);
  const isEnd = name === 'input' || name === 'output';
  set('blockSays', { key: `block.${name}` });
  set('blockShape', station ? { key: isEnd ? 'endShape' : 'blockShape', with: sizeOf(station) } : null);
  const map = live.frame?.maps[name];
  if (!map) return set('blockSaw', null);
  const range = rangeOf(map.values);
  const isOff = range.least === 0 && range.most === 0;
  const key = live.cut.has(name) ? (isOff ? 'sawOff' : 'sawFrozen') : isEnd ? 'sawEnd' : 'saw';
  set('blockSaw', { key, with: { ...range, step: live.frame!.index + 1 } });
}

/** Keeps the sentences up to date until the returned function is called. */
export function openBlockSays(): () => void {
  let version = -1;
  tell();
  const timer = setInterval(() => {
    if (version === live.version) return;
    version = live.version;
    tell();
  }, pause);
  const stops = [
    useNetwork.subscribe(tell),
    useValues.subscribe((now, old) => {
      if (now.block !== old.block) tell();
    }),
  ];
  return () => {
    clearInterval(timer);
    stops.forEach((stop) => stop());
  };
}
