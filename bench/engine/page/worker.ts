// The bench's worker: measures one part where the museum's engine computes, in a module worker.
import { parts, type PartName, type PartOptions } from '../parts';

export interface Asked {
  readonly part: PartName;
  readonly options: PartOptions;
}
export type Answer = { readonly said: string } | { readonly failed: string } | { readonly found: unknown };

const tell = (answer: Answer) => postMessage(answer);

addEventListener('message', ({ data: { part, options } }: MessageEvent<Asked>) => {
  parts[part](options, (said) => tell({ said })).then(
    (found) => tell({ found }),
    (why: unknown) => tell({ failed: why instanceof Error ? (why.stack ?? why.message) : String(why) }),
  );
});
