// What happens in the racing hall; it draws nothing. Each part opens, and closes when the visitor leaves.
import { useEffect } from 'react';
import { openAtmosphere } from '../../src/audio/atmosphere';
import { useEngine } from '../../src/kit/useEngine';
import { openAbout } from './about';
import { openEqual } from './equal';
import { openQuality } from './quality';
import { openRace } from './race';
import { openRepeats } from './repeats';
import room from './room';

export default function Story() {
  const engine = useEngine();
  useEffect(() => {
    const closers = [
      openAbout(),
      openRace(engine),
      openRepeats(engine),
      openEqual(engine),
      openQuality(engine),
      openAtmosphere(room.name, room.hue),
    ];
    return () => closers.forEach((close) => close());
  }, [engine]);
  return null;
}
