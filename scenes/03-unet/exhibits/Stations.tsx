// Every block by name: its words on a desk before the panes, its name above them, and the panes as something to point at.
import { useState } from 'react';
import { DoubleSide, MeshBasicMaterial } from 'three';
import { touch } from '../../../src/audio';
import { useCursor } from '../../../src/kit/cursor';
import { sentence } from '../../../src/kit/panel/layout';
import { cube } from '../../../src/kit/shapes';
import { WallText } from '../../../src/kit/WallText';
import type { Words } from '../../../src/text';
import { unet } from '../controls';
import { hue } from '../hue';
import type { Layout, Station } from '../layout';
import { deskOf, tilt } from '../desk';
import { sizeOf } from '../blockSays';
import { Bow } from './Bow';

const unseen = new MeshBasicMaterial({ visible: false, side: DoubleSide });

interface Props {
  readonly layout: Layout;
  readonly words: Words;
}

export function Stations({ layout, words }: Props) {
  return layout.stations.map((station) => <Block key={station.name} station={station} words={words} />);
}

function Block({ station, words }: { readonly station: Station; readonly words: Words }) {
  const { name, role, at, size, panes } = station;
  const isChosen = unet.useValues((v) => v.block === name);
  const [isOver, setOver] = useState(false);
  useCursor(isOver && 'pointer');
  const desk = deskOf(station);
  const title = words(`controls.block.options.${name}`);
  const shape = desk && sentence(words, { key: 'blockShape', with: sizeOf(station) });
  const bottom = Math.min(...panes.map((pane) => pane.at[1] - pane.height / 2));
  const pick = () => {
    if (unet.useValues.getState().block !== name) unet.set('block', name);
  };
  const heard = {
    name: `block ${name}`,
    material: unseen,
    onPointerOver: () => {
      setOver(true);
      pick();
    },
    onPointerOut: () => setOver(false),
    onClick: () => {
      touch('choice');
      pick();
    },
  };
  return (
    <>
      {desk && (
        <WallText
          position={[...desk.at]}
          rotation={[tilt, desk.turn, 0, 'YXZ']}
          width={desk.size[0]}
          height={desk.size[1]}
          hue={hue}
          tone="glass"
          title={title}
          text={`${words(role === 'bottom' ? 'stops.bottleneck.text' : `said.block.${name}`)} ${shape}`}
          sizes={[68, 56]}
          isPlate
        />
      )}
      {role !== 'bottom' && (
        <WallText
          position={[at[0], desk ? bottom + size[1] + 0.2 : bottom - 0.12, at[2] + 0.03]}
          width={desk ? 2.9 : 1.2}
          height={0.24}
          hue={hue}
          title={title}
          sizes={[(isChosen ? 190 : 170) * (desk ? 1 : 0.62), 40]}
          align="center"
          density={260}
        />
      )}
      {role === 'bottom' ? (
        <Bow station={station} heard={heard} />
      ) : (
        <mesh geometry={cube} {...heard} position={[at[0], bottom + size[1] / 2, at[2]]} scale={[size[0], size[1], 0.06]} />
      )}
    </>
  );
}
