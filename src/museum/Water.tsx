// The basin's water: dark, nearly still, and a mirror of the roof above it, computed from the roof's own measures.
import { useFrame } from '@react-three/fiber';
import { useEffect, useMemo } from 'react';
import { CircleGeometry, Color, ShaderMaterial, SRGBColorSpace } from 'three';
import { phase } from '../kit/phase';
import { useVisit } from '../visit';
import { oculus } from './atrium';
import { ring } from './plan';
import { basin, cloudHeight } from './ring';

const number = (value: number) => value.toFixed(3);

const vertex = `
varying vec3 at;
void main() {
  vec4 world = modelMatrix * vec4(position, 1.0);
  at = world.xyz;
  gl_Position = projectionMatrix * viewMatrix * world;
}`;

/** Half the width of a window as an angle seen from the middle, and the sides that are doorways instead. */
const glazed = Math.atan((ring.side / 2 - 0.95) / ring.apothem);
const isDoor = ring.places.map(({ side }) => `abs(side - ${number(side)}) < 0.5`).join(' || ') || 'false';

// A ray from the eye is thrown back by the ripples: it meets the open sky and its ribs, the plaster round it, a window, or the cloud.
const fragment = `
uniform float time;
uniform vec3 tint;
varying vec3 at;
const float sides = ${number(ring.sides)};
const vec3 oak = vec3(0.16, 0.08, 0.03);
vec3 skyTo(float up) { return mix(vec3(0.82, 0.76, 0.62), vec3(0.20, 0.40, 0.63), smoothstep(0.0, 0.75, up)); }
void main() {
  vec2 p = at.xz * 5.0;
  vec2 slope = vec2(
    sin(p.x * 1.3 + p.y * 0.7 + time) + 0.6 * sin(p.y * 2.9 - p.x + time * 1.7),
    cos(p.y * 1.1 - p.x * 0.8 + time * 0.8) + 0.6 * cos(p.x * 3.1 + p.y + time * 1.4)
  );
  vec3 normal = normalize(vec3(slope.x * 0.009, 1.0, slope.y * 0.009));
  vec3 eye = normalize(at - cameraPosition);
  vec3 away = reflect(eye, normal);
  away.y = max(away.y, 0.02);
  float flat2 = max(1e-5, dot(away.xz, away.xz));
  float along = dot(at.xz, away.xz);
  float wall = (-along + sqrt(max(0.0, along * along + flat2 * (${number(ring.apothem ** 2)} - dot(at.xz, at.xz))))) / flat2;
  float roof = (${number(ring.height)} - at.y) / away.y;
  vec3 hit = at + away * min(wall, roof);
  float turn = (atan(hit.x, -hit.z) - ${number(Math.PI)}) * sides / ${number(2 * Math.PI)};
  float side = mod(floor(turn + 0.5), sides);
  float across = (turn - floor(turn + 0.5)) * ${number((2 * Math.PI) / ring.sides / glazed)};
  vec3 mirror;
  if (roof < wall) {
    float reach = length(hit.xz) / ${number(ring.apothem)};
    float open = 1.0 - smoothstep(${number(oculus - 0.015)}, ${number(oculus + 0.015)}, reach);
    float rib = smoothstep(0.015, 0.035, abs(abs(turn - floor(turn + 0.5))));
    mirror = mix(vec3(0.42, 0.39, 0.34), mix(oak, skyTo(1.0 - 0.4 * reach), rib), open);
    mirror = mix(oak, mirror, smoothstep(0.012, 0.03, abs(reach - ${number(oculus)})));
  } else {
    mirror = vec3(0.50, 0.46, 0.40) * (0.6 + 0.4 * smoothstep(0.0, 2.0, hit.y));
    float frame = smoothstep(0.012, 0.03, abs(fract(across * 2.0 + 0.5) - 0.5) * 0.5) * smoothstep(0.03, 0.06, abs(hit.y - 3.4));
    float isWindow = step(abs(across), 1.0) * step(0.55, hit.y) * step(hit.y, 5.2) * (${isDoor} ? 0.0 : 1.0);
    mirror = mix(mirror, mix(oak, skyTo(away.y), frame), isWindow);
  }
  vec3 cloud = vec3(0.0, ${number(cloudHeight)}, 0.0) - at;
  float near = length(cloud - away * dot(cloud, away));
  mirror = mix(mirror, tint, 0.75 * exp(-near * near * 0.7));
  mirror *= vec3(0.72, 0.86, 0.92);
  float facing = max(0.0, -dot(eye, normal));
  float share = 0.05 + 0.75 * pow(1.0 - facing, 2.8);
  vec3 depths = vec3(0.008, 0.034, 0.042) * (1.4 - 0.6 * length(at.xz) / ${number(basin)});
  gl_FragColor = vec4(mix(depths, mirror, share), 1.0);
  #include <colorspace_fragment>
}`;

export function Water({ hue }: { readonly hue: number }) {
  const { geometry, material } = useMemo(
    () => ({
      geometry: new CircleGeometry(basin - 0.27, 64).rotateX(-Math.PI / 2),
      material: new ShaderMaterial({
        vertexShader: vertex,
        fragmentShader: fragment,
        uniforms: { time: { value: 0 }, tint: { value: new Color() } },
      }),
    }),
    [],
  );
  useEffect(() => void (material.uniforms.tint!.value as Color).setHSL(hue / 360, 0.8, 0.45, SRGBColorSpace), [material, hue]);
  useEffect(
    () => () => {
      geometry.dispose();
      material.dispose();
    },
    [geometry, material],
  );
  useFrame((_, seconds) => {
    if (useVisit.getState().motion === 'full') material.uniforms.time!.value += Math.min(0.1, seconds) * 0.9;
  }, phase.exhibits);
  return <mesh geometry={geometry} material={material} position={[0, 0.36, 0]} />;
}
