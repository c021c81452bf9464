// Chooses the tier by the frames that this device holds, not by its name.
import { useFrame } from '@react-three/fiber';
import { useEffect, useRef } from 'react';
import { phase } from '../kit/phase';
import { choose, useVisit, type Tier } from '../visit';

const tiers: readonly Tier[] = ['low', 'medium', 'high'];
const ratio: Record<Tier, number> = { low: 0.8, medium: 1.25, high: 2 };

/** More pixels stand in for smooth edges where the picture began without them: a context cannot be given them later. */
const finer = 1.4;

/** Drawn pixels for each CSS pixel of the picture; `isSmooth`: its context smooths edges by itself. */
export const pixelRatio = (tier: Tier, isSmooth: boolean) =>
  Math.min(devicePixelRatio, ratio[tier]) * (isSmooth || tier === 'low' ? 1 : finer);

/** Mean frame time, ms, above which a tier is left downward, and below which upward. */
const slow = 24;
// A screen of 60 Hz never shows frames quicker than 16.7 ms.
const quick = 17.5;
const window = 40;
/** Slow devices are not made to wait for so many: this long, ms, is enough. */
const enough = 4000;

export function Quality() {
  const wanted = useVisit((v) => v.quality);
  const seen = useRef({ frames: 0, time: 0, raised: 0 });
  useEffect(() => {
    if (wanted !== 'auto') choose({ tier: wanted });
  }, [wanted]);
  useFrame((_, seconds) => {
    // A frame after a pause says nothing.
    if (wanted !== 'auto' || seconds > 3) return;
    const now = seen.current;
    now.frames++;
    now.time += seconds * 1000;
    if (now.frames < window && now.time < enough) return;
    const mean = now.time / now.frames;
    now.frames = now.time = 0;
    const at = tiers.indexOf(useVisit.getState().tier);
    if (mean > slow && at > 0) choose({ tier: tiers[at - 1]! });
    // Raised twice at most: no swinging to and fro.
    else if (mean < quick && at < tiers.length - 1 && now.raised < 2) {
      now.raised++;
      choose({ tier: tiers[at + 1]! });
    }
  }, phase.input);
  return null;
}
