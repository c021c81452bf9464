// The training lab in 3-D: the wall of pictures at its end, the desk before it, the loss along one side, and what can be done with a network along the other.
import { Furniture } from '../../src/kit/Furniture';
import { Panel } from '../../src/kit/Panel';
import { useRoomWords, type Words } from '../../src/text';
import { training } from './controls';
import { Boards } from './exhibits/Boards';
import { Cloud } from './exhibits/Cloud';
import { Windows } from './exhibits/Windows';
import { blobs, pieces, places, tilt } from './furniture';
import room from './room';

const { hue } = room;

/** What stands on each panel. */
const panels = {
  finding: ['lossSays', 'bandSays', 'finding', 'foretold'],
  rate: ['schedule', 'rate', 'rateSays'],
  checkpoints: ['average', 'raw', 'checkpoint', 'checkpointSays'],
  file: ['save', 'file', 'fileSays', 'loaded', 'take', 'taken'],
  draw: ['label', 'add', 'drawSays'],
} as const;
type Name = keyof typeof panels;
/** What a panel is there to show; until there is any, it says what it is for. */
const shows = { finding: 'finding', checkpoints: 'average', file: 'loaded' } as const;
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
      <Panel
        {...shared}
        names={['progress', 'power', 'advice', 'waiting', 'takeUp', 'recorded', 'again']}
        size={says.size}
        position={says.at}
        rotation={[tilt, says.turn, 0, 'YXZ']}
      />
      <Panel
        {...shared}
        names={['shape', 'learn', 'cloudSays']}
        size={lesson.size}
        position={lesson.at}
        rotation={[tilt, lesson.turn, 0, 'YXZ']}
        title={words('stops.cloud.title')}
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
  const { at, turn, size } = places[name];
  const shown = name in shows ? shows[name as keyof typeof shows] : undefined;
  const isEmpty = training.useValues((values) => shown === undefined || values[shown] === null);
  // A picture that is not there yet takes no place.
  const names = isEmpty ? panels[name].filter((one) => training.list[one].kind !== 'picture') : panels[name];
  return (
    <Panel
      controls={training}
      words={words}
      hue={hue}
      tone="glass"
      names={names}
      size={size}
      position={at}
      rotation={[0, turn, 0]}
      title={words(`stops.${titles[name]}.title`)}
      text={isEmpty ? words(`stops.${titles[name]}.text`) : undefined}
      type={70}
      pictures={900}
    />
  );
}
