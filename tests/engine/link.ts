// The engine's inside in this same process, behind messages that are copied as a worker's are; and one that can be broken.
import { readFileSync } from 'node:fs';
import { createEngine, type Engine } from '../../src/engine';
import { createCore } from '../../src/engine/core';
import { EngineError } from '../../src/engine/errors';
import type { Fetch } from '../../src/engine/library';
import type { Ends, OpenLink } from '../../src/engine/link';
import type { Ask, Tell } from '../../src/engine/protocol';
import { root } from './models';

/** Spoils files: gives other bytes instead, or throws where a file is missing. */
export type Spoil = (path: string, bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>;

const reading =
  (spoil: Spoil): Fetch =>
  (path) => {
    try {
      const bytes = spoil(path, new Uint8Array(readFileSync(root(`assets/weights/${path}`))));
      return Promise.resolve(bytes.slice().buffer);
    } catch (why) {
      return Promise.reject(new EngineError('weights-missing', String(why)));
    }
  };

export interface Local {
  readonly engine: Engine;
  /** Breaks the line, as a crash does. */
  crash(): void;
  /** Lines opened so far. */
  lines(): number;
}

/** An engine on wasm whose inside runs here. `deaf`: asks that kill their worker whenever they arrive. */
export function local({ spoil = (_, bytes) => bytes, deaf }: { spoil?: Spoil; deaf?: (ask: Ask) => boolean } = {}): Local {
  const dist = root('node_modules/@tensorflow/tfjs-backend-wasm/dist/');
  let ends: Ends | undefined;
  let count = 0;
  const link: OpenLink = (mine) => {
    count++;
    ends = mine;
    let isOpen = true;
    const hear = createCore((message) => {
      const copy = structuredClone(message) as Tell;
      setTimeout(() => isOpen && mine.hear(copy));
    }, reading(spoil));
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
  const wasm = { plain: `${dist}tfjs-backend-wasm.wasm`, simd: `${dist}tfjs-backend-wasm-simd.wasm` };
  const engine = createEngine({ weights: '', wasm, backend: 'wasm', link, breakable: true });
  return { engine, crash: () => ends?.broke('broken by the test'), lines: () => count };
}
