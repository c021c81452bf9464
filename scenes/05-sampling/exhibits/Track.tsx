// The track: a lane for each sampler on the floor, and the finish, the brightest line of the hall.
import type { Words } from '../../../src/text';
import { write, type Pen } from '../../../src/kit/lettering';
import { Print } from '../../../src/kit/Print';
import { Spill } from '../../../src/kit/Spill';
import { WallText } from '../../../src/kit/WallText';
import { cube } from '../../../src/kit/shapes';
import { track } from '../furniture';
import { hue } from '../hue';
import { lanes } from '../lanes';

const wide = lanes.length * track.pitch;
const [near, far] = [track.finish + 1.2, track.start - 1.1];
const long = near - far;

/** Lanes as seen from above, the finish at the lower edge. */
function paintTrack(pen: Pen, w: number, h: number): void {
  pen.fillStyle = `hsl(${hue} 42% 31%)`;
  pen.fillRect(0, 0, w, h);
  lanes.forEach((_, i) => {
    pen.fillStyle = i % 2 ? 'rgb(255 235 215 / 5%)' : 'rgb(0 0 0 / 9%)';
    pen.fillRect((i * w) / lanes.length, 0, w / lanes.length, h);
  });
  pen.fillStyle = '#f3e7d4';
  for (let i = 0; i <= lanes.length; i++) pen.fillRect((i * w) / lanes.length - 28, 0, 56, h);
  const at = (share: number) => h - 1000 * (near - (track.start + (track.finish - track.start) * share));
  pen.globalAlpha = 0.7;
  for (const share of [0.25, 0.5, 0.75]) pen.fillRect(0, h - at(share) - 16, w, 32);
  pen.globalAlpha = 1;
  lanes.forEach((_, i) =>
    write(pen, String(i + 1), (i * w) / lanes.length, h - 1130, w / lanes.length, {
      size: 620,
      weight: 600,
      colour: '#f3e7d4',
      align: 'center',
      lead: 1,
    }),
  );
}

/** Two rows of squares. */
function paintFinish(pen: Pen, w: number, h: number): void {
  pen.fillStyle = '#fff6e4';
  pen.fillRect(0, 0, w, h);
  pen.fillStyle = '#17130f';
  const side = h / 2;
  for (let i = 0; i * side < w; i++) pen.fillRect(i * side, i % 2 ? 0 : side, side, side);
}

export function Track({ words }: { readonly words: Words }) {
  return (
    <>
      <Print
        width={wide}
        height={long}
        density={105}
        position={[0, 0.012, (near + far) / 2]}
        rotation={[-Math.PI / 2, 0, 0]}
        draw={paintTrack}
      />
      <Print
        width={wide}
        height={0.52}
        density={200}
        position={[0, 0.018, track.finish + 0.55]}
        rotation={[-Math.PI / 2, 0, 0]}
        draw={paintFinish}
      />
      <Spill width={wide * 1.5} depth={3.4} position={[0, 0.024, track.finish + 0.9]} />
      {/* Lights along the finish: two lines over it, one on its beam. */}
      {[0.27, -0.27].map((z) => (
        <mesh key={z} geometry={cube} scale={[wide, 0.025, 0.03]} position={[0, 0.022, track.finish + 0.55 + z]}>
          <meshBasicMaterial color="#fff3d6" toneMapped={false} />
        </mesh>
      ))}
      <mesh geometry={cube} scale={[wide + 0.2, 0.03, 0.22]} position={[0, 2.345, track.finish + 0.55]}>
        <meshBasicMaterial color="#fff0cf" toneMapped={false} />
      </mesh>
      <WallText
        position={[0, 2.62, track.finish + 0.55 + 0.085]}
        width={4.6}
        height={0.42}
        hue={hue}
        tone="glass"
        title={words('finish')}
        sizes={[330, 40]}
        align="center"
        density={300}
      />
      <WallText
        position={[0, 2.72, track.start - 0.55 + 0.085]}
        width={4.6}
        height={0.34}
        hue={hue}
        tone="glass"
        title={words('startLine')}
        sizes={[250, 40]}
        align="center"
        density={200}
      />
    </>
  );
}
