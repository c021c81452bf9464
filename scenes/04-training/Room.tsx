// The training lab in 3-D: the wall of pictures at its end, the desk before it, the loss along one side, and what can be done with a network along the other.
import { useShallow } from 'zustand/react/shallow';
import { Furniture } from '../../src/kit/Furniture';
import { Panel } from '../../src/kit/Panel';
import { useRoomWords, type Words } from '../../src/text';
import { training } from './controls';
import { Boards } from './exhibits/Boards';
import { Cloud } from './exhibits/Cloud';
import { Halves } from './exhibits/Halves';
import { Windows } from './exhibits/Windows';
import { blobs, pieces, places, tilt } from './furniture';
import room from './room';

const { hue } = room;

/** What is pressed or moved on each board, and below it what comes of it; each has its own part of the board, so that nothing is moved by words. */
const panels = {
  finding: { hand: [], says: ['lossSays', 'bandSays', 'finding', 'foretold'], share: 0.4 },
  rate: { hand: ['schedule', 'rate'], says: ['rateSays'], share: 0.78 },
  checkpoints: { hand: ['checkpoint'], says: ['average', 'raw', 'checkpointSays'], share: 0.47 },
  file: { hand: ['save', 'file', 'take'], says: ['fileSays', 'taken', 'loaded'], share: 0.55 },
  draw: { hand: ['label', 'add'], says: ['drawSays'], share: 0.72 },
} as const;
type Name = keyof typeof panels;
const titles = { finding: 'loss', rate: 'rate', checkpoints: 'checkpoints', file: 'file', draw: 'draw' } as const;

export default function Room() {
  const words = useRoomWords('training');
  const shared = { controls: training, words, hue, tone: 'glass' } as const;
  const { steer, says, easel, lesson } = places;
  return (
    <>
      <Furniture pieces={pieces} blobs={blobs} />
      <Windows words={words} hue={hue} />
      <Boards words={words} hue={hue} />
      <Panel
        {...shared}
        names={['expect', 'size', 'start', 'pause', 'step', 'slow']}
        size={steer.size}
        position={steer.at}
        rotation={[tilt, steer.turn, 0, 'YXZ']}
      />
      <Halves
        {...shared}
        place={says}
        tilt={tilt}
        share={0.7}
        upper={{ names: ['progress', 'foretold', 'power', 'advice', 'waiting'] }}
        lower={{ names: ['takeUp', 'recorded', 'again'] }}
      />
      <Halves
        {...shared}
        place={lesson}
        tilt={tilt}
        share={0.58}
        upper={{ names: ['shape', 'learn'], title: words('stops.cloud.title') }}
        lower={{ names: ['cloudSays'] }}
      />
      {(Object.keys(panels) as Name[]).map((name) => (
        <Board key={name} name={name} words={words} />
      ))}
      <Panel {...shared} names={['pad']} size={easel.size} position={easel.at} rotation={[0, easel.turn, 0]} tone="paper" />
      <Cloud hue={hue} />
    </>
  );
}

function Board({ name, words }: { readonly name: Name; readonly words: Words }) {
  const { hand, says, share } = panels[name];
  // A picture that is not there yet takes no place.
  const shown = training.useValues(
    useShallow((values) => says.filter((one) => training.list[one].kind !== 'picture' || values[one] !== null)),
  );
  return (
    <Halves
      controls={training}
      words={words}
      hue={hue}
      tone="glass"
      place={places[name]}
      share={share}
      upper={{ names: hand, title: words(`stops.${titles[name]}.title`), text: words(`stops.${titles[name]}.text`), type: 70 }}
      lower={{ names: shown, type: 60, pictures: 470 }}
    />
  );
}
