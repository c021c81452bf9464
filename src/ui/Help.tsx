// The help card: what the hands can do here.
import { useWords } from '../text';
import { useVisit } from '../visit';
import { Sheet } from './Sheet';

const rows = ['walk', 'look', 'go', 'use', 'lever', 'jump', 'words', 'leave', 'helpWord'] as const;
/** Where the museum is words alone, nobody walks. */
const inWords: readonly string[] = ['lever', 'leave'];
const keysOf = {
  walk: 'help.walkKeys',
  look: 'help.lookKeys',
  go: 'help.goKeys',
  use: 'help.useKeys',
  lever: 'help.leverKeys',
  jump: 'help.jumpKeys',
  words: 'help.wordsKeys',
  leave: 'help.leaveKeys',
  helpWord: 'help.helpKeys',
} as const;

export function Help({ onClose }: { onClose: () => void }) {
  const words = useWords();
  const pictures = useVisit((v) => v.pictures);
  return (
    <Sheet title={words('help.title')} onClose={onClose}>
      <dl className="keys">
        {rows
          .filter((row) => pictures || inWords.includes(row))
          .map((row) => (
            <div key={row}>
              <dt>{words(`help.${row}`)}</dt>
              <dd>{words(keysOf[row])}</dd>
            </div>
          ))}
      </dl>
      {pictures && <p>{words('help.touch')}</p>}
    </Sheet>
  );
}
