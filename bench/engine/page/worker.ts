// The bench's worker: measures one part where the museum's engine computes, in a module worker.
import { parts, type PartName } from '../parts';
import { openSite } from './site';

export interface Asked {
  readonly part: PartName;
  readonly options: unknown;
}
export type Answer = { readonly said: string } | { readonly failed: string } | { readonly found: unknown };

const tell = (answer: Answer) => postMessage(answer);

addEventListener('message', ({ data: { part, options } }: MessageEvent<Asked>) => {
  const measure = parts[part] as (site: ReturnType<typeof openSite>, options: unknown) => Promise<unknown>;
  measure(openSite((said) => tell({ said })), options).then(
    (found) => tell({ found }),
    (why: unknown) => tell({ failed: why instanceof Error ? (why.stack ?? why.message) : String(why) }),
  ); // prettier-ignore
});
