// Many fine points in one draw call, gliding towards where the engine last put them.
import { useFrame, type ThreeElements } from '@react-three/fiber';
import { useEffect, useLayoutEffect, useMemo } from 'react';
import {
  AddEquation,
  BufferAttribute,
  BufferGeometry,
  Color,
  CustomBlending,
  DynamicDrawUsage,
  OneFactor,
  OneMinusSrcAlphaFactor,
  Points,
  ShaderMaterial,
  SRGBColorSpace,
} from 'three';
import { phase } from './phase';

interface Props extends Omit<ThreeElements['group'], 'children' | 'scale'> {
  readonly count: number;
  /** Points [count x 3] to glide to, about unit variance; read in each frame. Undefined: nothing is shown. */
  readonly source: () => Float32Array | undefined;
  /** Metres for one standard deviation. */
  readonly spread: number;
  readonly hue: number;
  /** Seconds in which nearly all of the way is done; read in each frame. */
  readonly glide?: () => number;
  /** Diameter of a point, metres. */
  readonly size?: number;
  /** Light on dark, or colour on light. */
  readonly isGlowing?: boolean;
}

const vertex = `
uniform float size;
uniform float height;
varying float depth;
varying float strength;
void main() {
  vec4 seen = modelViewMatrix * vec4(position, 1.0);
  depth = clamp(position.z * 0.5 + 0.5, 0.0, 1.0);
  gl_Position = projectionMatrix * seen;
  float wish = size * height * projectionMatrix[1][1] * 0.5 / -seen.z;
  // Near points stay fine instead of growing to discs; a point below a pixel is drawn as one, fainter.
  gl_PointSize = clamp(wish, 1.6, max(3.0, height / 150.0));
  strength = clamp(wish / 1.6, 0.45, 1.0);
}`;

// Premultiplied: the core of a point shines, its body covers what is behind it.
const fragment = `
uniform vec3 near;
uniform vec3 far;
uniform vec3 core;
uniform float cover;
varying float depth;
varying float strength;
void main() {
  vec2 at = gl_PointCoord * 2.0 - 1.0;
  float square = dot(at, at);
  float edge = (1.0 - smoothstep(0.4, 1.0, square)) * strength;
  if (edge < 0.02) discard;
  vec3 body = mix(far, near, depth);
  gl_FragColor = vec4(mix(body, core, exp(-square * 7.0)) * edge, edge * cover);
  #include <colorspace_fragment>
}`;

/** Colours of a cloud by its hue; set, not made anew, so that a cloud stays where it is when its hue changes. */
function dye({ uniforms }: ShaderMaterial, hue: number, isGlowing: boolean): void {
  const set = (name: string, turn: number, saturation: number, light: number) =>
    (uniforms[name]!.value as Color).setHSL(((hue + turn + 360) % 360) / 360, saturation, light, SRGBColorSpace);
  set('near', 0, 0.9, isGlowing ? 0.64 : 0.44);
  set('far', -18, 0.85, isGlowing ? 0.5 : 0.27);
  set('core', 6, 1, isGlowing ? 0.86 : 0.62);
}

function cloudOf(count: number, size: number, isGlowing: boolean): Points<BufferGeometry, ShaderMaterial> {
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
      near: { value: new Color() },
      far: { value: new Color() },
      core: { value: new Color() },
      cover: { value: isGlowing ? 0.45 : 1 },
    },
    transparent: true,
    depthWrite: false,
    blending: CustomBlending,
    blendEquation: AddEquation,
    blendSrc: OneFactor,
    blendDst: OneMinusSrcAlphaFactor,
  });
  const points = new Points(geometry, material);
  points.frustumCulled = false;
  // After the glass of windows and pictures.
  points.renderOrder = 3;
  return points;
}

const quick = () => 0.45;

export function PointCloud({ count, source, spread, hue, glide = quick, size = 0.02, isGlowing = false, ...group }: Props) {
  const points = useMemo(() => cloudOf(count, size, isGlowing), [count, size, isGlowing]);
  useLayoutEffect(() => dye(points.material, hue, isGlowing), [points, hue, isGlowing]);
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
    // A twentieth of the way is left when the time is over.
    const share = 1 - 0.05 ** (Math.min(0.25, seconds) / glide());
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
