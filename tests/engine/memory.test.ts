// By what it is known that memory ran out.
import { expect, test } from 'vitest';
import { isMemory } from '../../src/engine/memory';

test.each([
  new RangeError('Array buffer allocation failed'),
  new Error('OOM'),
  new Error('WebGPU: OOM while mapping'),
  new Error('Out of memory'),
  new Error('a buffer cannot be allocated'),
  'OOM',
])('memory ran out: %s', (why) => expect(isMemory(why)).toBe(true));

test.each([
  new Error('the room is closed'),
  new Error('ROOM 3 has no zoom'),
  new Error('zoom'),
  new Error('oom'),
  new WebAssembly.RuntimeError('out of memory'),
])('something else: %s', (why) => expect(isMemory(why)).toBe(false));
