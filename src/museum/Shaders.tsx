// Nothing is drawn before its shader program is compiled. The first use of a program that is not would hold the page until the
// driver has it, in the middle of somebody's step. So new materials are compiled beside, and stay out of sight until then.
import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo } from 'react';
import {
  Line,
  Mesh,
  Points,
  ShaderMaterial,
  Sprite,
  type Camera,
  type Material,
  type Object3D,
  type Scene,
  type WebGLRenderer,
} from 'three';
import { phase } from '../kit/phase';

interface Program {
  /** Materials that use it; at none it is deleted. */
  usedTimes: number;
  isReady(): boolean;
  /** Asks the driver at the first call only. */
  getUniforms(): unknown;
}

interface Waiting {
  readonly material: Material;
  readonly wasVisible: boolean;
  readonly since: number;
}

/** A driver that is never done must not hide the museum: after so long, ms, it is drawn as it is. */
const patience = 3000;
/** A driver always behind with frames is let catch up: after so long, ms, frames are left out, at most so many in a row. */
const behind = { wait: 120, frames: 12 } as const;

let waiting: Waiting[] = [];

/** Whether everything that is in the scene can be drawn without waiting for a compiler. */
export const areShadersReady = () => waiting.length === 0;

const isDrawn = (object: Object3D): object is Mesh | Points | Line | Sprite =>
  object instanceof Mesh || object instanceof Points || object instanceof Line || object instanceof Sprite;

/** Draws a frame, but for what is not compiled yet. */
export function painter(renderer: WebGLRenderer) {
  const context = renderer.getContext() as WebGL2RenderingContext;
  // By version: a material that got a map needs another program.
  let known = new WeakMap<Material, number>();
  let ready = new WeakSet<Program>();
  let drawn: unknown;
  /** Passed by the driver when all that was asked of it is done. A question waits for that, so none is asked before. */
  let end: WebGLSync | null = null;

  const programOf = (material: Material) => (renderer.properties.get(material) as { currentProgram?: Program }).currentProgram;
  const isIdle = () => end !== null && context.getSyncParameter(end, context.SYNC_STATUS) === context.SIGNALED;

  const prepare = (scene: Scene, camera: Camera) => {
    // A renderer whose context came back has lost its programs, and has a new `info`.
    if (drawn !== renderer.info) {
      drawn = renderer.info;
      known = new WeakMap();
      ready = new WeakSet();
      end = null;
    }
    const now = performance.now();
    const idle = waiting.length > 0 && isIdle();
    waiting = waiting.filter(({ material, wasVisible, since }) => {
      const program = programOf(material);
      if (program && !ready.has(program)) {
        if (now - since < patience && (!idle || !program.isReady())) return true;
        program.getUniforms();
        ready.add(program);
        // Kept for the next room: most rooms use the same few. (A program of own code is found again only while it is in use.)
        if (!(material instanceof ShaderMaterial)) program.usedTimes++;
      }
      material.visible = wasVisible;
      return false;
    });
    scene.traverse((object) => {
      if (!isDrawn(object)) return;
      for (const material of Array.isArray(object.material) ? object.material : [object.material]) {
        if (known.get(material) === material.version) continue;
        known.set(material, material.version);
        renderer.compile(object, camera, scene);
        const program = programOf(material);
        if (!program || ready.has(program) || waiting.some((one) => one.material === material)) continue;
        waiting.push({ material, wasVisible: material.visible, since: now });
        material.visible = false;
      }
    });
  };

  let left = 0;
  return (scene: Scene, camera: Camera) => {
    prepare(scene, camera);
    const isLate = waiting.some(({ since }) => performance.now() - since > behind.wait) && !isIdle();
    left = isLate && !renderer.xr.isPresenting && left < behind.frames ? left + 1 : 0;
    if (left > 0) return;
    renderer.render(scene, camera);
    if (end) context.deleteSync(end);
    end = waiting.length > 0 ? context.fenceSync(context.SYNC_GPU_COMMANDS_COMPLETE, 0) : null;
    if (end) context.flush();
  };
}

export function Shaders() {
  const gl = useThree((state) => state.gl);
  const draw = useMemo(() => painter(gl), [gl]);
  useEffect(
    () => () => {
      for (const { material, wasVisible } of waiting) material.visible = wasVisible;
      waiting = [];
    },
    [],
  );
  useFrame(({ scene, camera }) => draw(scene, camera), phase.draw);
  return null;
}
