// Before the network's plan has come there is no way down: the visitor stays on the gallery.
import { MeshBasicMaterial } from 'three';
import { cube } from '../../../src/kit/shapes';
import { Walkable } from '../../../src/kit/Walkable';
import { hall } from '../hall';

const unseen = new MeshBasicMaterial({ visible: false });

export function Closed() {
  return (
    <Walkable>
      <mesh geometry={cube} material={unseen} position={[0, 0.6, -hall.gallery]} scale={[hall.width, 1.2, 0.1]} />
    </Walkable>
  );
}
