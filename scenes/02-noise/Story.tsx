// What happens in the hall of noise; it draws nothing. Each part opens, and closes when the visitor leaves.
import { useEffect } from 'react';
import { openAtmosphere } from '../../src/audio/atmosphere';
import { useEngine } from '../../src/kit/useEngine';
import { openBench } from './bench';
import { openChart } from './chart';
import { openCloud } from './cloud';
import { openDance } from './dance';
import { openListen } from './listen';
import { original } from './original';
import { openPick } from './pick';
import room from './room';

export default function Story() {
  const engine = useEngine();
  useEffect(() => {
    const cloud = openCloud(engine);
    const dance = openDance(engine, cloud.trip);
    const take = (image: Float32Array | undefined) => {
      original.image = image;
      dance.take(image);
    };
    const closers = [
      openChart(),
      openListen(),
      openBench(engine),
      openPick(engine, take),
      openAtmosphere(room.name, room.hue),
      dance.close,
      cloud.close,
    ];
    return () => closers.forEach((close) => close());
  }, [engine]);
  return null;
}
