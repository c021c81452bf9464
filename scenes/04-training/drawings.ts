// The visitor's own drawings in the set: centred as its digits are, and put in many times, each a little shifted, so that it counts.
import { centred } from '../../src/kit/drawn';
import { codeOf } from '../../src/kit/watch';
import { percentOf } from '../../src/text/amounts';
import { training } from './controls';
import { firstWords } from './firstWords';
import { shelf } from './shelf';
import { shifted } from './shifted';

const { useValues, set } = training;

export function openDrawings(): () => void {
  let isClosed = false;
  /** The pad was emptied by what is said to be in the set now: another press is no news. */
  let isIn = false;

  async function add() {
    const { pad, label } = useValues.getState();
    const image = centred(pad, training.list.pad.size);
    const { course } = shelf;
    if (!image && isIn) return;
    if (!image) return set('drawSays', { key: 'drawHint' });
    if (!course) return set('drawSays', { key: 'drawFirst' });
    const data = shifted(image, label);
    try {
      await course.add(data);
      if (isClosed) return;
      set('drawSays', {
        key: 'drawAdded',
        with: { label, times: data.labels.length, share: percentOf(course.ownShare(label)), size: course.clock.size },
      });
      set('pad', null);
      isIn = true;
    } catch (why) {
      if (!isClosed) set('drawSays', { key: `engine.error.${codeOf(why)}` });
    }
  }

  const stopWords = firstWords(
    'drawSays',
    () => ({ key: 'drawHint' }),
    () => (isIn = false),
  );
  const stopListening = useValues.subscribe((now, before) => {
    if (now.pad !== before.pad || now.label !== before.label) isIn = false;
    if (now.add > before.add) void add();
  });
  return () => {
    isClosed = true;
    stopWords();
    stopListening();
  };
}
