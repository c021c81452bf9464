// What happens in the template room; it draws nothing. A press makes a picture, and leaving ends the job.
import { useEffect } from 'react';
import { openAtmosphere } from '../../src/audio/atmosphere';
import { useEngine } from '../../src/kit/useEngine';
import { watch } from '../../src/kit/watch';
import { empty } from './controls';
import room from './room';

export default function Story() {
  const engine = useEngine();
  useEffect(() => {
    let stop = () => {};
    const stopListening = empty.useValues.subscribe((now, before) => {
      if (now.make === before.make) return;
      stop();
      const job = engine.sample({ model: 'digits', sampler: 'ddim', schedule: 'cosine', steps: 20, seed: now.make, room: empty.room });
      stop = watch(job, {
        step: ({ noisy, index, steps }) => {
          const [, height = 0, width = 0] = noisy.shape;
          const said = { key: 'made', with: { step: index + 1, steps } };
          empty.set('shown', { values: noisy.values, height, width, said });
          empty.set('says', said);
        },
        fail: (code) => empty.set('says', { key: `engine.error.${code}` }),
      });
    });
    const closeAtmosphere = openAtmosphere(room.name, room.hue);
    return () => {
      closeAtmosphere();
      stopListening();
      stop();
    };
  }, [engine]);
  return null;
}
