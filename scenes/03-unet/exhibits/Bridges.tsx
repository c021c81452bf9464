// What each bridge carries, on a board at its rail.
import { WallText } from '../../../src/kit/WallText';
import type { Words } from '../../../src/text';
import { board, boardOf } from '../desk';
import { hue } from '../hue';
import type { Layout } from '../layout';

interface Props {
  readonly layout: Layout;
  readonly words: Words;
}

export function Bridges({ layout: { bridges }, words }: Props) {
  return bridges.map((bridge, at) => (
    <WallText
      key={bridge.name}
      position={[...boardOf(bridge)]}
      rotation={[board.tilt, 0, 0]}
      width={board.size[0]}
      height={board.size[1]}
      hue={hue}
      tone="glass"
      title={words('bridges.title', { number: at + 1 })}
      text={words(at === 0 ? 'stops.bridge.text' : 'bridges.lower')}
      sizes={[54, 40]}
      isPlate
    />
  ));
}
