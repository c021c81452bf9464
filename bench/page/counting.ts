// Counts what a frame really draws, by wrapping WebGL's draw calls before the page's scripts run. Works with any build.

/** What the wrapper keeps in the page. */
export interface Drawn {
  /** Draw calls and triangles of the last whole frame. */
  calls: number;
  triangles: number;
  frames: number;
}

/** Runs in the page, before its scripts. */
export function countDrawing(): void {
  const drawn: Drawn = { calls: 0, triangles: 0, frames: 0 };
  (window as unknown as { drawn: Drawn }).drawn = drawn;
  let calls = 0;
  let triangles = 0;
  const each = (mode: number, count: number, copies: number) => {
    calls += 1;
    // TRIANGLES, then TRIANGLE_STRIP and TRIANGLE_FAN; points and lines are no triangles.
    if (mode === 4) triangles += (count / 3) * copies;
    else if (mode === 5 || mode === 6) triangles += Math.max(0, count - 2) * copies;
  };
  const GL = WebGL2RenderingContext.prototype;
  const { drawArrays, drawElements, drawArraysInstanced, drawElementsInstanced } = GL;
  GL.drawArrays = function (mode, first, count) {
    each(mode, count, 1);
    drawArrays.call(this, mode, first, count);
  };
  GL.drawElements = function (mode, count, type, offset) {
    each(mode, count, 1);
    drawElements.call(this, mode, count, type, offset);
  };
  GL.drawArraysInstanced = function (mode, first, count, copies) {
    each(mode, count, copies);
    drawArraysInstanced.call(this, mode, first, count, copies);
  };
  GL.drawElementsInstanced = function (mode, count, type, offset, copies) {
    each(mode, count, copies);
    drawElementsInstanced.call(this, mode, count, type, offset, copies);
  };
  const frame = () => {
    if (calls > 0) {
      drawn.calls = calls;
      drawn.triangles = Math.round(triangles);
      drawn.frames += 1;
      calls = 0;
      triangles = 0;
    }
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

/** What WebGL holds: made and not yet deleted. Each geometry is a vertex array and some buffers. */
export interface Held {
  buffers: number;
  vertexArrays: number;
  textures: number;
  framebuffers: number;
  programs: number;
}

/** Runs in the page, before its scripts: counts what is made on the GPU and not deleted. */
export function countHeld(): void {
  const held: Held = { buffers: 0, vertexArrays: 0, textures: 0, framebuffers: 0, programs: 0 };
  (window as unknown as { held: Held }).held = held;
  const GL = WebGL2RenderingContext.prototype as unknown as Record<string, (this: unknown, ...given: unknown[]) => unknown>;
  const kinds = {
    Buffer: 'buffers',
    VertexArray: 'vertexArrays',
    Texture: 'textures',
    Framebuffer: 'framebuffers',
    Program: 'programs',
  } as const;
  for (const [kind, name] of Object.entries(kinds)) {
    const make = GL[`create${kind}`]!;
    const drop = GL[`delete${kind}`]!;
    const alive = new WeakSet<object>();
    GL[`create${kind}`] = function (...given) {
      const made = make.apply(this, given);
      if (typeof made === 'object' && made !== null) {
        alive.add(made);
        held[name] += 1;
      }
      return made;
    };
    GL[`delete${kind}`] = function (...given) {
      const [old] = given;
      if (typeof old === 'object' && old !== null && alive.delete(old)) held[name] -= 1;
      return drop.apply(this, given);
    };
  }
}

/** Runs in the page, before its scripts: keeps every task of the main thread longer than 50 ms. */
export function keepLongTasks(): void {
  const kept: { start: number; milliseconds: number }[] = [];
  (window as unknown as { longTasks: typeof kept }).longTasks = kept;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) kept.push({ start: entry.startTime, milliseconds: entry.duration });
  }).observe({ type: 'longtask', buffered: true });
}

/** Runs in the page, before its scripts: counts listeners that are added and not removed, on every target. */
export function countListeners(): void {
  const known = new WeakMap<EventTarget, Set<string>>();
  const names = new WeakMap<object, number>();
  let next = 0;
  let open = 0;
  (window as unknown as { openListeners: () => number }).openListeners = () => open;
  const keyOf = (type: string, listener: object, options: unknown) => {
    if (!names.has(listener)) names.set(listener, next++);
    const capture =
      typeof options === 'object' && options !== null ? Boolean((options as AddEventListenerOptions).capture) : Boolean(options);
    return `${type} ${names.get(listener)} ${capture}`;
  };
  const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
  const forget = (target: EventTarget, key: string) => {
    if (known.get(target)?.delete(key)) open -= 1;
  };
  // Only what outlives a room can leak: the window, the document, and what stands in it for good.
  const counts = (target: EventTarget) =>
    target === window || target === document || target === document.documentElement || target === document.body ||
    target instanceof HTMLCanvasElement || target instanceof MediaQueryList; // prettier-ignore
  EventTarget.prototype.addEventListener = function (
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ) {
    // Called as a bare function it is the window's.
    const target = this ?? window;
    if (listener && counts(target)) {
      const key = keyOf(type, listener, options);
      const own = known.get(target) ?? new Set<string>();
      known.set(target, own);
      if (!own.has(key)) {
        own.add(key);
        open += 1;
        if (typeof options === 'object') {
          if (options.once) add.call(target, type, () => forget(target, key), { once: true, capture: Boolean(options.capture) });
          options.signal?.addEventListener('abort', () => forget(target, key), { once: true });
        }
      }
    }
    add.call(target, type, listener, options);
  };
  EventTarget.prototype.removeEventListener = function (
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | EventListenerOptions,
  ) {
    const target = this ?? window;
    if (listener && counts(target)) forget(target, keyOf(type, listener, options));
    remove.call(target, type, listener, options);
  };
}

/** Runs in the page, before its scripts: counts the engine's long jobs (samples and trainings) that were asked for and have not ended. */
export function countJobs(): void {
  interface Message {
    readonly kind?: string;
    readonly id?: number;
    readonly room?: string;
    readonly request?: { readonly room?: string };
  }
  const open = new Map<number, string>();
  const begun = new Map<string, number>();
  (window as unknown as { begun: (room: string) => number }).begun = (room) => begun.get(room) ?? 0;
  (window as unknown as { openJobs: (room?: string) => number }).openJobs = (room) =>
    room === undefined ? open.size : [...open.values()].filter((of) => of === room).length;
  const Own = Worker;
  window.Worker = class extends Own {
    constructor(address: string | URL, options?: WorkerOptions) {
      super(address, options);
      this.addEventListener('message', ({ data }: MessageEvent<Message>) => {
        if ((data?.kind === 'done' || data?.kind === 'failed') && data.id !== undefined) open.delete(data.id);
      });
    }
    override postMessage(message: unknown, ...rest: unknown[]): void {
      const { kind, id, room, request } = (message ?? {}) as Message;
      if ((kind === 'sample' || kind === 'train') && id !== undefined) {
        const of = request?.room ?? room ?? '';
        open.set(id, of);
        begun.set(of, (begun.get(of) ?? 0) + 1);
      }
      (super.postMessage as (message: unknown, ...rest: unknown[]) => void)(message, ...rest);
    }
    override terminate(): void {
      open.clear();
      super.terminate();
    }
  };
}
