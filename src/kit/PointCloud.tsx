// Many soft points in one draw call, gliding towards where the engine last put them.
import { useFrame, type ThreeElements } from '@react-three/fiber';
import { useEffect, useMemo } from 'react';
import { AdditiveBlending, BufferAttribute, BufferGeometry, Color, DynamicDrawUsage, NormalBlending, Points, ShaderMaterial } from 'three';
import { phase } from './phase';

interface Props extends Omit<ThreeElements['group'], 'children' | 'scale'> {
  readonly count: number;
  /** Points [count x 3] to glide to, about unit variance; read in each frame. Undefined: nothing is shown. */
  readonly source: () => Float32Array | undefined;
  /** Metres for one standard deviation. */
  readonly spread: number;
  readonly hue: number;
  /** Share of the way that is left after a second: small is quick. */
  readonly inertia?: number;
  /** Diameter of a point, metres. */
  readonly size?: number;
  /** Light on dark, or colour on light. */
  readonly isGlowing?: boolean;
}

const vertex = `
uniform float size;
uniform float height;
varying float depth;
void main() {
  vec4 seen = modelViewMatrix * vec4(position, 1.0);
  depth = clamp(position.z * 0.5 + 0.5, 0.0, 1.0);
  gl_Position = projectionMatrix * seen;
  gl_PointSize = max(1.0, size * height * projectionMatrix[1][1] * 0.5 / -seen.z);
}`;

const fragment = `
uniform vec3 near;
uniform vec3 far;
uniform float strength;
varying float depth;
void main() {
  vec2 at = gl_PointCoord * 2.0 - 1.0;
  float edge = 1.0 - smoothstep(0.35, 1.0, dot(at, at));
  if (edge < 0.02) discard;
  gl_FragColor = vec4(mix(far, near, depth), edge * strength);
  #include <colorspace_fragment>
}`;

function cloudOf(count: number, hue: number, size: number, isGlowing: boolean): Points<BufferGeometry, ShaderMaterial> {
  const geometry = new BufferGeometry();
  const position = new BufferAttribute(new Float32Array(count * 3), 3);
  position.setUsage(DynamicDrawUsage);
  geometry.setAttribute('position', position);
  const material = new ShaderMaterial({
    vertexShader: vertex,
    fragmentShader: fragment,
    uniforms: {
      size: { value: size },
      height: { value: 1 },
      near: { value: new Color().setHSL(hue / 360, 0.75, isGlowing ? 0.7 : 0.42) },
      far: { value: new Color().setHSL(((hue + 28) % 360) / 360, 0.6, isGlowing ? 0.5 : 0.2) },
      strength: { value: isGlowing ? 0.75 : 0.9 },
    },
    transparent: true,
    depthWrite: false,
    blending: isGlowing ? AdditiveBlending : NormalBlending,
  });
  const points = new Points(geometry, material);
  points.frustumCulled = false;
  return points;
}

export function PointCloud({ count, source, spread, hue, inertia = 0.002, size = 0.03, isGlowing = false, ...group }: Props) {
  const points = useMemo(() => cloudOf(count, hue, size, isGlowing), [count, hue, size, isGlowing]);
  useEffect(
    () => () => {
      points.geometry.dispose();
      points.material.dispose();
    },
    [points],
  );
  useFrame(({ gl }, seconds) => {
    const goal = source();
    points.visible = goal !== undefined;
    if (!goal) return;
    points.material.uniforms.height!.value = gl.domElement.height;
    const position = points.geometry.attributes.position as BufferAttribute;
    const now = position.array as Float32Array;
    const length = Math.min(goal.length, now.length);
    const share = 1 - inertia ** Math.min(0.25, seconds);
    let moved = 0;
    for (let i = 0; i < length; i++) {
      const way = goal[i]! * spread - now[i]!;
      now[i]! += way * share;
      moved = Math.max(moved, Math.abs(way));
    }
    points.geometry.setDrawRange(0, length / 3);
    // At rest nothing is sent to the graphics card.
    if (moved > 1e-4) position.needsUpdate = true;
  }, phase.exhibits);
  return (
    <group {...group}>
      <primitive object={points} />
    </group>
  );
}
