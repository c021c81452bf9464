// Keys for the flat interface; the arrow keys and W A S D belong to walking.
import { useEffect } from 'react';
import { rooms } from '../museum/rooms';
import { choose, goTo, useVisit } from '../visit';
import type { SheetName } from './Bar';

const isField = (target: EventTarget | null) =>
  target instanceof Element && target.closest('input, select, textarea, dialog, [role="application"], [contenteditable]') !== null;

export function useShortcuts(open: (sheet: SheetName) => void) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isField(event.target)) return;
      const { keys, twin } = useVisit.getState();
      if (event.key === 'Escape') return choose({ twin: false, lost: false });
      if (!keys) return;
      const room = rooms.find(({ number }) => String(number) === event.key);
      if (event.key === 'h' || event.key === '?') open('help');
      else if (event.key === 't') choose({ twin: !twin });
      else if (room) goTo(room.name);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [open]);
}
