// One board or desk in two parts, each laid out for itself: words that come and go in one move nothing in the other.
import type { ComponentProps } from 'react';
import { Panel } from '../../../src/kit/Panel';

type Shared = Pick<ComponentProps<typeof Panel>, 'controls' | 'words' | 'hue' | 'tone'>;
type Part = Pick<ComponentProps<typeof Panel>, 'names' | 'title' | 'text' | 'type' | 'pictures'>;

interface Props extends Shared {
  readonly place: {
    readonly at: readonly [number, number, number];
    readonly turn: number;
    readonly size: readonly [width: number, height: number];
  };
  readonly tilt?: number;
  /** Of the height, for the upper part. */
  readonly share: number;
  readonly upper: Part;
  readonly lower: Part;
}

export function Halves({ place: { at, turn, size }, tilt = 0, share, upper, lower, ...shared }: Props) {
  const [width, height] = size;
  return (
    <group position={[...at]} rotation={[tilt, turn, 0, 'YXZ']}>
      <Panel {...shared} {...upper} size={[width, height * share]} position={[0, (height * (1 - share)) / 2, 0]} />
      <Panel {...shared} {...lower} size={[width, height * (1 - share)]} position={[0, (-height * share) / 2, 0]} />
    </group>
  );
}
