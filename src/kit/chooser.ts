// Asks the visitor for a file of their own device, and reads it where it is not too large.
import type { Chosen } from '../controls';

export async function readChosen(file: File, largest: number): Promise<Chosen> {
  const { name, size } = file;
  // One that went away between choosing and reading is as good as empty.
  const read = () => file.arrayBuffer().catch(() => new ArrayBuffer(0));
  return { name, size, bytes: size > largest ? undefined : new Uint8Array(await read()) };
}

/** Opens the browser's own chooser; to be called while a press is handled. What the visitor closes without choosing tells nothing. */
export function chooseFile({ accept, largest }: { accept: string; largest: number }, tell: (chosen: Chosen) => void): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = accept;
  input.onchange = () => {
    const file = input.files?.[0];
    if (file) void readChosen(file, largest).then(tell);
  };
  input.click();
}
