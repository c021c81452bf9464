// What a part of the lab says before anything happened: at once, and again whenever the lab is reset and it fell silent.
import type { Said } from '../../src/controls';
import { training } from './controls';

type Saying = 'checkpointSays' | 'drawSays' | 'fileSays' | 'cloudSays';

/** `again` is called at a reset; returns what stops it. */
export function firstWords(name: Saying, words: () => Said, again: () => void = () => undefined): () => void {
  training.set(name, words());
  return training.useValues.subscribe((now, before) => {
    if (now[name] !== null || before[name] === null) return;
    again();
    training.set(name, words());
  });
}
