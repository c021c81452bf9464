// The caption line: what sounds now, in words.
export function Captions() {
  return null;
}
