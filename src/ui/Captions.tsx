// The caption lines: what sounds now, in words.
import type { CSSProperties } from 'react';
import { useCaptions, type Caption } from '../audio/captions';
import { rooms } from '../museum/rooms';
import { useWordsOf } from '../text';
import { useVisit } from '../visit';

export function Captions() {
  const wanted = useVisit((v) => v.captions && v.volume > 0);
  const lines = useCaptions((c) => c.lines);
  return <div className="captions">{wanted && lines.map((line) => <Line key={line.id} line={line} />)}</div>;
}

function Line({ line }: { line: Caption }) {
  const words = useWordsOf(line.place);
  const hue = rooms.find(({ name }) => name === line.place)?.hue;
  return (
    <p className="glass hued" style={{ '--hue': hue ?? 38 } as CSSProperties}>
      {words(line.key, line.with)}
    </p>
  );
}
