// The hall of noise in 3-D: two great pictures at its end, one lever before them, and a station for each question along the walls.
import { useRoomWords } from '../../src/text';
import { Furniture } from '../../src/kit/Furniture';
import { Beliefs } from './exhibits/Beliefs';
import { Choosing } from './exhibits/Choosing';
import { Cloud } from './exhibits/Cloud';
import { LeverDesk } from './exhibits/LeverDesk';
import { Niche } from './exhibits/Niche';
import { Return } from './exhibits/Return';
import { Schedule } from './exhibits/Schedule';
import { Windows } from './exhibits/Windows';
import { blobs, pieces } from './furniture';
import { hue } from './hue';

export default function Room() {
  const words = useRoomWords('noise');
  return (
    <>
      <Furniture pieces={pieces} blobs={blobs} />
      <Niche hue={hue} />
      <Windows words={words} />
      <LeverDesk words={words} />
      <Choosing words={words} />
      <Return words={words} />
      <Schedule words={words} />
      <Beliefs words={words} />
      <Cloud hue={hue} />
    </>
  );
}
