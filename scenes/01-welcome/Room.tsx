// The room in 3-D.
export default function Room() {
  return null;
}
