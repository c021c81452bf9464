// The template room in 3-D: a wall of tiles, and the room's controls on a panel.
import { Panel } from '../../src/kit/Panel';
import { PixelWall } from '../../src/kit/PixelWall';
import { useRoomWords } from '../../src/text';
import { empty } from './controls';
import room from './room';

export default function Room() {
  const words = useRoomWords('empty');
  return (
    <>
      <PixelWall size={2.6} position={[0, 1.9, -8.8]} above={1.9} source={() => empty.useValues.getState().shown?.values} />
      <Panel
        controls={empty}
        words={words}
        hue={room.hue}
        tone="paper"
        names={['make', 'says']}
        size={[1.2, 0.9]}
        position={[2.6, 1.4, -8.6]}
        title={words('stops.picture.title')}
      />
    </>
  );
}
