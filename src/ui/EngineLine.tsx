// Where the museum computes, in plain words.
export function EngineLine() {
  return null;
}
