// The noise in the window before the first dream: the engine's own seeded noise, of which every dream begins.
import { useEffect, useMemo } from 'react';
import type { Engine } from '../../../src/engine';
import { useVisit } from '../../../src/visit';

const side = 32;
const frames = 8;
/** Seconds from one throw of noise to the next. */
const pace = 0.7;
/** Noise over signal so loud that of the empty picture nothing is left. */
const deafening = 1e5;

export interface Shimmer {
  /** Noise of unit variance for this moment; undefined until the engine has thrown it. */
  at(seconds: number): Float32Array | undefined;
}

/** Throws noise once and lets one throw turn into the next; with reduced motion it stands still. */
export function useShimmer(engine: Engine): Shimmer {
  const held = useMemo(() => ({ thrown: undefined as Float32Array | undefined, mixed: new Float32Array(side * side) }), []);
  useEffect(() => {
    let isOpen = true;
    const shape = [frames, side, side, 1];
    const image = { values: new Float32Array(frames * side * side), shape };
    engine.noise({ image, level: deafening, seed: Math.floor(Math.random() * 2 ** 31) }).then(
      ({ values }) => {
        if (isOpen) held.thrown = values;
      },
      // Without an engine the window stays dark; the readouts say why.
      (why: unknown) => console.info('no noise:', why),
    );
    return () => void (isOpen = false);
  }, [engine, held]);
  return useMemo(
    () => ({
      at(seconds) {
        const { thrown, mixed } = held;
        if (!thrown) return undefined;
        const time = useVisit.getState().motion === 'reduced' ? 0 : seconds / pace;
        const angle = ((time % 1) * Math.PI) / 2;
        const [now, next] = [0, 1].map((step) => ((Math.floor(time) + step) % frames) * side * side) as [number, number];
        // On a quarter circle from one throw to the next the variance stays one.
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        for (let i = 0; i < mixed.length; i++) mixed[i] = c * thrown[now + i]! + s * thrown[next + i]!;
        return mixed;
      },
    }),
    [held],
  );
}
