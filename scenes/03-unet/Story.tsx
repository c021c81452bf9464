// What happens in the hall of the U-Net; it draws nothing. Each part opens, and closes when the visitor leaves.
import { useEffect } from 'react';
import { openAtmosphere } from '../../src/audio/atmosphere';
import { useEngine } from '../../src/kit/useEngine';
import { openBench } from './bench';
import { openContest } from './contest';
import { openMending } from './ablate';
import { openDial } from './dial';
import { openNetwork } from './network';
import room from './room';
import { openRun } from './run';
import { openBlockSays } from './blockSays';

export default function Story() {
  const engine = useEngine();
  useEffect(() => {
    const run = openRun(engine);
    const closers = [
      openDial(engine, run),
      openContest(engine),
      openBench(engine),
      openBlockSays(),
      openMending(),
      openNetwork(engine, run.take),
      openAtmosphere(room.name, room.hue),
      run.close,
    ];
    return () => closers.forEach((close) => close());
  }, [engine]);
  return null;
}
