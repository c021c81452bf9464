// A bench of beliefs: a sentence that many hold to be true, a guess from the visitor, and an experiment that answers it.
import type { Controls, Said, Shown } from '../controls';
import { codeOf } from './watch';

export interface Finding {
  readonly said: Said;
  readonly result: Shown;
}

/** One experiment's turn on the bench. */
export interface Turn {
  /** New for each press. */
  readonly seed: number;
  /** Whether the visitor has left, or asked for something else: what is found then is shown to nobody. */
  isOver(): boolean;
  /** Hands over what ends the job that runs now. */
  running(stop: () => void): void;
}

export interface Bench {
  /** With the controls `belief`, `agree`, `test`, `result`, `finding` and `cured`. */
  readonly controls: Controls;
  /** What stands until the experiment tells of itself. */
  readonly busy: Said;
  /** Begins the experiment about a belief, or gives what is to be said instead; nothing at all where there is nothing to say. */
  begin(belief: string, turn: Turn): Promise<Finding> | Said | undefined;
  /** Whether a finding settles the belief; all do where left out. */
  settles?(finding: string): boolean;
}

/** Every belief on a bench is wrong: who does not agree is right. */
function curedBy(agree: unknown, isSettled: boolean): string {
  if (agree === '') return 'cured.none';
  if (!isSettled) return 'cured.open';
  return agree === 'no' ? 'cured.right' : 'cured.wrong';
}

/** Opens the bench; `clear` takes away what was guessed and found. */
export function openBeliefs({ controls, busy, begin, settles = () => true }: Bench): { clear(): void; close(): void } {
  const { useValues } = controls;
  const say = (name: 'result' | 'finding' | 'cured', value: Said | Shown | null) => controls.set(name, value);
  let now = 0;
  let stop = () => {};
  let isTesting = false;

  function end() {
    now++;
    stop();
    stop = () => {};
    // What was half found says nothing, and nobody is busy with it any longer.
    if (isTesting) say('finding', null);
    isTesting = false;
  }

  async function test(belief: string, seed: number) {
    end();
    const mine = now;
    // The guess counts as it is before the outcome is seen.
    const { agree } = useValues.getState();
    const begun = begin(belief, { seed, isOver: () => mine !== now, running: (one) => (stop = one) });
    if (!(begun instanceof Promise)) return void (begun && say('finding', begun));
    say('cured', null);
    say('result', null);
    say('finding', busy);
    isTesting = true;
    try {
      const { said, result } = await begun;
      if (mine !== now) return;
      isTesting = false;
      say('result', result);
      say('finding', said);
      say('cured', { key: curedBy(agree, settles(said.key)) });
    } catch (why) {
      const code = codeOf(why);
      if (mine !== now) return;
      if (code === 'cancelled') return end();
      isTesting = false;
      say('finding', { key: `engine.error.${code}` });
    }
  }

  function clear() {
    end();
    controls.set('agree', '');
    for (const name of ['result', 'finding', 'cured'] as const) say(name, null);
  }

  const stopListening = useValues.subscribe((after, before) => {
    if (after.belief !== before.belief) clear();
    if (Number(after.test) > Number(before.test) && after.belief !== '') void test(String(after.belief), Number(after.test));
  });
  return {
    clear,
    close() {
      stopListening();
      end();
    },
  };
}
