// States on <html> that the room stands, and lets tests look in; the latter never in a release build.
import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useRef } from 'react';
import { phase } from '../kit/phase';
import { useEngine } from '../kit/useEngine';
import { useVisit } from '../visit';
import { visitor } from './visitor';

export function Probe({ standing }: { readonly standing: string }) {
  const gl = useThree((state) => state.gl);
  const scene = useThree((state) => state.scene);
  const engine = useEngine();
  const told = useRef('');
  useFrame(() => {
    if (told.current === standing || standing === '' || standing !== useVisit.getState().room) return;
    if (told.current === '') performance.mark('room-ready');
    told.current = standing;
    document.documentElement.dataset.standing = standing;
  }, phase.labels);
  useEffect(() => {
    if (import.meta.env.MODE === 'production') return;
    const { museum } = globalThis as { museum?: object };
    // Read anew each time: after a lost context the renderer counts in a new object.
    const seen = {
      get info() {
        return gl.info;
      },
    };
    Object.assign(globalThis, { museum: Object.assign(seen, museum, { visitor, engine, scene, visit: useVisit }) });
    return () => void Object.assign(globalThis, { museum });
  }, [gl, scene, engine]);
  return null;
}
