// What happens in the lobby; it draws nothing. Each part opens, and closes when the visitor leaves.
import { useEffect } from 'react';
import { openAtmosphere } from '../../src/audio/atmosphere';
import { freshFor } from '../../src/kit/fresh';
import { useEngine } from '../../src/kit/useEngine';
import { useVisit } from '../../src/visit';
import { welcome } from './controls';
import { openDevice } from './device';
import { openDream } from './dream';
import room from './room';
import { openRoute } from './route';
import { openSettings } from './settings';

export default function Story() {
  const engine = useEngine();
  const visit = useVisit((v) => v.visit);
  useEffect(() => {
    freshFor(welcome, visit);
    const closers = [openSettings(), openRoute(), openDevice(engine), openDream(engine), openAtmosphere(room.name, room.hue)];
    return () => closers.forEach((close) => close());
  }, [engine, visit]);
  return null;
}
