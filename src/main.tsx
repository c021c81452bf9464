// Opens the building: reads the visit from the address, starts the engine, mounts App.
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { rooms } from './museum/rooms';
import { speak } from './text';
import { mirrorAddress } from './ui/address';
import { useVisit } from './visit';
import { readQuery } from './visit/query';

readQuery(location.search);
mirrorAddress(rooms);
const root = createRoot(document.getElementById('museum')!);
void speak(useVisit.getState().language).then(() => {
  root.render(<App />);
  performance.mark('app-ready');
  document.documentElement.dataset.ready = 'true';
});
