// The bow of panes around the deepest place: something to point at, and a dark screen behind it.
import { useEffect, useMemo } from 'react';
import { CylinderGeometry, DoubleSide, MeshBasicMaterial } from 'three';
import type { Station } from '../layout';

const screen = new MeshBasicMaterial({ color: '#262a3e', side: DoubleSide });

export function Bow({ station: { at, panes, size }, heard }: { readonly station: Station; readonly heard: object }) {
  const bow = useMemo(() => {
    const radius = Math.hypot(panes[0]!.at[0] - at[0], panes[0]!.at[2] - at[2]);
    const turns = panes.map(({ turn }) => turn);
    const [least, most] = [Math.min(...turns) - 0.04, Math.max(...turns) + 0.04];
    return new CylinderGeometry(radius, radius, size[1], 32, 1, true, Math.PI + least, most - least);
  }, [at, panes, size]);
  useEffect(() => () => bow.dispose(), [bow]);
  const bottom = Math.min(...panes.map((pane) => pane.at[1] - pane.height / 2));
  const tall = bottom + size[1] - at[1] + 0.3;
  return (
    <>
      <mesh geometry={bow} {...heard} position={[at[0], bottom + size[1] / 2, at[2]]} />
      {/* A screen behind them, dark as the glass of the panes. */}
      <mesh geometry={bow} material={screen} position={[at[0], at[1] + tall / 2, at[2]]} scale={[1.06, tall / size[1], 1.06]} />
    </>
  );
}
