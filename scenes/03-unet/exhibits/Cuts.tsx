// What the levers have cut, to be seen where it is: a bridge goes dark, and a sign hangs over each of its ends; so it does at the deepest place.
import { MeshBasicMaterial } from 'three';
import { cube } from '../../../src/kit/shapes';
import { WallText } from '../../../src/kit/WallText';
import type { Words } from '../../../src/text';
import { unet } from '../controls';
import { levers, partOf, type Lever } from '../ablate';
import { bridge } from '../hall';
import { hue } from '../hue';
import type { Bridge, Layout } from '../layout';
import type { V3 } from '../panes';

const dark = new MeshBasicMaterial({ color: '#16121c', transparent: true, opacity: 0.82, depthWrite: false });

/** Of a sign; it hangs so high above the floor that one walks below it. */
const sign = { width: 1.3, height: 0.34, up: 2.28 } as const;

interface Props {
  readonly layout: Layout;
  readonly words: Words;
}

export function Cuts({ layout, words }: Props) {
  const pulled = unet.useValues((v) => levers.filter((lever) => v[lever]).join());
  const isFrozen = unet.useValues((v) => v.how === 'freeze');
  const cut = pulled.split(',').map((lever) => partOf(layout, lever as Lever));
  const text = words(isFrozen ? 'signs.freeze' : 'signs.zero');
  const bottom = layout.stations.find(({ role }) => role === 'bottom')!;
  return (
    <>
      {layout.bridges
        .filter(({ name }) => cut.includes(name))
        .map((one) => (
          <Cut key={one.name} bridge={one} text={text} />
        ))}
      {cut.includes(bottom.name) && <Sign at={[bottom.at[0], bottom.at[1] + 0.44, bottom.at[2] + 0.9]} turn={0} text={text} up={sign.up} />}
    </>
  );
}

function Cut({ bridge: { start, end }, text }: { readonly bridge: Bridge; readonly text: string }) {
  const [x, y, z] = [end[0] - start[0], end[1] - start[1], end[2] - start[2]];
  const middle: V3 = [start[0] + x / 2, start[1] + y / 2 + 0.03, start[2] + z / 2];
  const turn = Math.atan2(-z, x);
  return (
    <>
      <mesh
        geometry={cube}
        material={dark}
        position={middle}
        rotation={[0, turn, Math.atan2(y, Math.hypot(x, z)), 'YZX']}
        scale={[Math.hypot(x, y, z), 0.02, bridge.width]}
        renderOrder={2}
      />
      <Sign at={start} turn={turn - Math.PI / 2} text={text} />
      <Sign at={end} turn={turn + Math.PI / 2} text={text} />
    </>
  );
}

function Sign({
  at: [x, y, z],
  turn,
  text,
  up = sign.up,
}: {
  readonly at: V3;
  readonly turn: number;
  readonly text: string;
  readonly up?: number;
}) {
  return (
    <WallText
      position={[x, y + up, z]}
      rotation={[0, turn, 0]}
      width={sign.width}
      height={sign.height}
      hue={hue}
      tone="glass"
      title={text}
      sizes={[84, 40]}
      align="center"
      isPlate
    />
  );
}
