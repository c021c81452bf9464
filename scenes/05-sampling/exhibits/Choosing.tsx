// The samplers' wall: one is chosen, described, and set.
import type { Words } from '../../../src/text';
import { Panel } from '../../../src/kit/Panel';
import { sampling } from '../controls';
import { places } from '../furniture';
import { hue } from '../hue';

const names = ['sampler', 'about', 'ddpmSteps', 'ddimSteps', 'eta', 'eulerSteps', 'levels', 'heunSteps', 'dpmpp2mSteps', 'cost'] as const;

export function Choosing({ words }: { readonly words: Words }) {
  const { at, turn, size } = places.samplers;
  return (
    <Panel
      controls={sampling}
      names={names}
      words={words}
      size={size}
      position={at}
      rotation={[0, turn, 0]}
      hue={hue}
      tone="glass"
      type={100}
      title={words('stops.samplers.title')}
    />
  );
}
