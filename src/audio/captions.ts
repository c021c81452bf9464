// Captions: everything that sounds says here what it is; the flat interface shows the lines.
import { create } from 'zustand';

export interface Caption {
  readonly id: number;
  /** Whose words: a room by its address name, or 'museum'. */
  readonly place: string;
  /** Key of the text in that place's words. */
  readonly key: string;
  readonly with?: Readonly<Record<string, string | number>>;
}

export const useCaptions = create<{ readonly lines: readonly Caption[] }>()(() => ({ lines: [] }));

let count = 0;
const without = (id: number) => useCaptions.setState(({ lines }) => ({ lines: lines.filter((line) => line.id !== id) }));

/** Shows a caption until the returned function is called, or for some seconds. */
export function caption(line: Omit<Caption, 'id'>, seconds?: number): () => void {
  const id = ++count;
  // The same words twice are one line: the newer stands for both.
  useCaptions.setState(({ lines }) => ({
    lines: [...lines.filter((old) => old.key !== line.key || old.place !== line.place), { ...line, id }],
  }));
  const timer = seconds === undefined ? undefined : setTimeout(without, seconds * 1000, id);
  return () => {
    clearTimeout(timer);
    without(id);
  };
}
