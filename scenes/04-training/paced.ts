// Calls at once, and then as often as it is asked but not more often than a pace; the last call always comes.

export interface Paced {
  (): void;
  close(): void;
}

export function paced(call: () => void, milliseconds: number): Paced {
  let last = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const now = () => {
    timer = undefined;
    last = performance.now();
    call();
  };
  const ask = () => {
    if (timer !== undefined) return;
    const rest = last + milliseconds - performance.now();
    if (rest <= 0) now();
    else timer = setTimeout(now, rest);
  };
  return Object.assign(ask, { close: () => clearTimeout(timer) });
}
