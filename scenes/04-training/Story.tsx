// What happens in the training lab; it draws nothing. The course itself goes on when the visitor leaves, all else ends.
import { useEffect } from 'react';
import { openAtmosphere } from '../../src/audio/atmosphere';
import { deliver } from '../../src/kit/deliver';
import { useEngine } from '../../src/kit/useEngine';
import { openDrawings } from './drawings';
import { openKeeping } from './keeping';
import { openLesson } from './lesson';
import { openLoss } from './loss';
import { openRate } from './rate';
import { openReplay } from './replay';
import { openRewind } from './rewind';
import room from './room';
import { openRun } from './run';
import { openWall } from './wall';

export default function Story() {
  const engine = useEngine();
  useEffect(() => {
    const closers = [
      openRun(engine),
      openWall(engine),
      openLoss(),
      openRate(),
      openRewind(engine),
      openDrawings(),
      openKeeping(engine, deliver),
      openLesson(engine),
      openReplay(),
      openAtmosphere(room.name, room.hue),
    ];
    return () => closers.forEach((close) => close());
  }, [engine]);
  return null;
}
