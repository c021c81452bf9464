// The ring and the ways in it: for two to ten rooms, none overlaps, every doorway is open, and walks end where they should.
import { describe, expect, it } from 'vitest';
import type { Floor } from '../../src/museum/contract';
import { girth, pastPost, standable, wayTo } from '../../src/museum/path';
import { basin, door, nearestDoor, ringOf, roomAt, toRoom, toWorld, type Ring } from '../../src/museum/ring';

const floors: Floor[] = [11, 10, 12, 9, 14, 8, 10, 12, 11, 9].map((width) => ({ width, depth: width, height: 5, material: 'wood' }));
const ringFor = (count: number): Ring => ringOf(floors.slice(0, count).map((floor, i) => ({ name: `room${i}`, hue: i * 36, floor })));

describe.each([2, 3, 4, 5, 6, 7, 8, 9, 10])('a ring of %i rooms', (count) => {
  const ring = ringFor(count);

  it('has a side for each room, wide enough for its doorway', () => {
    expect(new Set(ring.places.map(({ side }) => side)).size).toBe(count);
    expect(ring.side).toBeGreaterThan(door.width);
  });

  it('lets no two rooms overlap', () => {
    for (const place of ring.places) {
      const { width, depth } = place.floor;
      for (let across = 0; across <= 10; across++)
        for (let deep = 0; deep <= 10; deep++) {
          const point = toWorld(place, [(across / 10 - 0.5) * width, -(deep / 10) * depth]);
          const others = ring.places.filter((other) => other !== place && roomAt({ ...ring, places: [other] }, point));
          expect(others.map(({ name }) => name)).toEqual([]);
        }
    }
  });

  it('turns the frames of rooms into the world and back', () => {
    for (const place of ring.places) {
      const [x, z] = toRoom(place, toWorld(place, [1.5, -2.5]));
      expect(x).toBeCloseTo(1.5, 9);
      expect(z).toBeCloseTo(-2.5, 9);
    }
  });

  it('leads from any room to any other without crossing the basin', () => {
    for (const from of ring.places)
      for (const to of ring.places) {
        const goal = toWorld(to, [1, -3]);
        const way = wayTo(ring, toWorld(from, [0, -3]), goal);
        expect(way.at(-1)).toEqual(goal);
        let at = toWorld(from, [0, -3]) as readonly [number, number];
        for (const corner of way) {
          for (let share = 0; share <= 1; share += 0.05) {
            const [x, z] = [at[0] + (corner[0] - at[0]) * share, at[1] + (corner[1] - at[1]) * share];
            expect(Math.hypot(x, z)).toBeGreaterThan(basin + girth - 0.01);
          }
          at = corner;
        }
      }
  });

  it('knows the nearest doorway', () => {
    for (const place of ring.places) expect(nearestDoor(ring, toWorld(place, [0.2, 0.5]))?.place.name).toBe(place.name);
  });
});

describe('where a visitor may stand', () => {
  const ring = ringFor(2);

  it('is not in a wall, not in the water, not outside', () => {
    const [place] = ring.places;
    const corner = standable(ring, toWorld(place!, [5.4, -8]))!;
    expect(toRoom(place!, corner)[0]).toBeCloseTo(5.5 - girth, 6);
    expect(Math.hypot(...standable(ring, [0.5, 0.2])!)).toBeCloseTo(basin + girth, 6);
    expect(standable(ring, [60, 60])).toBeUndefined();
  });
});

describe('a door post', () => {
  const ring = ringFor(3);
  const place = ring.places[1]!;
  const origin = { ...place, x: 0, z: 0 };
  const outward = toWorld(origin, [0, 1]);
  const inward = toWorld(origin, [0, -1]);
  const along = toWorld(origin, [1, -0.2]);

  it('gives way to the middle of the doorway, from either side of it and from within', () => {
    for (const [across, deep, step] of [
      [1.5, 0.4, inward],
      [-1.5, 0.4, inward],
      [1.5, -0.4, outward],
    ] as const) {
      const [x, z] = toRoom(place, pastPost(ring, toWorld(place, [across, deep]), step, 0.1)!);
      expect(x).toBeCloseTo(across - Math.sign(across) * 0.1, 6);
      expect(z).toBeCloseTo(deep, 6);
    }
  });
  it('does not lead further than where one fits through', () => {
    expect(toRoom(place, pastPost(ring, toWorld(place, [1.2, 0.4]), inward, 5)!)[0]).toBeCloseTo(door.width / 2 - girth, 6);
  });
  it('stops nobody who goes along the wall, away, or elsewhere', () => {
    expect(pastPost(ring, toWorld(place, [1.5, 0.4]), along, 0.1)).toBeUndefined();
    expect(pastPost(ring, toWorld(place, [1.5, 0.4]), outward, 0.1)).toBeUndefined();
    expect(pastPost(ring, toWorld(place, [2.4, 0.4]), inward, 0.1)).toBeUndefined();
    expect(pastPost(ring, toWorld(place, [1.5, 1.6]), inward, 0.1)).toBeUndefined();
    expect(pastPost(ring, toWorld(place, [0.4, 0.4]), inward, 0.1)).toBeUndefined();
  });
});
