// The painter of frames: what is new is compiled beside and stays out of sight until it can be drawn without waiting.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Group, Mesh, MeshBasicMaterial, PerspectiveCamera, PlaneGeometry, Scene, type Material, type WebGLRenderer } from 'three';
import { areShadersReady, painter } from '../../src/museum/Shaders';

interface Program {
  usedTimes: number;
  done: boolean;
  asked: number;
  isReady(): boolean;
  getUniforms(): void;
}

/** A renderer that is only played: its programs are done, and its driver idle, when the test says so. */
function played() {
  const programs = new Map<string, Program>();
  const of = new WeakMap<Material, Program>();
  const state = { isIdle: true, drawn: [] as string[][] };
  const context = {
    SYNC_GPU_COMMANDS_COMPLETE: 1,
    SYNC_STATUS: 2,
    SIGNALED: 3,
    fenceSync: () => ({}),
    deleteSync: () => undefined,
    flush: () => undefined,
    getSyncParameter: () => (state.isIdle ? 3 : 4),
  };
  const renderer = {
    info: {},
    xr: { isPresenting: false },
    getContext: () => context,
    properties: { get: (material: Material) => ({ currentProgram: of.get(material) }) },
    compile({ material }: Mesh<PlaneGeometry, Material>) {
      const program: Program = programs.get(material.type + material.version) ?? {
        usedTimes: 0,
        done: false,
        asked: 0,
        isReady: () => program.done,
        getUniforms: () => void program.asked++,
      };
      program.usedTimes++;
      programs.set(material.type + material.version, program);
      of.set(material, program);
    },
    render: (scene: Scene) =>
      void state.drawn.push(
        scene
          .getObjectsByProperty('isMesh', true)
          .flatMap((mesh) => ((mesh as Mesh<PlaneGeometry, Material>).material.visible ? [mesh.name] : [])),
      ),
  };
  return { renderer: renderer as unknown as WebGLRenderer, programs, state };
}

const camera = new PerspectiveCamera();
const mesh = (name: string, material = new MeshBasicMaterial()) => Object.assign(new Mesh(new PlaneGeometry(), material), { name });

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

test('a mesh is drawn once its program is done, and its driver is asked then only', () => {
  const { renderer, programs, state } = played();
  const draw = painter(renderer);
  const scene = new Scene().add(new Group().add(mesh('a')));
  draw(scene, camera);
  expect(state.drawn).toEqual([[]]);
  expect(areShadersReady()).toBe(false);
  const [program] = programs.values();
  draw(scene, camera);
  expect(program!.asked).toBe(0);
  program!.done = true;
  draw(scene, camera);
  expect(state.drawn.at(-1)).toEqual(['a']);
  expect(program!.asked).toBe(1);
  expect(areShadersReady()).toBe(true);
  // The same program is known: what comes later is drawn at once.
  scene.add(mesh('b'));
  draw(scene, camera);
  expect(state.drawn.at(-1)).toEqual(['a', 'b']);
  expect(program!.asked).toBe(1);
});

test('a program outlives its meshes, for the next room', () => {
  const { renderer, programs } = played();
  const draw = painter(renderer);
  const scene = new Scene().add(mesh('a'));
  draw(scene, camera);
  const [program] = programs.values();
  program!.done = true;
  draw(scene, camera);
  expect(program!.usedTimes).toBe(2);
});

test('a driver that is behind is let catch up by leaving frames out, but not for ever', () => {
  const { renderer, programs, state } = played();
  const draw = painter(renderer);
  const scene = new Scene().add(mesh('a'));
  draw(scene, camera);
  [...programs.values()][0]!.done = true;
  state.isIdle = false;
  vi.advanceTimersByTime(200);
  for (let frame = 0; frame < 13; frame++) draw(scene, camera);
  expect(state.drawn).toEqual([[], []]);
  state.isIdle = true;
  draw(scene, camera);
  expect(state.drawn.at(-1)).toEqual(['a']);
});

test('while a compiler works and the driver is idle, every frame is drawn', () => {
  const { renderer, state } = played();
  const draw = painter(renderer);
  const scene = new Scene().add(mesh('a'));
  draw(scene, camera);
  vi.advanceTimersByTime(500);
  for (let frame = 0; frame < 5; frame++) draw(scene, camera);
  expect(state.drawn).toHaveLength(6);
  // A driver that is never done does not hide the museum.
  vi.advanceTimersByTime(3000);
  draw(scene, camera);
  expect(state.drawn.at(-1)).toEqual(['a']);
});

test('a material that becomes another one is compiled anew', () => {
  const { renderer, programs, state } = played();
  const draw = painter(renderer);
  const material = new MeshBasicMaterial();
  const scene = new Scene().add(mesh('a', material));
  draw(scene, camera);
  [...programs.values()][0]!.done = true;
  draw(scene, camera);
  material.needsUpdate = true;
  draw(scene, camera);
  expect(state.drawn.at(-1)).toEqual([]);
  expect(programs.size).toBe(2);
  [...programs.values()][1]!.done = true;
  draw(scene, camera);
  expect(state.drawn.at(-1)).toEqual(['a']);
});
