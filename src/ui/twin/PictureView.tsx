// A live picture of the room, flat, with the words that stand for it.
import { useEffect, useRef } from 'react';
import type { Shown } from '../../controls';
import { useWords } from '../../text';
import { paint } from '../paint';

export function PictureView({ label, shown, said }: { label: string; shown: Shown | null; said: string }) {
  const words = useWords();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current && shown) paint(canvas.current, shown);
  }, [shown]);
  return (
    <figure className="picture">
      {shown ? (
        <canvas ref={canvas} width={shown.width} height={shown.height} role="img" aria-label={`${label}: ${said}`} />
      ) : (
        <div className="no-picture" role="img" aria-label={`${label}: ${words('twin.nothing')}`} />
      )}
      <figcaption aria-hidden="true">
        <b>{label}</b> {shown ? said : words('twin.nothing')}
      </figcaption>
    </figure>
  );
}
