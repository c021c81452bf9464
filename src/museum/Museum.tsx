// The one canvas: the building, the visitor, the cloud, and the room that is open.
import { Canvas, useThree } from '@react-three/fiber';
import { useCallback, useEffect, useState, type ComponentType, type ReactNode } from 'react';
import { NeutralToneMapping } from 'three';
import { useSolids } from '../kit/Walkable';
import { choose, useVisit } from '../visit';
import { Aside } from './Aside';
import { AtriumCloud } from './AtriumCloud';
import { Building } from './Building';
import { OpenRoom } from './OpenRoom';
import { ring } from './plan';
import { Probe } from './Probe';
import { pixelRatio, Quality } from './Quality';
import { Shaders } from './Shaders';
import { Sign } from './Signs';
import { solid } from './solid';
import { Veil } from './Veil';
import { land, placeOf, visitor } from './visitor';
import { Walker } from './Walker';

export interface MuseumProps {
  /** Stands around everything in the canvas: a headset's session. */
  readonly world?: ComponentType<{ children: ReactNode }> | undefined;
}

const Plain = ({ children }: { children: ReactNode }) => <>{children}</>;

export default function Museum({ world: World = Plain }: MuseumProps) {
  const room = useVisit((v) => v.room);
  const visit = useVisit((v) => v.visit);
  const tier = useVisit((v) => v.tier);
  const [isSmooth] = useState(() => useVisit.getState().quality !== 'low');
  const [standing, setStanding] = useState('');
  const stands = useCallback((name: string) => setStanding(name), []);
  const place = placeOf(room);
  return (
    <Canvas
      className="museum-canvas"
      camera={{ fov: 62, near: 0.05, far: 320 }}
      dpr={pixelRatio(tier, isSmooth)}
      gl={{ antialias: isSmooth, powerPreference: 'high-performance', toneMapping: NeutralToneMapping }}
      onCreated={({ gl }) => {
        gl.domElement.setAttribute('tabindex', '-1');
        // Asking a shader for its errors waits for the compiler; tests ask.
        gl.debug.checkShaderErrors = import.meta.env.MODE !== 'production';
      }}
      aria-hidden
    >
      <World>
        <hemisphereLight args={['#fffaf0', '#b8a58c', 1.5]} />
        <directionalLight position={[3, 8, 4]} intensity={1.5} color="#fff3de" />
        <Building />
        <Solids />
        <AtriumCloud />
        {ring.places.map((one) => (
          <Sign key={one.name} place={one} />
        ))}
        {ring.places.map((one) => (
          <Veil key={one.name} place={one} isOpen={one.name === room && standing === room} />
        ))}
        {place && <OpenRoom key={`${room} ${visit}`} place={place} visit={visit} onStanding={stands} />}
        <Walker />
        <Aside />
        <Quality />
        <Context />
        <Shaders />
        <Probe standing={standing} />
      </World>
    </Canvas>
  );
}

/** Hands what rooms have made solid to the walker. */
function Solids() {
  const solids = useSolids((s) => s.solids);
  useEffect(() => {
    for (const { name, geometry } of solids) solid.put(name, geometry);
    // A floor that was built around the visitor lifts them.
    if (solids.some(({ isFloor }) => isFloor) && !visitor.isWearing) land();
    return () => solids.forEach(({ name }) => solid.remove(name));
  }, [solids]);
  return null;
}

/** A lost WebGL context comes back by itself; one that stays away leaves the twin. */
function Context() {
  const picture = useThree((state) => state.gl.domElement);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const lost = (event: Event) => {
      event.preventDefault();
      timer = setTimeout(() => choose({ pictures: false, why: 'no-webgl' }), 8000);
    };
    const back = () => clearTimeout(timer);
    picture.addEventListener('webglcontextlost', lost);
    picture.addEventListener('webglcontextrestored', back);
    return () => {
      back();
      picture.removeEventListener('webglcontextlost', lost);
      picture.removeEventListener('webglcontextrestored', back);
    };
  }, [picture]);
  return null;
}
