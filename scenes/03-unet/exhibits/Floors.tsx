// The hall's floors, bridges and rails: to be seen, to be walked on, to be pointed at.
import { useEffect, useMemo } from 'react';
import { BufferGeometry, Float32BufferAttribute, MeshBasicMaterial } from 'three';
import { Furniture } from '../../../src/kit/Furniture';
import { materialOf } from '../../../src/kit/materials';
import { cube } from '../../../src/kit/shapes';
import { Walkable } from '../../../src/kit/Walkable';
import { bridge } from '../hall';
import type { Layout } from '../layout';
import { bodiesOf, floorsOf, type Masonry } from '../masonry';
import { railPieces, railsOf, type Rail } from '../rails';
import { standPieces } from '../stands';

const unseen = new MeshBasicMaterial({ visible: false });

function useMasonry(build: (layout: Layout) => Masonry, layout: Layout) {
  const parts = useMemo(() => build(layout).geometries(), [build, layout]);
  useEffect(() => () => parts.forEach(({ geometry }) => geometry.dispose()), [parts]);
  return parts;
}

/** Upright sheets along the rails, which stop the visitor. */
function sheets(rails: readonly Rail[]): BufferGeometry {
  const positions = rails.flatMap(({ from: a, to: b }) => {
    const top = bridge.rail;
    const [A, B] = [[a[0], a[1] + top, a[2]], [b[0], b[1] + top, b[2]]] as const; // prettier-ignore
    return [...a, ...b, ...B, ...a, ...B, ...A];
  });
  return new BufferGeometry().setAttribute('position', new Float32BufferAttribute(positions, 3));
}

export function Floors({ layout }: { readonly layout: Layout }) {
  const floors = useMasonry(floorsOf, layout);
  const bodies = useMasonry(bodiesOf, layout);
  const rails = useMemo(() => railsOf(layout), [layout]);
  const walls = useMemo(() => sheets(rails), [rails]);
  useEffect(() => () => walls.dispose(), [walls]);
  const pieces = useMemo(() => () => [...railPieces(rails), ...standPieces(layout)], [rails, layout]);
  return (
    <>
      <Walkable isFloor>
        {floors.map(({ stuff, geometry }) => (
          <mesh key={stuff} geometry={geometry} material={materialOf(stuff)} />
        ))}
      </Walkable>
      {bodies.map(({ stuff, geometry }) => (
        <mesh key={stuff} geometry={geometry} material={materialOf(stuff)} />
      ))}
      <Walkable>
        <mesh geometry={walls} material={unseen} />
        {layout.stations
          .filter(({ role }) => role === 'down' || role === 'up')
          .map(({ name, at: [x, y, z], size: [width], face }) => (
            <mesh key={name} geometry={cube} material={unseen} position={[x, y + 0.6, z + face * 0.25]} scale={[width + 0.2, 1.2, 0.85]} />
          ))}
      </Walkable>
      <Furniture pieces={pieces} />
    </>
  );
}
