// How a backend says that memory ran out: none of them does it as another does.

/** RangeError of JavaScript's own arrays, aborts and traps of wasm, validation and allocation errors of WebGPU. */
export function isMemory(why: unknown): boolean {
  if (why instanceof RangeError) return true;
  const { name, message } = why instanceof Error ? why : { name: '', message: String(why) };
  return name === 'GPUOutOfMemoryError' || /out of memory|OOM|allocat|memory access out of bounds|enlarge memory/i.test(message);
}
