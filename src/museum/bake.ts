// Light computed once into vertex colours: soft area lights from above, the doorway's daylight, and darkening in corners.

export type V3 = readonly [number, number, number];

export interface Lamp {
  /** A horizontal rectangle or disc that shines downward, as sample points. */
  readonly points: readonly V3[];
  /** Direction it shines to; default is down. */
  readonly facing?: V3;
  readonly strength: number;
  readonly colour: V3;
}

export interface Light {
  readonly ambient: V3;
  readonly lamps: readonly Lamp[];
  /** Darkening by nearness to other surfaces, 0 to 1, at a point. */
  readonly shade: (at: V3, normal: V3) => number;
}

/** Sample points of a disc. */
export function disc(radius: number, y: number, rings = 2): V3[] {
  const points: V3[] = [[0, y, 0]];
  for (let ring = 1; ring <= rings; ring++) {
    const count = ring * 6;
    for (let i = 0; i < count; i++) {
      const angle = (2 * Math.PI * (i + ring * 0.3)) / count;
      points.push([Math.cos(angle) * radius * (ring / rings) * 0.9, y, Math.sin(angle) * radius * (ring / rings) * 0.9]);
    }
  }
  return points;
}

/** Sample points of a horizontal rectangle. */
export function panel(width: number, depth: number, y: number, z: number): V3[] {
  const points: V3[] = [];
  for (let i = 0; i < 4; i++)
    for (let j = 0; j < 4; j++) points.push([((i + 0.5) / 4 - 0.5) * width, y, z + ((j + 0.5) / 4 - 0.5) * depth]);
  return points;
}

/** Irradiance at a point of a surface, as a colour; 1 is a fully lit white wall. */
export function lightAt({ ambient, lamps, shade }: Light, at: V3, normal: V3): [number, number, number] {
  const sum: [number, number, number] = [...ambient];
  for (const { points, facing = [0, -1, 0], strength, colour } of lamps) {
    let part = 0;
    for (const point of points) {
      const [x, y, z] = [point[0] - at[0], point[1] - at[1], point[2] - at[2]];
      const square = Math.max(0.5, x * x + y * y + z * z);
      const far = Math.sqrt(square);
      const here = (x * normal[0] + y * normal[1] + z * normal[2]) / far;
      const there = -(x * facing[0] + y * facing[1] + z * facing[2]) / far;
      // Wrapped a little: light that plaster has scattered before.
      if (there > 0) part += (Math.max(0, here * 0.85 + 0.15) * there) / square;
    }
    for (let c = 0; c < 3; c++) sum[c] = sum[c]! + (part / points.length) * strength * colour[c]!;
  }
  const dark = shade(at, normal);
  return [sum[0] * dark, sum[1] * dark, sum[2] * dark];
}

/** Corner darkening inside a box from `low` to `high`. */
export const boxShade =
  (low: V3, high: V3, reach = 1.1, depth = 0.42) =>
  (at: V3, normal: V3): number => {
    let light = 1;
    for (let axis = 0; axis < 3; axis++) {
      if (Math.abs(normal[axis]!) > 0.5) continue;
      for (const distance of [at[axis]! - low[axis]!, high[axis]! - at[axis]!])
        light *= 1 - depth * Math.max(0, 1 - Math.max(0, distance) / reach) ** 2;
    }
    return light;
  };
