// The twin draws every control of every room with role, name and state, in the order of the stops, in every language.
import { text } from 'node:stream/consumers';
import { prerenderToNodeStream } from 'react-dom/static.node';
import { describe, expect, test } from 'vitest';
import { choice, controls, curve, drawing, file, picture, press, readout, slider, toggle, type Control } from '../../src/controls';
import type { Room } from '../../src/museum/contract';
import { rooms } from '../../src/museum/rooms';
import { speak, useLoaded } from '../../src/text';
import { handles, indexOf, withHandle } from '../../src/ui/twin/CurveView';
import { decimalsOf } from '../../src/kit/panel/amount';
import { inkedCells, moved, strokeOn } from '../../src/ui/twin/pen';
import { Twin } from '../../src/ui/twin/Twin';
import { choose } from '../../src/visit';

/** Markup of a room's twin; on a server a store shows its first state, so that is what is set. */
async function drawn(room: Room, language: 'en' | 'de' = 'en'): Promise<string> {
  choose({ language });
  await speak(language);
  Object.assign(useLoaded.getInitialState(), useLoaded.getState());
  return text((await prerenderToNodeStream(<Twin room={room} />)).prelude);
}

const marks: Record<Control['kind'], RegExp> = {
  slider: /<input[^>]*type="range"/g,
  choice: /role="radiogroup"/g,
  toggle: /role="switch"/g,
  press: /<button type="button" class="pushed"/g,
  drawing: /role="application"/g,
  curve: /class="field curve"/g,
  file: /<input[^>]*type="file"/g,
  readout: /role="status"/g,
  picture: /role="img"/g,
};

const every = {
  name: 'every',
  hue: 200,
  floor: { width: 1, depth: 1, height: 4, material: 'wood' },
  stops: ['door', 'near', 'far'].map((name) => ({ name, at: [0, 0], look: [0, 0, 0] })),
  needs: { models: [] },
  controls: controls('every', {
    go: press({ stop: 'far' }),
    level: slider({ stop: 'near', start: 0.25, from: 0, to: 1, step: 0.05 }),
    schedule: choice({ stop: 'near', options: ['linear', 'cosine'], start: 'cosine' }),
    expect: choice({ stop: 'near', options: ['yes', 'no'], start: '' }),
    open: toggle({ stop: 'near', start: true }),
    pad: drawing({ stop: 'near', size: 28 }),
    secret: press({ stop: 'near', when: (values) => values['open'] === false }),
    shape: curve({ stop: 'far', start: [1, 0.5, 0] }),
    model: file({ stop: 'far', accept: '.safetensors', largest: 100 }),
    says: readout({ stop: 'far' }),
    shows: picture({ stop: 'far' }),
  }),
  story: () => Promise.reject(new Error('not here')),
  scene: () => Promise.reject(new Error('not here')),
} as unknown as Room;

describe('a room with every kind of control', () => {
  test('has each once, with its state', async () => {
    const page = await drawn(every);
    const count = (kind: Control['kind']) => page.match(marks[kind])?.length ?? 0;
    expect({ ...Object.fromEntries((['choice', 'toggle', 'drawing', 'curve', 'press', 'file'] as const).map((kind) => [kind, count(kind)])) }).toEqual({
      choice: 2, toggle: 1, drawing: 1, curve: 1, press: 1, file: 1,
    }); // prettier-ignore
    expect(count('slider')).toBe(1 + handles);
    expect(page).toMatch(/type="range"[^>]*min="0"[^>]*max="1"[^>]*step="0.05"[^>]*aria-valuetext="0.25"[^>]*value="0.25"/);
    expect(page.match(/checked=""/g)).toHaveLength(1);
    expect(page).toMatch(/role="switch"[^>]*aria-checked="true"/);
  });
  test('hides what does not apply now', async () => {
    expect(await drawn(every)).not.toContain('secret');
  });
  test('keeps the order of the stops, then of the list', async () => {
    const page = await drawn(every);
    const places = ['twin-near', '>level<', '>schedule<', '>open<', '>pad<', 'twin-far', '>go<', '>shape<', '>shows<'].map((mark) =>
      page.indexOf(mark),
    );
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });
});

