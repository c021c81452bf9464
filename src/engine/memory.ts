// How a backend says that memory ran out: none of them does it as another does.

/** A trap or an abort of wasm: it stopped in the middle of something, and whatever its memory holds from then on may be wrong. */
export const isSpoiled = (why: unknown): boolean => why instanceof WebAssembly.RuntimeError;

/** RangeError of JavaScript's own arrays and of wasm's, validation and allocation errors of WebGPU. */
export function isMemory(why: unknown): boolean {
  if (why instanceof RangeError) return true;
  if (isSpoiled(why)) return false;
  const { name, message } = why instanceof Error ? why : { name: '', message: String(why) };
  return name === 'GPUOutOfMemoryError' || /out of memory|allocat/i.test(message) || /\bOOM\b/.test(message);
}
