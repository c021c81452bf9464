// A sheet over the museum: keeps the focus while open, closes by Esc, its button, or a press beside it.
import { useId, useLayoutEffect, useRef, type ReactNode } from 'react';
import { useWords } from '../text';
import { Icon } from './Icon';

export function Sheet({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const words = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  // Closed before it leaves the page: only then does the focus go back to where it came from.
  useLayoutEffect(() => {
    const shown = dialog.current!;
    const from = document.activeElement;
    shown.showModal();
    return () => {
      shown.close();
      if (from instanceof HTMLElement) from.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className="sheet panel"
      aria-labelledby={id}
      onCancel={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div className="sheet-page">
        <div className="sheet-head">
          <h2 id={id}>{title}</h2>
          <button type="button" className="round" onClick={onClose} aria-label={words('museum.close')}>
            <Icon name="close" />
          </button>
        </div>
        {children}
      </div>
    </dialog>
  );
}
