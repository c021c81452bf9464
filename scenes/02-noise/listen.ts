// The signal-to-noise ratio at the lever as sound: a tone as loud as the signal, a hiss as loud as the noise.
import { abarOf } from '../../src/engine';
import { caption, sounding } from '../../src/audio';
import { useVisit } from '../../src/visit';
import { percentOf } from '../../src/text/amounts';
import { rounded } from './closed';
import { noise } from './controls';
import { live } from './live';
import { decibels } from './schedule';

const { useValues, set } = noise;
/** Milliseconds between two looks at the lever. */
const pause = 50;

const silent = { heard: 'heardSilent', heardClean: 'heardCleanSilent' } as const;
const captioned = { heard: 'said.heardCaption', heardClean: 'said.heardCleanCaption' } as const;

/** What is heard at a share of signal: without any noise there is no ratio to tell. */
export function heardAt(abar: number) {
  if (abar >= 1) return { key: 'heardClean', with: {} } as const;
  const fill = { signal: percentOf(Math.sqrt(abar)), noise: percentOf(Math.sqrt(1 - abar)), decibels: rounded(decibels(abar), 0) };
  return { key: 'heard', with: fill } as const;
}

function hear(): () => void {
  let abar = -1;
  let closeCaption = () => {};
  const closeSound = sounding((player) => {
    const sound = player.signalToNoise(live.abar);
    const timer = setInterval(() => sound.set(abarOf(live.level)), pause);
    return () => {
      clearInterval(timer);
      sound.close();
    };
  });
  const timer = setInterval(() => {
    if (live.abar === abar) return;
    abar = live.abar;
    const { key, with: fill } = heardAt(abar);
    const isSilent = useVisit.getState().volume === 0;
    set('heard', { key: isSilent ? silent[key] : key, with: fill });
    closeCaption();
    closeCaption = isSilent ? () => {} : caption({ place: noise.room, key: captioned[key], with: fill });
  }, pause);
  const stopVisit = useVisit.subscribe((now, before) => {
    // The words depend on whether anything sounds.
    if (now.volume > 0 !== before.volume > 0) abar = -1;
  });
  return () => {
    clearInterval(timer);
    stopVisit();
    closeSound();
    closeCaption();
    set('heard', null);
  };
}

export function openListen(): () => void {
  let close: (() => void) | undefined = useValues.getState().listen ? hear() : undefined;
  const stop = useValues.subscribe((now, before) => {
    if (now.listen === before.listen) return;
    close?.();
    close = now.listen ? hear() : undefined;
  });
  return () => {
    stop();
    close?.();
  };
}
