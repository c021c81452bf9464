// The shape of points over its column, which a very small network learns in seconds: the points glide to where it last put them.
import { useFrame } from '@react-three/fiber';
import { useRef } from 'react';
import type { Group } from 'three';
import { phase } from '../../../src/kit/phase';
import { PointCloud } from '../../../src/kit/PointCloud';
import { Spill } from '../../../src/kit/Spill';
import { useVisit } from '../../../src/visit';
import { cloud, places } from '../furniture';
import { lesson } from '../lessonRecipe';
import { pointsNow } from '../view';

export function Cloud({ hue }: { readonly hue: number }) {
  const turning = useRef<Group>(null);
  useFrame(({ clock }) => {
    // To and fro, so that a flat shape is never seen from its edge for long.
    if (turning.current && useVisit.getState().motion === 'full')
      turning.current.rotation.y = places.lesson.turn + 0.6 * Math.sin(clock.elapsedTime * 0.4);
  }, phase.exhibits);
  const { at } = places.cloud;
  return (
    <group position={[...at]}>
      <group ref={turning} rotation={[0, places.lesson.turn, 0]}>
        <PointCloud count={lesson.points} source={pointsNow} spread={cloud.spread} hue={hue} size={0.02} isGlowing />
      </group>
      <Spill width={1.4} depth={1.4} position={[0, cloud.top + 0.025 - at[1], 0]} />
    </group>
  );
}
