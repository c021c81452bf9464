// The first folder of the operator's panel: whether the museum is well.
import { useControls } from 'leva';
import { useEffect, useState } from 'react';
import { useEngine, useReport } from '../../kit/useEngine';
import { codeOf } from '../../kit/watch';
import { rooms } from '../../museum/rooms';
import { useLoaded, useNumber, useWords } from '../../text';
import { useVisit } from '../../visit';
import { useHealth, useLastError, type Health } from './health';

const lines = ['well', 'engine', 'models', 'picture', 'mended', 'server', 'built', 'running', 'error'] as const;
const models = [...new Set(rooms.flatMap(({ needs }) => needs.models))];

export function State() {
  const words = useWords();
  const language = useLoaded((l) => l.language);
  const texts = useTexts();
  const [, set] = useControls(
    words('operator.state'),
    () =>
      Object.fromEntries(lines.map((line) => [line, { label: words(`operator.${line}`), value: texts[line], editable: false, rows: 2 }])),
    { order: -2 },
    [language],
  );
  const said = JSON.stringify(texts);
  useEffect(() => set(JSON.parse(said) as never), [set, said]);
  return null;
}

function useTexts(): Record<(typeof lines)[number], string> {
  const words = useWords();
  const number = useNumber();
  const language = useLoaded((l) => l.language);
  const { backend, reason, losses, restarts, gpuErrors } = useReport();
  const health = useHealth();
  const minutes = useMinutes();
  const standing = useModels();
  const time = (date: string | Date) =>
    new Date(date).toLocaleString(language === 'en-XA' ? 'en' : language, { dateStyle: 'medium', timeStyle: 'short' });
  const serverIn = (health: Health): string => {
    switch (health.state) {
      case 'answers': {
        const { since, requests, errors } = health.told;
        return words('operator.answers', { since: time(since), requests, errors });
      }
      case 'away':
        return words('operator.away', { since: time(health.since) });
      default:
        return words(`operator.${health.state}`);
    }
  };
  const { pictures, why } = useVisit();
  const stale = health.state === 'answers' && health.told.stale;
  const built = health.state === 'answers' ? health.told.built : health.state === 'away' && health.built;
  const broken = (line: (typeof lines)[number], isBroken: boolean) => (isBroken ? [words(`operator.${line}`)] : []);
  const wrong = [
    ...broken('engine', backend === undefined && reason === 'failed'),
    ...broken(
      'models',
      models.some((model) => standing[model]?.error !== undefined),
    ),
    ...broken('picture', !pictures && why !== 'asked'),
    ...broken('server', health.state === 'away'),
    ...broken('built', Boolean(stale)),
  ];
  return {
    well: wrong.length > 0 ? words('operator.wrong', { what: wrong.join(', ') }) : words('operator.right'),
    picture: words(`operator.${pictures ? 'shown' : why === 'asked' ? 'twin' : 'lost'}`),
    engine: [backend && words(`engine.on.${backend}`), words(`engine.reason.${reason}`)].filter(Boolean).join(' '),
    models: models
      .map((model) => {
        const { loaded, error } = standing[model] ?? { loaded: 0 };
        const text = error ? words(`engine.error.${error}`) : words('operator.coming', { percent: number(Math.floor(loaded * 100)) });
        return `${model}: ${loaded === 1 ? words('operator.here') : text}`;
      })
      .join('\n'),
    mended: words('operator.counts', { losses, restarts, errors: gpuErrors }),
    server: serverIn(health),
    built: [built ? time(built) : '–', stale && words('operator.stale', { why: stale })].filter(Boolean).join('. '),
    running: words('operator.duration', { hours: Math.floor(minutes / 60), minutes: minutes % 60 }),
    error: useLastError() || words('operator.none'),
  };
}

/** Whole minutes since this page was opened. */
function useMinutes(): number {
  const now = () => Math.floor(performance.now() / 60_000);
  const [minutes, setMinutes] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => setMinutes(now), 10_000);
    return () => clearInterval(timer);
  }, []);
  return minutes;
}

interface Standing {
  readonly loaded: number;
  readonly error?: ReturnType<typeof codeOf>;
}

/** How far each model is that the rooms need; one that failed is asked for again every minute. */
function useModels(): Readonly<Record<string, Standing>> {
  const engine = useEngine();
  const [standing, setStanding] = useState<Readonly<Record<string, Standing>>>({});
  useEffect(() => {
    let isWanted = true;
    const put = (model: string, state: Standing) => isWanted && setStanding((all) => ({ ...all, [model]: state }));
    const timers = new Set<ReturnType<typeof setTimeout>>();
    const ask = (model: string) => {
      const job = engine.load(model);
      const progress = setInterval(() => put(model, { loaded: Math.min(job.latest?.loaded ?? 0, 0.99) }), 1000);
      timers.add(progress);
      job.result
        .then(
          () => put(model, { loaded: 1 }),
          (why: unknown) => {
            put(model, { loaded: 0, error: codeOf(why) });
            if (isWanted) timers.add(setTimeout(() => ask(model), 60_000));
          },
        )
        .finally(() => clearInterval(progress));
    };
    models.forEach(ask);
    return () => {
      isWanted = false;
      timers.forEach(clearTimeout);
    };
  }, [engine]);
  return standing;
}
