// The gallery's panels: what runs through the hall, the levers and their count, the time dial, the beliefs, and the sizes.
import type { Words } from '../../../src/text';
import { Panel } from '../../../src/kit/Panel';
import { WallText } from '../../../src/kit/WallText';
import { unet } from '../controls';
import { places, tilt } from '../furniture';
import { hue } from '../hue';
import { Sizes } from './Sizes';
import { usePresent } from './usePresent';

const names = {
  digit: ['digit', 'another', 'going', 'stepSays', 'bridge1Off', 'bridge2Off', 'middleOff', 'timeOff', 'mend'],
  block: ['block', 'blockSaw', 'blockSays'],
  pull: ['expect', 'bridge1', 'bridge2', 'middle', 'time', 'how'],
  pair: ['whole', 'changed', 'pairSays', 'foretold', 'count', 'sheet', 'verdict'],
  dial: ['clock', 'dialNoisy', 'dialGuess', 'dialSays'],
  beliefs: ['belief', 'agree', 'test', 'result', 'finding', 'cured'],
  sizes: ['ours', 'network', 'networkSays'],
} as const;

/** Height of the plate with the words about the dial, m. */
const explained = 0.74;

export function Gallery({ words }: { readonly words: Words }) {
  const panel = { controls: unet, words, hue, tone: 'glass' } as const;
  const { digit, block, pull, pair, dial, beliefs } = places;
  const pairNames = usePresent(names.pair);
  const dialNames = usePresent(names.dial);
  const beliefNames = usePresent(names.beliefs);
  return (
    <>
      <Panel {...panel} names={names.digit} size={digit.size} position={digit.at} rotation={[tilt, digit.turn, 0, 'YXZ']} type={58} />
      <Panel {...panel} names={names.block} size={block.size} position={block.at} rotation={[tilt, block.turn, 0, 'YXZ']} type={58} />
      <Panel
        {...panel}
        names={names.pull}
        size={pull.size}
        position={pull.at}
        rotation={[0, pull.turn, 0]}
        type={72}
        title={words('stops.levers.title')}
      />
      <Panel {...panel} names={pairNames} size={pair.size} position={pair.at} rotation={[0, pair.turn, 0]} type={66} pictures={760} />
      {/* The words have a plate of their own: whatever comes below, the slider stays under the hand. */}
      <WallText
        position={[dial.at[0], dial.at[1] + (dial.size[1] - explained) / 2, dial.at[2]]}
        rotation={[0, dial.turn, 0]}
        width={dial.size[0]}
        height={explained}
        hue={hue}
        tone="glass"
        title={words('stops.dial.title')}
        text={words('stops.dial.text')}
        sizes={[88, 64]}
        isPlate
      />
      <Panel
        {...panel}
        names={dialNames}
        size={[dial.size[0], dial.size[1] - explained]}
        position={[dial.at[0], dial.at[1] - explained / 2, dial.at[2]]}
        rotation={[0, dial.turn, 0]}
        type={62}
        pictures={860}
      />
      <Panel
        {...panel}
        names={beliefNames}
        size={beliefs.size}
        position={beliefs.at}
        rotation={[0, beliefs.turn, 0]}
        type={70}
        title={words('stops.misconceptions.title')}
      />
      <Sizes words={words} names={names.sizes} />
    </>
  );
}
