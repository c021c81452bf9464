// How sharp textures are seen at a slant: costly without a graphics card, so that it follows the tier.
import type { Texture } from 'three';
import { useVisit } from '../visit';

const known = new Set<Texture>();
const samples = () => (useVisit.getState().tier === 'low' ? 1 : 8);

/** Lets this texture's anisotropy follow the tier until it is disposed. */
export function sharpen<T extends Texture>(texture: T): T {
  texture.anisotropy = samples();
  known.add(texture);
  texture.addEventListener('dispose', () => known.delete(texture));
  return texture;
}

useVisit.subscribe((now, before) => {
  if (now.tier === before.tier || samples() === (before.tier === 'low' ? 1 : 8)) return;
  for (const texture of known) {
    texture.anisotropy = samples();
    texture.needsUpdate = true;
  }
});
