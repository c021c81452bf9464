// What a wearer holds: an oak wand with a brass tip, and on the left wrist a plate by which one leaves.
import { DefaultXRController, useXRInputSourceStateContext, XRSpace } from '@react-three/xr';
import { useRef } from 'react';
import { DoubleSide, MeshBasicMaterial, type Group } from 'three';
import { materialOf } from '../kit/furnish/matter';
import { ball, plane, rod } from '../kit/shapes';
import { WallText } from '../kit/WallText';
import { useWords } from '../text';
import { leaveHeadset } from './session';

const unseen = new MeshBasicMaterial({ visible: false, side: DoubleSide });

/** A press of any hand counts, also of a slow one, ms. */
export const slowly = { clickThresholdMs: 3000 };

export function Controller() {
  const { inputSource } = useXRInputSourceStateContext('controller');
  return (
    <>
      <DefaultXRController
        model={false}
        grabPointer={false}
        teleportPointer={slowly}
        rayPointer={{ ...slowly, rayModel: { maxLength: 6, color: '#f4dca8' } }}
      />
      <XRSpace space="grip-space">
        <group rotation={[-Math.PI / 2, 0, 0]}>
          <mesh geometry={rod} material={materialOf('wood')} scale={[0.028, 0.14, 0.028]} />
          <mesh geometry={ball} material={materialOf('brass')} scale={0.036} position={[0, 0.075, 0]} />
        </group>
        {inputSource.handedness === 'left' && <Leave />}
      </XRSpace>
    </>
  );
}

function Leave() {
  const plate = useRef<Group>(null);
  const words = useWords();
  return (
    <group ref={plate} position={[0.02, 0.07, 0.05]} rotation={[-0.9, 0, 0]} onClick={() => void leaveHeadset()} name="leave headset">
      <WallText
        width={0.16}
        height={0.064}
        hue={40}
        tone="glass"
        text={words('museum.leaveHeadset')}
        sizes={[24, 24]}
        align="center"
        isPlate
        density={2400}
      />
      {/* Heard from behind, too: the other hand comes from any side. */}
      <mesh geometry={plane} material={unseen} scale={[0.18, 0.08, 1]} />
    </group>
  );
}
