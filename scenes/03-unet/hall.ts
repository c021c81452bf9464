// The hall's fixed measures: two arms around a light well, a gallery before them, the deepest floor at the end. Metres.
export const hall = {
  width: 12,
  depth: 19,
  height: 6,
  /** The gallery at the door, on the level of the building. */
  gallery: 4.4,
  /** How far below the gallery the deepest floor lies. */
  deep: 2.1,
  /** Half the width of the light well between the arms. */
  well: 1.7,
  /** Length of the flat place at each block, and of the deepest floor. */
  terrace: 2.4,
  bottom: 3.6,
} as const;

/** Bridges: deck and rails, by the house's measure. */
export const bridge = { width: 1.4, thick: 0.14, rail: 1 } as const;
