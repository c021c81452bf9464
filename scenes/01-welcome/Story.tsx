// What happens in this room; it draws nothing.
export default function Story() {
  return null;
}
