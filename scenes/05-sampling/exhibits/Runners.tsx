// Five framed pictures on their carriages: each stands on its lane where its own run of the sampler has come to.
import { useFrame } from '@react-three/fiber';
import { useRef } from 'react';
import type { Group } from 'three';
import { Framed } from '../../../src/kit/Framed';
import { Furniture } from '../../../src/kit/Furniture';
import { phase } from '../../../src/kit/phase';
import { WallText } from '../../../src/kit/WallText';
import { useVisit } from '../../../src/visit';
import { carriage, laneX, plate, track } from '../furniture';
import { hue } from '../hue';
import { lanes, type Lane } from '../lanes';
import { live } from '../live';
import { racers } from '../racers';

/** Share of the way to its place that is left after a second. */
const inertia = 0.004;

/** Without motion a picture stands at the quarters of its lane only. */
const shownAt = (progress: number) => (useVisit.getState().motion === 'full' ? progress : Math.floor(progress * 4) / 4);

function Runner({ lane, number }: { readonly lane: Lane; readonly number: number }) {
  const group = useRef<Group>(null);
  useFrame((_, seconds) => {
    if (!group.current) return;
    const wish = track.start + (track.finish - track.start) * shownAt(live.runners[lane].progress);
    const share = useVisit.getState().motion === 'full' ? 1 - inertia ** Math.min(0.1, seconds) : 1;
    group.current.position.z += (wish - group.current.position.z) * share;
  }, phase.exhibits);
  const { pane, height } = track;
  return (
    <group ref={group} name={`runner ${lane}`} position={[laneX(number), 0, track.start]}>
      <Furniture pieces={carriage} />
      <Framed size={pane} position={[0, height, 0.006]} source={() => live.runners[lane].image} />
      <WallText
        position={[0, height + pane / 2 + plate, 0.017]}
        width={pane + 0.08}
        height={0.22}
        hue={hue}
        tone="glass"
        title={racers[lane].name}
        sizes={[150, 20]}
        align="center"
        isPlate
        density={300}
      />
    </group>
  );
}

export const Runners = () => lanes.map((lane, i) => <Runner key={lane} lane={lane} number={i} />);
