// The landmark: a cloud of points over the basin, denoised live into the emblem of the room that the visitor is nearest to.
import { useFrame } from '@react-three/fiber';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Group } from 'three';
import type { EngineErrorCode } from '../engine';
import { phase } from '../kit/phase';
import { PointCloud } from '../kit/PointCloud';
import { useEngine } from '../kit/useEngine';
import { WallText } from '../kit/WallText';
import { useNumber, useRoomWords, useWords } from '../text';
import { useVisit } from '../visit';
import { openCloudDream, points, type Dream } from './cloudDream';
import { basin, cloudHeight, type Place } from './ring';
import { placeOf } from './visitor';
import { Water } from './Water';

const spread = 0.98;
/** The first dream of a visit is the digit's: the cloud begins after it. */
const patience = 3500;

export function AtriumCloud() {
  const engine = useEngine();
  const room = useVisit((v) => v.room);
  const group = useRef<Group>(null);
  const dream = useMemo<Dream>(() => ({ goal: undefined, error: undefined, pace: 0.5 }), []);
  const [error, setError] = useState<EngineErrorCode>();
  const first = useRef(true);
  useEffect(() => {
    let close = () => {};
    const timer = setTimeout(
      () => {
        first.current = false;
        close = openCloudDream(engine, room, Math.floor(Math.random() * 2 ** 31), dream);
      },
      first.current ? patience : 600,
    );
    return () => {
      clearTimeout(timer);
      close();
    };
  }, [engine, room, dream]);
  useFrame((_, seconds) => {
    if (dream.error !== error) setError(dream.error);
    if (group.current && useVisit.getState().motion === 'full') group.current.rotation.y += Math.min(0.1, seconds) * 0.16;
  }, phase.exhibits);
  const place = placeOf(room);
  const hue = place?.hue ?? 40;
  const words = useWords();
  return (
    <>
      <Water hue={hue} />
      <group position={[0, cloudHeight, 0]}>
        <group ref={group}>
          <PointCloud count={points} source={() => dream.goal} spread={spread} hue={hue} size={0.026} glide={() => dream.pace} />
        </group>
        {error && (
          <WallText
            position={[0, 0, 0]}
            rotation={[0, place?.turn ?? 0, 0]}
            width={2.6}
            height={0.9}
            hue={hue}
            text={words(`engine.error.${error}`)}
            sizes={[90, 90]}
            isPlate
          />
        )}
      </group>
      {place && <Plaque place={place} />}
    </>
  );
}

const plaque = { width: 1.7, height: 0.36, tilt: -0.9 } as const;

/** Leans on the basin's rim towards the room that the visitor is nearest to, and says what hangs there. */
function Plaque({ place }: { readonly place: Place }) {
  const words = useWords();
  const number = useNumber();
  const title = useRoomWords(place.name)('title');
  const share = (basin - 0.1) / Math.hypot(place.x, place.z);
  return (
    <WallText
      position={[place.x * share, 0.545, place.z * share]}
      rotation={[plaque.tilt, place.turn + Math.PI, 0, 'YXZ']}
      width={plaque.width}
      height={plaque.height}
      hue={place.hue}
      tone="glass"
      text={words('museum.cloud', { count: number(points), room: title })}
      sizes={[80, 80]}
      align="center"
      isPlate
    />
  );
}
