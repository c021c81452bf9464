// The mouse pointer over things of the room: a hand over what can be pressed, an open or closed one over what can be pulled.
import { useEffect } from 'react';

type Cursor = 'pointer' | 'grab' | 'grabbing' | 'crosshair';

const wishes: { readonly cursor: Cursor }[] = [];
const show = () => (document.body.style.cursor = wishes.at(-1)?.cursor ?? '');

/** Shows a pointer as long as it is wanted; the latest wish counts. */
export function useCursor(cursor: Cursor | false | undefined): void {
  useEffect(() => {
    if (!cursor) return;
    const wish = { cursor };
    wishes.push(wish);
    show();
    return () => {
      wishes.splice(wishes.indexOf(wish), 1);
      show();
    };
  }, [cursor]);
}
