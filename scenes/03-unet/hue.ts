// The accent hue of this room, in degrees.
export const hue = 262;
