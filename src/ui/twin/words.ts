// A room's words for the twin: with a way to ask whether a text is there, and what the room says about itself.
import type { Said } from '../../controls';
import type { Words } from '../../text';

export interface RoomWords {
  (key: string, fill?: Said['with']): string;
  /** Undefined where the room has no such text. */
  maybe(key: string, fill?: Said['with']): string | undefined;
  said(said: Said): string;
}

/** `say` gives the key itself where nothing stands; only keys of single words could be mistaken, and no text is its own key. */
export function wordsOf(words: Words): RoomWords {
  const maybe = (key: string, fill?: Said['with']) => {
    const text = words(key, fill);
    return text === key ? undefined : text;
  };
  const said = ({ key, with: fill }: Said) => maybe(`said.${key}`, fill) ?? words(key, fill);
  return Object.assign((key: string, fill?: Said['with']) => words(key, fill), { maybe, said });
}
