// What happens in the lobby; it draws nothing. Each part opens, and closes when the visitor leaves.
import { useEffect } from 'react';
import { openAtmosphere } from '../../src/audio/atmosphere';
import { useEngine } from '../../src/kit/useEngine';
import { openDevice } from './device';
import { openDream } from './dream';
import room from './room';
import { openRoute } from './route';
import { openSettings } from './settings';

export default function Story() {
  const engine = useEngine();
  useEffect(() => {
    const closers = [openSettings(), openRoute(), openDevice(engine), openDream(engine), openAtmosphere(room.name, room.hue)];
    return () => closers.forEach((close) => close());
  }, [engine]);
  return null;
}
