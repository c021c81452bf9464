// Where the museum computes, in plain words, and what is still on its way here.
import { useEffect, useRef, useState } from 'react';
import { useEngine, useModel, useReport } from '../kit/useEngine';
import type { Room } from '../museum/contract';
import { useNumber, useWords } from '../text';
import { cleared } from './clearing';
import { paint } from './paint';

const shownFor = 8000;

export function EngineLine({ room }: { room: Room | undefined }) {
  const words = useWords();
  const { backend, reason, reduced } = useReport();
  const lost = useLost();
  const isKnown = useKnown(`${backend} ${reason}`);
  useEffect(() => {
    document.documentElement.dataset.engine = backend ?? '';
  }, [backend]);
  return (
    <section className={isKnown ? 'engine known' : 'engine'} aria-label={words('engine.title')}>
      {room?.needs.models.map((model) => (
        <ModelLine key={model} model={model} />
      ))}
      <p className="engine-where">
        {backend && <b>{words(`engine.at.${backend}`)} </b>}
        <span>{words(`engine.reason.${reason}`)}</span>
        {reduced !== undefined && <span> {words('engine.reduced')}</span>}
      </p>
      <p className="engine-lost" role="status">
        {lost && words(`engine.lost.${lost}`)}
      </p>
    </section>
  );
}

/** Whether this has stood long enough to have been read. */
function useKnown(what: string): boolean {
  const [known, setKnown] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setKnown(what), shownFor);
    return () => clearTimeout(timer);
  }, [what]);
  return known === what;
}

/** A loss that was just mended, for some seconds. */
function useLost(): 'device' | 'worker' | undefined {
  const engine = useEngine();
  const [lost, setLost] = useState<'device' | 'worker'>();
  useEffect(() => engine.onLost(setLost), [engine]);
  useEffect(() => {
    const timer = lost && setTimeout(() => setLost(undefined), shownFor);
    return () => clearTimeout(timer);
  }, [lost]);
  return lost;
}

/** A model on its way: a picture as clear as the share of its bytes that is here. */
function ModelLine({ model }: { model: string }) {
  const words = useWords();
  const number = useNumber();
  const { state, loaded, error } = useModel(model);
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current) paint(canvas.current, cleared(loaded));
  }, [loaded]);
  if (state === 'done' || error === 'cancelled') return null;
  if (error) return <p role="alert">{words('engine.noWeights', { why: words(`engine.error.${error}`) })}</p>;
  const percent = Math.floor(loaded * 100);
  return (
    <div className="loading">
      <canvas ref={canvas} width={28} height={28} aria-hidden="true" />
      <progress max={100} value={percent} aria-label={words('engine.loading', { percent: number(percent) })} />
      <span aria-hidden="true">{words('engine.loading', { percent: number(percent) })}</span>
    </div>
  );
}
