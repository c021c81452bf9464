// The particle cloud over its column: noised and denoised at the level of the lever, gliding from step to step.
import { useFrame } from '@react-three/fiber';
import { useMemo, useRef } from 'react';
import type { Group } from 'three';
import { phase } from '../../../src/kit/phase';
import { PointCloud } from '../../../src/kit/PointCloud';
import { Spill } from '../../../src/kit/Spill';
import { useVisit } from '../../../src/visit';
import { cloudAt } from '../cloudAt';
import { places } from '../furniture';
import { live } from '../live';

/** The goal, mixed anew only when something has changed. */
function remembered(): () => Float32Array | undefined {
  let [version, at] = [-1, undefined as Float32Array | undefined];
  return () => {
    if (version !== live.version) [version, at] = [live.version, cloudAt()];
    return at;
  };
}

export function Cloud({ hue }: { readonly hue: number }) {
  const turning = useRef<Group>(null);
  const source = useMemo(remembered, []);
  useFrame((_, seconds) => {
    if (turning.current && useVisit.getState().motion === 'full') turning.current.rotation.y += Math.min(0.1, seconds) * 0.18;
  }, phase.exhibits);
  const { at, spread, top } = places.cloud;
  return (
    <group position={[...at]}>
      <group ref={turning}>
        <PointCloud count={3000} source={source} spread={spread} hue={hue} size={0.016} isGlowing />
      </group>
      <Spill width={1.5} depth={1.5} position={[0, top + 0.025 - at[1], 0.15]} />
    </group>
  );
}
