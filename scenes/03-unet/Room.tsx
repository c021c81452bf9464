// The hall of the U-Net in 3-D: a gallery at the door, and behind it the network itself, down one arm and up the other.
import { useMemo } from 'react';
import { Furniture } from '../../src/kit/Furniture';
import { WallText } from '../../src/kit/WallText';
import { useNumber, useRoomWords } from '../../src/text';
import { Bridges } from './exhibits/Bridges';
import { Closed } from './exhibits/Closed';
import { Cuts } from './exhibits/Cuts';
import { Floors } from './exhibits/Floors';
import { Gallery } from './exhibits/Gallery';
import { Panes } from './exhibits/Panes';
import { Pulse } from './exhibits/Pulse';
import { Stations } from './exhibits/Stations';
import { blobs, pieces } from './furniture';
import { hall } from './hall';
import { hue } from './hue';
import type { Layout } from './layout';
import { useNetwork } from './network';
import { wayOf } from './path';

export default function Room() {
  const words = useRoomWords('unet');
  const layout = useNetwork((n) => n.layout);
  const number = useNumber();
  const scale = layout ? words('scale', { millimetres: number(layout.scale * 1000) }) : '';
  return (
    <>
      <Furniture pieces={pieces} blobs={blobs} />
      <Gallery words={words} />
      <WallText
        position={[0, 1.62, -hall.depth + 0.03]}
        width={8.6}
        height={2.1}
        hue={hue}
        title={words('title')}
        text={[words('promise'), scale].filter(Boolean).join('\n')}
        sizes={[620, 270]}
        align="center"
        density={220}
      />
      {/* A new network is a new hall: its floors are measured when they mount. */}
      {layout ? <Network key={layout.model} layout={layout} /> : <Closed />}
    </>
  );
}

function Network({ layout }: { readonly layout: Layout }) {
  const words = useRoomWords('unet');
  const way = useMemo(() => wayOf(layout), [layout]);
  return (
    <>
      <Floors layout={layout} />
      <Pulse way={way} />
      <Panes layout={layout} way={way} />
      <Stations layout={layout} words={words} />
      <Bridges layout={layout} words={words} />
      <Cuts layout={layout} words={words} />
    </>
  );
}
