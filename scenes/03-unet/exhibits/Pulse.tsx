// The path of the data in the floor, and the pulse of light that runs along it with each step; a strand that is cut stays dark.
import { useFrame } from '@react-three/fiber';
import { useEffect, useMemo } from 'react';
import { BufferGeometry, Color, Float32BufferAttribute, ShaderMaterial } from 'three';
import { phase } from '../../../src/kit/phase';
import { hue } from '../hue';
import { live } from '../live';
import type { V3 } from '../panes';
import { ribbon, type Way } from '../path';
import { pulseAt } from '../pulse';

const most = 8;

/** Flat ribbons along the strands, with the moment of the pulse and the strand's number at every corner. */
function ribbons({ strands }: Way): BufferGeometry {
  const [positions, moments, numbers, indices]: [number[], number[], number[], number[]] = [[], [], [], []];
  strands.forEach(({ points }, number) => {
    const first = positions.length / 3;
    points.forEach(({ at, when }, i) => {
      const [a, b]: [V3, V3] = [points[Math.max(0, i - 1)]!.at, points[Math.min(points.length - 1, i + 1)]!.at];
      const length = Math.hypot(b[0] - a[0], b[2] - a[2]) || 1;
      const [sideX, sideZ] = [(-(b[2] - a[2]) / length) * ribbon, ((b[0] - a[0]) / length) * ribbon];
      positions.push(at[0] + sideX, at[1], at[2] + sideZ, at[0] - sideX, at[1], at[2] - sideZ);
      moments.push(when, when);
      numbers.push(number, number);
      if (i > 0) indices.push(first + 2 * i - 2, first + 2 * i - 1, first + 2 * i, first + 2 * i - 1, first + 2 * i + 1, first + 2 * i);
    });
  });
  return new BufferGeometry()
    .setAttribute('position', new Float32BufferAttribute(positions, 3))
    .setAttribute('moment', new Float32BufferAttribute(moments, 1))
    .setAttribute('strand', new Float32BufferAttribute(numbers, 1))
    .setIndex(indices);
}

const material = () =>
  new ShaderMaterial({
    uniforms: { head: { value: 1 }, open: { value: new Float32Array(most).fill(1) }, hue: { value: new Color(`hsl(${hue}, 85%, 74%)`) } },
    vertexShader: `attribute float moment; attribute float strand; uniform float open[${most}]; varying float vMoment; varying float vOpen;
      void main() { vMoment = moment; vOpen = open[int(strand)]; gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0); }`,
    fragmentShader: `uniform float head; uniform vec3 hue; varying float vMoment; varying float vOpen;
      void main() {
        float behind = head - vMoment;
        float glow = behind < 0.0 ? exp(-pow(behind / 0.012, 2.0)) : exp(-behind / 0.075);
        // At the end of a step the light has run out of the path.
        glow *= 1.0 - smoothstep(0.985, 1.0, head);
        vec3 rest = mix(vec3(0.10, 0.08, 0.07), mix(vec3(0.42, 0.33, 0.20), hue, 0.35), vOpen);
        gl_FragColor = vec4(mix(rest, vec3(1.0, 0.95, 0.82), glow * vOpen), 1.0);
        #include <colorspace_fragment>
      }`,
    side: 2,
    polygonOffset: true,
    polygonOffsetFactor: -2,
  });

export function Pulse({ way }: { readonly way: Way }) {
  const geometry = useMemo(() => ribbons(way), [way]);
  const light = useMemo(material, []);
  useEffect(() => () => geometry.dispose(), [geometry]);
  useEffect(() => () => light.dispose(), [light]);
  useFrame(() => {
    const { head, open } = light.uniforms as { head: { value: number }; open: { value: Float32Array } };
    head.value = pulseAt();
    way.strands.forEach(({ part }, i) => i < most && (open.value[i] = part !== '' && live.cut.has(part) ? 0 : 1));
  }, phase.exhibits);
  return <mesh geometry={geometry} material={light} renderOrder={1} />;
}
