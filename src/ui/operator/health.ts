// How the museum's server is, asked for every ten seconds, and the last error of this page.
import { useEffect, useState, useSyncExternalStore } from 'react';

/** What tools/serve.mjs says of itself at /health. */
interface Told {
  readonly ok: boolean;
  readonly built: string | null;
  readonly since: string;
  readonly requests: number;
  readonly errors: number;
  /** Why the museum that it serves is not the present one; null where it is. */
  readonly stale: string | null;
}
export type Health =
  | { readonly state: 'asking' }
  /** A server that has no such address, as nginx. */
  | { readonly state: 'silent' }
  | { readonly state: 'away'; readonly since: Date; readonly built: string | null }
  | { readonly state: 'answers'; readonly told: Told };

const pause = 10_000;
const patience = 5000;

const isTold = (told: unknown): told is Told => typeof told === 'object' && told !== null && 'ok' in told && 'since' in told;

/** One question; `before` keeps since when nothing came, and which build was told last. */
export async function askHealth(before: Health): Promise<Health> {
  try {
    const answer = await fetch('/health', { cache: 'no-store', signal: AbortSignal.timeout(patience) });
    const told: unknown = await answer.json().catch(() => undefined);
    return isTold(told) ? { state: 'answers', told } : { state: 'silent' };
  } catch {
    if (before.state === 'away') return before;
    return { state: 'away', since: new Date(), built: before.state === 'answers' ? before.told.built : null };
  }
}

export function useHealth(): Health {
  const [health, setHealth] = useState<Health>({ state: 'asking' });
  useEffect(() => {
    let isWanted = true;
    let now: Health = { state: 'asking' };
    let timer: ReturnType<typeof setTimeout>;
    const ask = async () => {
      now = await askHealth(now);
      if (!isWanted) return;
      setHealth(now);
      timer = setTimeout(() => void ask(), pause);
    };
    void ask();
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, []);
  return health;
}

let lastError = '';
const listeners = new Set<() => void>();
function note(what: unknown) {
  const text = what instanceof Error ? what.message : String(what);
  lastError = `${new Date().toLocaleTimeString()} ${text}`.slice(0, 300);
  listeners.forEach((tell) => tell());
}
/** The page writes down what it goes on in spite of; the operator's page reads along. */
function listen() {
  addEventListener('error', ({ message }) => note(message));
  addEventListener('unhandledrejection', ({ reason }) => note(reason));
  const write = console.error;
  console.error = (...words: unknown[]) => {
    note(words.map((word) => (word instanceof Error ? word.message : String(word))).join(': '));
    write(...words);
  };
}
if (typeof window !== 'undefined') listen();

/** Empty where there was none since the panel opened. */
export const useLastError = () =>
  useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => void listeners.delete(tell);
    },
    () => lastError,
  );
