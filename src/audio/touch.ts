// One clear soft sound for each kind of control.
import { now, PolySynth, Synth } from 'tone';
import type { Touch } from './index';
import { buses } from './buses';

const notes: Record<Touch, readonly [note: string, after: number][]> = {
  press: [['C5', 0]],
  choice: [['E5', 0]],
  toggle: [['G5', 0]],
  slide: [['C6', 0]],
  done: [
    ['C5', 0],
    ['G5', 0.09],
    ['C6', 0.18],
  ],
};
const loudness: Record<Touch, number> = { press: 0.5, choice: 0.4, toggle: 0.4, slide: 0.08, done: 0.4 };
/** A pulled slider ticks no faster than this, in seconds. */
const between = 0.07;

let bell: PolySynth | undefined;
let last = 0;

export function touch(kind: Touch): void {
  const begin = now();
  if (kind === 'slide' && begin - last < between) return;
  last = begin;
  bell ??= new PolySynth(Synth, {
    oscillator: { type: 'sine' },
    envelope: { attack: 0.004, decay: 0.16, sustain: 0, release: 0.12 },
  }).connect(buses.control);
  for (const [note, after] of notes[kind]) bell.triggerAttackRelease(note, 0.05, begin + after, loudness[kind]);
}
