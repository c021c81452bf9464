// Turns: one at a time, the attended room first, nobody for ever last.
import { expect, it } from 'vitest';
import { Turns, type Turn } from '../../src/engine/turns';

const soon = () => new Promise((go) => setTimeout(go, 20));

/** Lets `room` take `count` turns; writes each into `order`. */
async function take(turns: Turns, room: string, count: number, order: string[], isBackground = false): Promise<void> {
  for (let turn = 0; turn < count; turn++) {
    const mine = await turns.take(room, isBackground);
    order.push(room);
    turns.leave(mine);
  }
}

it('never gives two turns at once', async () => {
  const turns = new Turns();
  let holders = 0;
  const work = async (room: string) => {
    for (let turn = 0; turn < 5; turn++) {
      const mine = await turns.take(room);
      holders++;
      await new Promise((go) => setTimeout(go, 1));
      expect(holders).toBe(1);
      holders--;
      turns.leave(mine);
    }
  };
  await Promise.all(['a', 'b', 'c'].map(work));
  await soon();
  expect(turns.isIdle).toBe(true);
});

it('gives the attended room most turns, and the others some', async () => {
  const turns = new Turns();
  turns.attended = 'noise';
  const order: string[] = [];
  await Promise.all([take(turns, 'atrium', 10, order), take(turns, 'noise', 10, order)]);
  const first = order.slice(0, 10);
  expect(first.filter((room) => room === 'noise').length).toBeGreaterThanOrEqual(7);
  expect(first).toContain('atrium');
});

it.each([false, true])(
  'makes nobody wait for more than four turns of the attended room, background work or not (%s)',
  async (isBackground) => {
    const turns = new Turns();
    turns.attended = 'noise';
    const order: string[] = [];
    await Promise.all([take(turns, 'atrium', 5, order, isBackground), take(turns, 'noise', 40, order)]);
    const turnsOf = order.flatMap((room, at) => (room === 'atrium' ? [at] : []));
    expect(turnsOf.slice(1).map((at, before) => at - turnsOf[before]! - 1)).toEqual([4, 4, 4, 4]);
  },
);

it('is not idle while somebody rests in the middle of a step', async () => {
  const turns = new Turns();
  turns.attended = 'noise';
  const mine = await turns.take('atrium');
  await new Promise((go) => setTimeout(go, 30));
  const passing = turns.yieldTurn(mine);
  await new Promise((go) => setTimeout(go, 5));
  expect(turns.isIdle).toBe(false);
  await passing;
  turns.leave(mine);
});

it.each(['while it rests', 'while it waits', 'while it computes'])('gives a part that was broken off %s nothing more', async (when) => {
  const turns = new Turns();
  turns.attended = when === 'while it rests' ? 'noise' : 'atrium';
  const mine = await turns.take('atrium');
  let other: Turn | undefined;
  if (when === 'while it waits') void turns.take('atrium').then((turn) => (other = turn));
  await soon();
  const yielding = when === 'while it computes' ? undefined : turns.yieldTurn(mine);
  if (when === 'while it waits') await soon();
  const fresh = turns.again(mine);
  await expect(yielding ?? turns.yieldTurn(mine)).rejects.toThrow('device-lost');
  if (when === 'while it waits') turns.leave(other!);
  const held = await fresh;
  await expect(turns.yieldTurn(mine)).rejects.toThrow('device-lost');
  let isNext = false;
  const next = turns.take('noise').then((turn) => ((isNext = true), turns.leave(turn)));
  await soon();
  expect(isNext).toBe(false);
  turns.leave(held);
  await next;
  await soon();
  expect(turns.isIdle).toBe(true);
});
