// Watches a running job from outside a picture's frame: each new step once, then its end; the returned function cancels it.
import { EngineError, type EngineErrorCode, type Job } from '../engine';

interface Tell<Step, Result> {
  step?(step: Step): void;
  done?(result: Result): void;
  /** Not called for a job that was cancelled. */
  fail?(code: EngineErrorCode): void;
}

/** `pause`: milliseconds between two looks; timers also run where no frame is drawn. Steps that are quicker are left out. */
export function watch<Step, Result>(job: Job<Step, Result>, tell: Tell<Step, Result>, pause = 16): () => void {
  let seen: Step | undefined;
  let closed = false;
  const look = () => {
    const step = job.latest;
    if (closed || step === undefined || step === seen) return;
    seen = step;
    tell.step?.(step);
  };
  const timer = setInterval(look, pause);
  const close = () => {
    closed = true;
    clearInterval(timer);
  };
  job.result.then(
    (result) => {
      look();
      if (!closed) tell.done?.(result);
      close();
    },
    (why: unknown) => {
      const code = codeOf(why);
      if (!closed && code !== 'cancelled') tell.fail?.(code);
      close();
    },
  );
  return () => {
    if (closed) return;
    close();
    job.cancel();
  };
}

/** What went wrong, as the museum's words know it. */
export function codeOf(why: unknown): EngineErrorCode {
  if (why instanceof EngineError) return why.code;
  console.error(why);
  return 'unexpected';
}
