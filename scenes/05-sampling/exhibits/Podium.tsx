// The podium: the three quickest pictures on their steps, and the board with every time and what the judge reads.
import type { Words } from '../../../src/text';
import { Framed } from '../../../src/kit/Framed';
import { Panel } from '../../../src/kit/Panel';
import { WallText } from '../../../src/kit/WallText';
import { sampling } from '../controls';
import { places, podiumLift, podiumPane, podiumSteps } from '../furniture';
import { hue } from '../hue';
import { ranks } from '../lanes';
import { live } from '../live';

const told = [...ranks, 'foretoldFirst', 'foretoldBest'] as const;
const none = ['podiumSays'] as const;
const turn = [0, -Math.PI / 2, 0] as const;

export function Podium({ words }: { readonly words: Words }) {
  const { board, podium } = places;
  const isEmpty = sampling.useValues((v) => v.rank1 === null);
  const [x, , z] = podium.at;
  return (
    <>
      <Panel
        controls={sampling}
        names={isEmpty ? none : told}
        words={words}
        size={board.size}
        position={board.at}
        rotation={[0, board.turn, 0]}
        hue={hue}
        tone="glass"
        type={96}
        title={words('stops.podium.title')}
        text={isEmpty ? words('stops.podium.text') : undefined}
      />
      {podiumSteps.map(({ along, top }, place) => (
        <group key={along}>
          <Framed
            size={podiumPane}
            position={[x - 0.008, top + podiumLift, z + along]}
            rotation={[...turn]}
            source={() => live.placed[place]}
          />
          <WallText
            position={[x - 0.436, top / 2, z + along]}
            rotation={[...turn]}
            width={0.5}
            height={Math.min(0.36, top - 0.04)}
            hue={hue}
            title={String(place + 1)}
            sizes={[300, 40]}
            align="center"
          />
        </group>
      ))}
    </>
  );
}
