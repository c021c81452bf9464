// Quality against time: the chart that grows as it is measured, and the panel that asks, starts and stops.
import { useCallback } from 'react';
import type { Words } from '../../../src/text';
import { useNumber } from '../../../src/text';
import type { Pen } from '../../../src/kit/lettering';
import { Panel } from '../../../src/kit/Panel';
import { Print } from '../../../src/kit/Print';
import { sampling } from '../controls';
import { places } from '../furniture';
import { hue } from '../hue';
import { live } from '../live';
import { paintChart } from '../plot';

export function Quality({ words }: { readonly words: Words }) {
  const { chart, quality } = places;
  const number = useNumber();
  const isEmpty = sampling.useValues((v) => v.plan === null);
  // The story's sentences tell that there is a new point.
  const ddpm = sampling.useValues((v) => v.ddpmQuality);
  const ddim = sampling.useValues((v) => v.ddimQuality);
  const [title, across, up, steps] = ['stops.quality.title', 'chart.across', 'chart.up', 'chart.steps'].map((key) => words(key));
  const said = [title, across, up, steps].join('|');
  const draw = useCallback(
    (pen: Pen, w: number, h: number) => {
      const [title = '', across = '', up = '', steps = ''] = said.split('|');
      paintChart(pen, w, h, { title, across, up, steps, number, series: ddpm || ddim ? live.points : { ddpm: [], ddim: [] } });
    },
    // eslint-plugin-react-hooks cannot see that `number` follows the language, as `said` does.
    [said, ddpm, ddim, number],
  );
  return (
    <>
      <Print width={chart.size[0]} height={chart.size[1]} position={chart.at} rotation={[0, chart.turn, 0]} draw={draw} />
      <Panel
        controls={sampling}
        names={['expectQuality', 'measure', 'plan', 'qualitySays', 'foretoldQuality']}
        words={words}
        size={quality.size}
        position={quality.at}
        rotation={[0, quality.turn, 0]}
        hue={hue}
        tone="glass"
        type={88}
        text={isEmpty ? words('stops.quality.text') : undefined}
      />
    </>
  );
}
