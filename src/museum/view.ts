// How wide the picture sees, for every shape of screen.
import { MathUtils } from 'three';

/** Degrees: upright on a screen of 16:9, and the bounds of what is seen across and upright. */
const [upright, narrowest, widest, tallest] = [62, 46, 94, 86];

/** The upright angle at which so much is seen across. */
const across = (degrees: number, aspect: number) => 2 * MathUtils.RAD2DEG * Math.atan(Math.tan((degrees / 2) * MathUtils.DEG2RAD) / aspect);

/** A tall picture sees further up and down, so that it does not see too little across; a flat one the other way about. */
export const fieldOfView = (aspect: number) =>
  Math.min(tallest, MathUtils.clamp(upright, across(narrowest, aspect), across(widest, aspect)));
