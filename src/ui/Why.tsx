// Why the museum stands here in words alone, and the way into 3-D where there is one.
import { useWords } from '../text';
import { choose, useVisit } from '../visit';

export function Why() {
  const words = useWords();
  const why = useVisit((v) => v.why);
  const isChosen = why === 'asked';
  return (
    <div className="why">
      <p>{words(isChosen ? 'twin.asked' : why === 'broken' ? 'twin.broken' : 'twin.noWebgl')}</p>
      {why !== 'no-webgl' && (
        <button type="button" className="pushed" onClick={() => choose({ pictures: true, why: '' })}>
          {words('twin.with3d')}
        </button>
      )}
    </div>
  );
}
