// One picture that holds every pane of the hall: where each channel's map lies in it, and how numbers become light.
import { inkPixel } from '../../src/kit/bitmap';
import type { Pixels } from '../../src/engine';
import type { Layout, Station } from './layout';

export interface Cell {
  readonly station: number;
  readonly channel: number;
  /** Pixels from the corner of the first row. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Atlas {
  readonly width: number;
  readonly height: number;
  readonly cells: readonly Cell[];
}

const narrowest = 256;

/** Rows of cells, a block after the other; sides are powers of two where they can be, so that smaller copies do not bleed. */
export function atlasOf({ stations }: Pick<Layout, 'stations'>): Atlas {
  const numbers = stations.reduce((sum, { shape: [height, width, channels] }) => sum + height * width * channels, 0);
  const power = (least: number) => 2 ** Math.ceil(Math.log2(least));
  const widest = Math.max(...stations.map(({ shape }) => shape[1]));
  const width = Math.max(narrowest, power(widest), power(Math.sqrt(numbers)));
  const cells: Cell[] = [];
  let y = 0;
  stations.forEach(({ shape: [high, wide, channels] }, station) => {
    const columns = Math.floor(width / wide);
    for (let channel = 0; channel < channels; channel++)
      cells.push({
        station,
        channel,
        x: (channel % columns) * wide,
        y: y + Math.floor(channel / columns) * high,
        width: wide,
        height: high,
      });
    y += Math.ceil(channels / columns) * high;
  });
  return { width, height: power(Math.max(1, y)), cells };
}

/** Above so many standard deviations a number is as bright as can be. */
const brightest = 2.5;
/** Red, green, blue of zero, of large numbers above zero, and of large ones below. */
const [zero, above, below] = [
  [14, 17, 24],
  [255, 232, 190],
  [98, 88, 190],
] as const;

/** Spread of the numbers of a map about zero. */
function loudness(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Math.sqrt(sum / values.length);
}

/** Paints a station's map into the atlas; pictures as ink on glass, feature maps as light above and colour below zero. */
export function paint(
  bytes: Uint8ClampedArray,
  atlas: Atlas,
  index: number,
  { role }: Pick<Station, 'role'>,
  map: Pixels | undefined,
): void {
  const isPicture = role === 'input' || role === 'output';
  const channels = map?.shape[2] ?? 0;
  const full = map && !isPicture ? brightest * loudness(map.values) || 1 : 1;
  for (const { station, channel, x, y, width, height } of atlas.cells) {
    if (station !== index) continue;
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++) {
        const at = ((y + row) * atlas.width + x + column) * 4;
        // Of a map that is too large to be read back, the last channels stay dark.
        const value = map && channel < channels ? map.values[(row * width + column) * channels + channel]! : 0;
        if (isPicture) inkPixel(map ? value : -1, bytes, at);
        else light(bytes, at, value / full);
      }
  }
}

function light(bytes: Uint8ClampedArray, at: number, share: number): void {
  // Faint numbers stay in the dark: what the block found stands out.
  const strength = Math.min(1, Math.abs(share)) ** 1.35;
  const end = share < 0 ? below : above;
  for (let c = 0; c < 3; c++) bytes[at + c] = zero[c]! + (end[c]! - zero[c]!) * strength;
  bytes[at + 3] = 255;
}
