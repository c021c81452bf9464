// What tells of a room outside of it: the sign over its doorway, the plate beside it, and its number in brass in the floor before it.
import { useCallback } from 'react';
import { write, type Pen } from '../kit/lettering';
import { Print } from '../kit/Print';
import { WallText } from '../kit/WallText';
import { useRoomWords } from '../text';
import { door, wall, type Place } from './ring';
import { rooms } from './rooms';

/** Beside the doorway, at the height of the eyes: the cloud hangs before what is above it. */
const plate = { width: 1.25, height: 1.5 } as const;

export function Sign({ place }: { readonly place: Place }) {
  const words = useRoomWords(place.name);
  const number = rooms.find(({ name }) => name === place.name)?.number ?? 0;
  return (
    <group position={[place.x, 0, place.z]} rotation={[0, place.turn, 0]}>
      <WallText
        position={[0, door.height + 0.85, wall + 0.02]}
        width={5.2}
        height={0.95}
        hue={place.hue}
        title={`${number}  ${words('title')}`}
        sizes={[480, 100]}
        align="center"
        density={260}
      />
      <WallText
        position={[door.width / 2 + 0.98, 1.72, wall + 0.03]}
        width={plate.width}
        height={plate.height}
        hue={place.hue}
        tone="glass"
        title={`${number}`}
        text={words('title')}
        sizes={[780, 165]}
        align="center"
        density={300}
        isPlate
      />
      <Inlay number={number} />
    </group>
  );
}

const inlay = 1.1;

/** The room's number in a ring of brass, to be read by those who walk towards the doorway. */
function Inlay({ number }: { readonly number: number }) {
  const draw = useCallback(
    (pen: Pen, w: number, h: number) => {
      pen.beginPath();
      pen.arc(w / 2, h / 2, w / 2 - 40, 0, 2 * Math.PI);
      pen.fillStyle = '#efe7d8';
      pen.fill();
      pen.lineWidth = 36;
      pen.strokeStyle = '#9a7331';
      pen.stroke();
      write(pen, `${number}`, 0, h / 2 - 400, w, { size: 620, weight: 600, colour: '#7d5a20', align: 'center' });
    },
    [number],
  );
  return (
    <Print
      width={inlay}
      height={inlay}
      density={360}
      draw={draw}
      isClear
      position={[0, 0.012, wall + 1.5]}
      rotation={[-Math.PI / 2, 0, 0]}
    />
  );
}
