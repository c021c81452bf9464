// The sign over each doorway: number and name in the room's hue, to be read across the atrium.
import { WallText } from '../kit/WallText';
import { useRoomWords } from '../text';
import { door, wall, type Place } from './ring';
import { rooms } from './rooms';

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
    </group>
  );
}
