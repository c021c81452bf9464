// Keys for the flat interface; the arrow keys and W A S D belong to walking.
import { useEffect } from 'react';
import { rooms } from '../museum/rooms';
import { choose, goTo, useVisit } from '../visit';
import type { SheetName } from './Bar';

const isField = (target: EventTarget | null) =>
  target instanceof Element && target.closest('input, select, textarea, dialog, [role="application"], [contenteditable]') !== null;

const inDialog = (target: EventTarget | null) => target instanceof Element && target.closest('dialog') !== null;

/** Closes what is open beside the picture; the focus goes to the tool that opens it again, never into what cannot be seen. */
function leave() {
  const { pictures } = useVisit.getState();
  choose({ twin: false, lost: false });
  if (pictures && document.activeElement?.closest('.twin')) document.querySelector<HTMLElement>('[data-tool="words"]')?.focus();
}

export function useShortcuts(open: (sheet: SheetName) => void) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'Escape' && !inDialog(event.target)) return leave();
      const { keys, twin, pictures } = useVisit.getState();
      // Where the words are all there is, single letters belong to the screen reader.
      if (!keys || !pictures || isField(event.target)) return;
      const room = rooms.find(({ number }) => String(number) === event.key);
      if (event.key === 'h' || event.key === '?') open('help');
      else if (event.key === 't') return twin ? leave() : choose({ twin: true });
      else if (room) goTo(room.name);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [open]);
}
