// Feature maps as panes: one for each channel, each as large as its map at one scale for the whole hall.
export type V3 = readonly [x: number, y: number, z: number];
export type MapShape = readonly [height: number, width: number, channels: number];

/** One channel's map: the middle of its pane, its turn about y, its size in metres. */
export interface Pane {
  readonly channel: number;
  readonly at: V3;
  readonly turn: number;
  readonly width: number;
  readonly height: number;
}

interface Space {
  readonly shape: MapShape;
  /** Metres. */
  readonly width: number;
  readonly height: number;
}

/** Between two panes, m. */
const gap = 0.026;
/** Metres for one number: at most, and the grain to which a scale is stated. */
const [most, grain] = [0.06, 0.001];

const columnsIn = (width: number, paneWidth: number, channels: number) =>
  Math.min(channels, Math.max(1, Math.floor((width + gap) / (paneWidth + gap))));

function fits({ shape: [high, wide, channels], width, height }: Space, scale: number): boolean {
  const rows = Math.ceil(channels / columnsIn(width, wide * scale, channels));
  return wide * scale <= width && rows * (high * scale + gap) - gap <= height;
}

/** The largest scale, in whole millimetres where one is enough, at which the maps of every space fit into it. */
export function largestScale(spaces: readonly Space[]): number {
  for (let steps = Math.round(most / grain); steps > 1; steps--)
    if (spaces.every((space) => fits(space, steps * grain))) return steps * grain;
  let scale = grain;
  while (!spaces.every((space) => fits(space, scale)) && scale > grain / 1000) scale /= 2;
  return scale;
}

interface Standing {
  readonly panes: readonly Pane[];
  readonly size: readonly [width: number, height: number];
}

/** Panes in rows of equal length from the top left, over the middle of the foot `at`; they look along z. */
export function grid([high, wide, channels]: MapShape, scale: number, width: number, at: V3, foot: number): Standing {
  const [paneWidth, paneHeight] = [wide * scale, high * scale];
  const most = columnsIn(width, paneWidth, channels);
  const rows = Math.ceil(channels / most);
  const columns = Math.ceil(channels / rows);
  const size = [columns * (paneWidth + gap) - gap, rows * (paneHeight + gap) - gap] as const;
  const panes = Array.from({ length: channels }, (_, channel): Pane => {
    const [row, column] = [Math.floor(channel / columns), channel % columns];
    const x = at[0] - size[0] / 2 + paneWidth / 2 + column * (paneWidth + gap);
    const y = at[1] + foot + size[1] - paneHeight / 2 - row * (paneHeight + gap);
    return { channel, at: [x, y, at[2]], turn: 0, width: paneWidth, height: paneHeight };
  });
  return { panes, size };
}

interface Bow {
  readonly radius: number;
  /** Radians that it may take up. */
  readonly angle: number;
}

/** Panes on a bow around `centre`, from left to right as seen from there; they look at it. */
export function arc([high, wide, channels]: MapShape, scale: number, { radius, angle }: Bow, centre: V3, foot: number): Standing {
  const [paneWidth, paneHeight] = [wide * scale, high * scale];
  const most = columnsIn(radius * angle, paneWidth, channels);
  const rows = Math.ceil(channels / most);
  const columns = Math.ceil(channels / rows);
  // Few panes stand side by side, many take up the whole bow.
  const pitch = Math.min((radius * angle) / columns, 1.25 * (paneWidth + gap)) / radius;
  const size = [columns * pitch * radius, rows * (paneHeight + gap) - gap] as const;
  const panes = Array.from({ length: channels }, (_, channel): Pane => {
    const [row, column] = [Math.floor(channel / columns), channel % columns];
    const turn = (column - (columns - 1) / 2) * pitch;
    const y = centre[1] + foot + size[1] - paneHeight / 2 - row * (paneHeight + gap);
    const at: V3 = [centre[0] + radius * Math.sin(turn), y, centre[2] - radius * Math.cos(turn)];
    return { channel, at, turn: -turn, width: paneWidth, height: paneHeight };
  });
  return { panes, size };
}
