// Why the museum stands here in words alone, and the way into 3-D where there is one.
import { useWords } from '../text';
import { choose, useVisit } from '../visit';
import { drawsInDepth } from './webgl';

const open = () => choose(drawsInDepth() ? { pictures: true, why: '' } : { why: 'no-webgl' });

export function Why() {
  const words = useWords();
  const why = useVisit((v) => v.why);
  const isChosen = why === 'asked';
  return (
    <div className="why">
      <p role="status">{words(isChosen ? 'twin.asked' : why === 'broken' ? 'twin.broken' : 'twin.noWebgl')}</p>
      {why !== 'no-webgl' && (
        <button type="button" className="pushed" onClick={open}>
          {words('twin.with3d')}
        </button>
      )}
    </div>
  );
}
