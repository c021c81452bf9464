// What the page itself says of the visit: language, direction, room, skin; for styles, screen readers and tests.
import { useEffect } from 'react';
import { speak, useLoaded, useRoomWords, useWords } from '../text';
import { directionOf, useVisit } from '../visit';

export function useFlat() {
  const words = useWords();
  const wanted = useVisit((v) => v.language);
  const spoken = useLoaded((l) => l.language);
  const { room, contrast, motion, pictures } = useVisit();
  const title = useRoomWords(room)('title');
  const museum = words('museum.name');
  useEffect(() => void speak(wanted), [wanted]);
  useEffect(() => {
    const page = document.documentElement;
    if (spoken) {
      page.lang = spoken;
      page.dir = directionOf(spoken);
    }
    page.dataset.room = room;
    page.dataset.contrast = contrast;
    page.dataset.motion = motion;
    page.dataset.pictures = String(pictures);
    document.title = spoken ? `${title} · ${museum}` : museum;
  }, [spoken, room, contrast, motion, pictures, title, museum]);
}
