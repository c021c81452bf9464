// The clean picture that the visitor chose, for every part of the room; undefined until there is one.
export const original: { image: Float32Array | undefined } = { image: undefined };
