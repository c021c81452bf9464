// A room's tone and its caption, from when the visitor is in the room until they leave.
import { useVisit } from '../visit';
import { caption } from './captions';
import { sounding } from './index';

const captionSeconds = 6;

/** `place`: the room's address name, whose words hold `said.roomTone`. */
export function openAtmosphere(place: string, hue: number): () => void {
  let closeCaption = () => {};
  const tell = () => {
    closeCaption();
    closeCaption = caption({ place, key: 'said.roomTone' }, captionSeconds);
  };
  if (useVisit.getState().volume > 0) tell();
  const stopVisit = useVisit.subscribe((now, before) => {
    if (now.volume > 0 && before.volume === 0) tell();
  });
  const closeSound = sounding((player) => player.roomTone(hue));
  return () => {
    closeSound();
    stopVisit();
    closeCaption();
  };
}
