// Four tablets with what people believe; the one that is chosen turns to the visitor, and the bench beside it runs the experiment.
import type { Words } from '../../../src/text';
import { Panel } from '../../../src/kit/Panel';
import { Tablet } from '../../../src/kit/Tablet';
import { beliefs, noise } from '../controls';
import { places } from '../furniture';
import { hue } from '../hue';

export function Beliefs({ words }: { readonly words: Words }) {
  const picked = noise.useValues((v) => v.belief);
  const { tablets, bench } = places;
  return (
    <>
      <group position={tablets.at} rotation={[0, tablets.turn, 0]}>
        {beliefs.map((belief, i) => (
          <Tablet
            key={belief}
            width={0.74}
            height={0.68}
            position={[(i % 2 ? 0.4 : -0.4) + 0, i < 2 ? 0.37 : -0.37, 0]}
            hue={hue}
            text={words(`controls.belief.options.${belief}`)}
            isOpen={picked === belief}
            onPick={() => noise.set('belief', belief)}
          />
        ))}
      </group>
      <Panel
        controls={noise}
        names={['agree', 'test', 'result', 'finding', 'cured']}
        words={words}
        size={bench.size}
        position={bench.at}
        rotation={[0, bench.turn, 0]}
        hue={hue}
        tone="glass"
        type={72}
        pictures={720}
        title={words('stops.misconceptions.title')}
        text={picked ? words(`controls.belief.options.${picked}`) : undefined}
      />
    </>
  );
}
