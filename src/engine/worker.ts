// The worker: tfjs, the weights and the graphics device live here, the page never sees them.
import { createCore } from './core';
import type { Ask } from './protocol';

const hear = createCore((message, transfer = []) => postMessage(message, { transfer }));
addEventListener('message', ({ data }: MessageEvent<Ask>) => hear(data));
// A promise that nobody caught is a crash, too: the page replaces this worker.
addEventListener('unhandledrejection', ({ reason }) => {
  setTimeout(() => {
    throw reason;
  });
});
