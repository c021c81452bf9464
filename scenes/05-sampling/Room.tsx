// The racing hall in 3-D: five lanes that run towards the door, a bright finish before it, and a station for each question along the walls.
import { useRoomWords } from '../../src/text';
import { Furniture } from '../../src/kit/Furniture';
import { Choosing } from './exhibits/Choosing';
import { Desk } from './exhibits/Desk';
import { EndWall } from './exhibits/EndWall';
import { Equal } from './exhibits/Equal';
import { Nine } from './exhibits/Nine';
import { Podium } from './exhibits/Podium';
import { Quality } from './exhibits/Quality';
import { Runners } from './exhibits/Runners';
import { Score } from './exhibits/Score';
import { Track } from './exhibits/Track';
import { blobs, pieces } from './furniture';

export default function Room() {
  const words = useRoomWords('sampling');
  return (
    <>
      <Furniture pieces={pieces} blobs={blobs} />
      <EndWall words={words} />
      <Track words={words} />
      <Score words={words} />
      <Runners />
      <Desk words={words} />
      <Choosing words={words} />
      <Podium words={words} />
      <Nine words={words} />
      <Equal words={words} />
      <Quality words={words} />
    </>
  );
}