describe.each(rooms.flatMap((room) => (['en', 'de'] as const).map((language) => ({ room, language, name: room.name }))))(
  'room $name in $language',
  ({ room, language }) => {
    test('every control stands at a stop that exists', () => {
      const stops = room.stops.map(({ name }) => name);
      expect(Object.entries(room.controls.list).filter(([, { stop }]) => !stops.includes(stop))).toEqual([]);
    });
    test('every control, option and stop has words', async () => {
      await drawn(room, language);
      const tree = useLoaded.getState().trees[room.name] as Record<string, Record<string, unknown>> & {
        title?: unknown;
        promise?: unknown;
      };
      expect(tree.title).toBeTypeOf('string');
      expect(tree.promise).toBeDefined();
      const words = tree['controls'] as Record<string, { label?: unknown; options?: Record<string, unknown> }>;
      const missing = Object.entries(room.controls.list).flatMap(([name, control]) => [
        ...(words[name]?.label || control.kind === 'readout' ? [] : [name]),
        ...(control.kind === 'choice'
          ? control.options.filter((option) => !words[name]?.options?.[option]).map((option) => `${name}.${option}`)
          : []),
      ]);
      expect(missing).toEqual([]);
      const stops = tree['stops'] as Record<string, { title?: unknown; text?: unknown }>;
      expect(room.stops.filter(({ name }) => !stops[name]?.title).map(({ name }) => name)).toEqual([]);
    });
    test('draws', async () => {
      const page = await drawn(room, language);
      const shown = Object.values(room.controls.list).filter((control) => control.when?.(room.controls.useValues.getState()) ?? true);
      const choices = shown.filter(({ kind }) => kind === 'choice').length;
      expect(page.match(marks.choice)?.length ?? 0).toBe(choices);
      expect(page.match(marks.picture)?.length ?? 0).toBe(shown.filter(({ kind }) => kind === 'picture').length);
    });
  },
);

describe('the pen', () => {
  const middle = { row: 14, column: 14 };
  test('moves within the pad, and not by other keys', () => {
    expect(moved(middle, 'ArrowUp', 28)).toEqual({ row: 13, column: 14 });
    expect(moved({ row: 0, column: 27 }, 'ArrowUp', 28)).toEqual({ row: 0, column: 27 });
    expect(moved({ row: 0, column: 27 }, 'ArrowRight', 28)).toEqual({ row: 0, column: 27 });
    expect(moved(middle, 'End', 28)).toEqual({ row: 14, column: 27 });
    expect(moved(middle, 'x', 28)).toBeUndefined();
  });
  test('inks where it stands, about as wide as the strokes of real digits, and leaves the old drawing alone', () => {
    const dot = strokeOn(null, 28, middle, middle)!;
    expect(dot[14 * 28 + 14]).toBe(1);
    expect(inkedCells(dot)).toBe(5);
    const line = strokeOn(dot, 28, { row: 4, column: 14 }, { row: 24, column: 14 })!;
    expect(inkedCells(dot)).toBe(5);
    expect(inkedCells(line)).toBeGreaterThan(60);
    expect(Math.max(...line)).toBeLessThanOrEqual(1);
  });
  test('rubs out, and a pad with nothing left is empty', () => {
    const dot = strokeOn(null, 28, middle, middle);
    const wide = [-2, 0, 2].reduce(
      (ink: Float32Array | null, step) => strokeOn(ink, 28, { row: 14 + step, column: 10 }, { row: 14 + step, column: 18 }, true),
      dot,
    );
    expect(wide).toBeNull();
  });
});

describe('the curve in eight handles', () => {
  const shares = Array.from({ length: 15 }, (_, i) => 1 - i / 14);
  test('a handle holds the point it names', () => {
    for (const handle of [0, 3, 7])
      expect(withHandle(shares, handle, shares[indexOf(handle, 15)]!)).toEqual(shares.map((s) => expect.closeTo(s, 6)));
  });
  test('never rises, wherever a handle is put, and stays as long', () => {
    for (let handle = 0; handle < handles; handle++)
      for (const share of [0.001, 0.5, 0.999]) {
        const curve = withHandle(shares, handle, share);
        expect(curve).toHaveLength(15);
        expect(curve[indexOf(handle, 15)]).toBeCloseTo(share, 6);
        for (let i = 1; i < curve.length; i++) expect(curve[i]!).toBeLessThanOrEqual(curve[i - 1]! + 1e-12);
      }
  });
});

test('decimals tell neighbouring steps apart', () => {
  expect([1, 5, 0.5, 0.05, 0.01, 0.005].map(decimalsOf)).toEqual([0, 0, 1, 2, 2, 3]);
});
