// The lobby in 3-D: a window in which a digit is dreamed, one brass button before it, and round about all that a visitor may set.
import { useRoomWords } from '../../src/text';
import { Furniture } from '../../src/kit/Furniture';
import { Panel } from '../../src/kit/Panel';
import { WallText } from '../../src/kit/WallText';
import { WallLamp } from '../../src/kit/Wash';
import { welcome } from './controls';
import { Dream } from './exhibits/Dream';
import { blobs, lights, pieces, places } from './furniture';

const hue = 38;

export default function Room() {
  const words = useRoomWords('welcome');
  const wall = { controls: welcome, words, hue, tone: 'paper', type: 96 } as const;
  const { settings, route, device } = places;
  return (
    <>
      <Furniture pieces={pieces} blobs={blobs} />
      <Dream words={words} hue={hue} />
      {lights.map((at) => (
        <WallLamp key={at[0]} position={[...at]} height={1.78} reach={[3.4, 4.2]} />
      ))}
      <WallText
        position={[0, 4.5, -8.97]}
        width={6}
        height={0.96}
        hue={hue}
        title={words('title')}
        text={words('promise')}
        sizes={[400, 215]}
        align="center"
        density={330}
      />
      <WallText
        position={[3.9, 2.15, -8.97]}
        width={2.5}
        height={2.1}
        hue={hue}
        title={words('stops.dream.title')}
        text={words('stops.dream.text')}
        sizes={[230, 150]}
        density={400}
      />
      <Panel
        {...wall}
        names={['language', 'level', 'sound', 'captions', 'stillness']}
        size={settings.size}
        position={settings.at}
        rotation={[0, settings.turn, 0]}
        title={words('stops.settings.title')}
      />
      <Panel
        {...wall}
        names={['minutes', 'routeSays']}
        size={route.size}
        position={route.at}
        rotation={[0, route.turn, 0]}
        title={words('stops.route.title')}
        text={words('stops.route.text')}
      />
      <Panel
        {...wall}
        names={['computes', 'because', 'measured']}
        size={device.size}
        position={device.at}
        rotation={[0, device.turn, 0]}
        title={words('stops.device.title')}
        text={words('stops.device.text')}
      />
    </>
  );
}
