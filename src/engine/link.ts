// The line between the page and wherever the engine's inside runs.
import type { Ask, Tell } from './protocol';

export interface Link {
  post(message: Ask): void;
  close(): void;
}

export interface Ends {
  hear(message: Tell): void;
  /** The other side is gone. */
  broke(why: string): void;
}

export type OpenLink = (ends: Ends) => Link;

export const openWorker: OpenLink = ({ hear, broke }) => {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'engine' });
  worker.onmessage = ({ data }: MessageEvent<Tell>) => hear(data);
  worker.onerror = (event) => {
    event.preventDefault();
    broke(event.message || 'the worker does not load');
  };
  // What was said is lost, and a job may wait for it.
  worker.onmessageerror = () => broke('the worker said what cannot be read');
  return { post: (message) => worker.postMessage(message), close: () => worker.terminate() };
};
