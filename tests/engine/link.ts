// The engine's inside in this same process, behind messages that are copied as a worker's are; and one that can be broken.
import { readFileSync } from 'node:fs';
import type { Engine } from '../../src/engine';
import { createEngine } from '../../src/engine/client';
import type { Limits } from '../../src/engine/backends';
import { createCore } from '../../src/engine/core';
import { EngineError } from '../../src/engine/errors';
import type { Fetch } from '../../src/engine/library';
import type { Ends, OpenLink } from '../../src/engine/link';
import type { Ask, BackendWish, Tell } from '../../src/engine/protocol';
import { root } from './models';

/** Spoils files: gives other bytes instead, or throws where a file is missing. */
export type Spoil = (path: string, bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>;

const reading =
  (spoil: Spoil, before: (path: string) => Promise<void>): Fetch =>
  async (path) => {
    await before(path);
    try {
      const bytes = spoil(path, new Uint8Array(readFileSync(root(`assets/weights/${path}`))));
      return bytes.slice().buffer;
    } catch (why) {
      throw new EngineError('weights-missing', String(why));
    }
  };

export interface Local {
  readonly engine: Engine;
  /** Breaks the line, as a crash does. */
  crash(): void;
  /** Lines opened so far. */
  lines(): number;
}

export interface LocalOptions {
  readonly spoil?: Spoil;
  /** Awaited before a file is read. */
  readonly before?: (path: string) => Promise<void>;
  /** Asks that kill their worker whenever they arrive. */
  readonly deaf?: (ask: Ask) => boolean;
  /** Hears all that the page is told. */
  readonly heard?: (message: Tell) => void;
  readonly backend?: BackendWish;
  readonly limits?: Limits;
}

export const wasmFiles = (() => {
  const dist = root('node_modules/@tensorflow/tfjs-backend-wasm/dist/');
  return { plain: `${dist}tfjs-backend-wasm.wasm`, simd: `${dist}tfjs-backend-wasm-simd.wasm` };
})();

/** An engine whose inside runs here, on wasm where nothing else is asked for; its workers follow one another without a pause. */
export function local(options: LocalOptions = {}): Local {
  const { spoil = (_, bytes) => bytes, before = () => Promise.resolve(), deaf, heard, backend = 'wasm', limits } = options;
  let ends: Ends | undefined;
  let count = 0;
  const link: OpenLink = (mine) => {
    count++;
    ends = mine;
    let isOpen = true;
    const tell = (message: Tell) => {
      const copy = structuredClone(message);
      heard?.(copy);
      setTimeout(() => isOpen && mine.hear(copy));
    };
    const hear = createCore(tell, reading(spoil, before), limits);
    return {
      post: (ask) => {
        const copy = structuredClone(ask);
        setTimeout(() => {
          if (!isOpen) return;
          if (deaf?.(copy)) mine.broke('deaf');
          else hear(copy);
        });
      },
      close: () => (isOpen = false),
    };
  };
  const engine = createEngine({ weights: '', wasm: wasmFiles, backend, link, breakable: true, waits: [0, 0, 0] });
  return { engine, crash: () => ends?.broke('broken by the test'), lines: () => count };
}
