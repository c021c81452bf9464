// The veil in a doorway: noise that hides a room that is not there yet, and clears as the room arrives.
import { useFrame } from '@react-three/fiber';
import { useEffect, useMemo, useRef } from 'react';
import { Color, DoubleSide, Mesh, PlaneGeometry, ShaderMaterial } from 'three';
import { phase } from '../kit/phase';
import { useVisit } from '../visit';
import { door, wall, type Place } from './ring';
import { visitor } from './visitor';

const vertex = `
varying vec2 at;
void main() {
  at = uv * vec2(${door.width.toFixed(1)}, ${door.height.toFixed(1)});
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
}`;

// Grains fade one after the other, from the middle outward: what is understood becomes clear.
const fragment = `
uniform float clear;
uniform float time;
uniform vec3 tint;
varying vec2 at;
float grain(vec2 p) { return fract(sin(dot(p, vec2(12.9898, 78.233))) * 43758.5453); }
void main() {
  vec2 cell = floor(at * 26.0);
  vec2 inside = fract(at * 26.0) - 0.5;
  float roll = grain(cell);
  float drift = 0.5 + 0.5 * sin(time * (0.35 + roll * 0.5) + roll * 40.0);
  float middle = 1.0 - length((at - vec2(${(door.width / 2).toFixed(2)}, ${(door.height / 2).toFixed(2)})) * vec2(0.45, 0.4));
  float here = step(clear * 1.9, roll + 0.9 - middle * 0.6);
  float dot = 1.0 - smoothstep(0.2, 0.5, length(inside));
  float alpha = here * mix(1.0, mix(0.5, 0.92, dot) * (0.72 + 0.28 * drift), smoothstep(0.0, 0.25, clear)) * (1.0 - smoothstep(0.75, 1.0, clear));
  if (alpha < 0.01) discard;
  gl_FragColor = vec4(mix(tint * 0.55, tint, dot * (0.35 + 0.65 * roll * drift)), alpha);
  #include <colorspace_fragment>
}`;

function veilOf(hue: number): Mesh<PlaneGeometry, ShaderMaterial> {
  const material = new ShaderMaterial({
    vertexShader: vertex,
    fragmentShader: fragment,
    uniforms: { clear: { value: 0 }, time: { value: 0 }, tint: { value: new Color().setHSL(hue / 360, 0.34, 0.72) } },
    transparent: true,
    depthWrite: false,
    side: DoubleSide,
  });
  return new Mesh(new PlaneGeometry(door.width, door.height), material);
}

/** Seconds in which a veil clears for one who stands or walks; for one who runs towards it, as many as are left. */
function patience({ x, z }: Place): number {
  const far = Math.hypot(visitor.at.x - x, visitor.at.z - z) - 0.8;
  return visitor.speed > 0.5 ? Math.min(1.1, Math.max(0.2, (far / visitor.speed) * 0.7)) : 1.1;
}

export function Veil({ place, isOpen }: { readonly place: Place; readonly isOpen: boolean }) {
  const veil = useMemo(() => veilOf(place.hue), [place.hue]);
  const clear = useRef(0);
  useEffect(
    () => () => {
      veil.geometry.dispose();
      veil.material.dispose();
    },
    [veil],
  );
  useFrame((_, seconds) => {
    const still = useVisit.getState().motion === 'reduced';
    const goal = isOpen ? 1 : 0;
    clear.current = still
      ? goal
      : clear.current + Math.sign(goal - clear.current) * Math.min(Math.abs(goal - clear.current), seconds / patience(place));
    veil.visible = clear.current < 0.999;
    veil.material.uniforms.clear!.value = clear.current;
    if (!still) veil.material.uniforms.time!.value += Math.min(0.1, seconds);
  }, phase.exhibits);
  return (
    <group position={[place.x, 0, place.z]} rotation={[0, place.turn, 0]}>
      <primitive object={veil} position={[0, door.height / 2, wall / 2]} />
    </group>
  );
}
