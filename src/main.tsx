// Opens the building: reads the visit from the address, starts the engine, mounts App.
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { startSound } from './audio';
import { loadEngine } from './engine';
import { EngineProvider } from './kit/useEngine';
import { rooms } from './museum/rooms';
import { speak } from './text';
import { mirrorAddress } from './ui/address';
import { loadAgain } from './ui/again';
import { isOperatorPage, toOperator } from './ui/useGesture';
import { drawsInDepth } from './ui/webgl';
import { choose, useVisit } from './visit';
import { backendIn, readQuery } from './visit/query';

/** Asks for a part until it comes; from the second failure on the poster says so. */
async function comes<T>(part: () => Promise<T>): Promise<T> {
  for (let seconds = 1; ; seconds = Math.min(seconds * 2, 10)) {
    try {
      return await part();
    } catch {
      if (seconds > 1) document.documentElement.dataset.late ??= 'true';
      await new Promise((wake) => setTimeout(wake, seconds * 1000));
    }
  }
}

async function startEngine() {
  const { createEngine } = await comes(loadEngine);
  const engine = createEngine({ backend: backendIn(location.search) });
  // For tests; a release build has neither the name nor what it holds.
  if (import.meta.env.MODE !== 'production') Object.assign(window, { museum: { engine, createEngine } });
  return engine;
}

async function open() {
  readQuery(location.search);
  mirrorAddress(rooms);
  if (useVisit.getState().pictures && !drawsInDepth()) choose({ pictures: false, why: 'no-webgl' });
  startSound();
  const [engine] = await Promise.all([startEngine(), comes(() => speak(useVisit.getState().language))]);
  createRoot(document.getElementById('museum')!).render(
    <EngineProvider engine={engine}>
      <App isOperator={isOperatorPage()} />
    </EngineProvider>,
  );
  performance.mark('app-ready');
  document.documentElement.dataset.ready = 'true';
}

document.getElementById('again')?.addEventListener('click', (event) => {
  event.preventDefault();
  void loadAgain(() => (document.documentElement.dataset.late = 'away'));
});
if (new URLSearchParams(location.search).has('operator') && !isOperatorPage()) toOperator();
else void open();
