// How far our kernels' forward on the graphics card is from the same forward in plain JavaScript.
import { apart } from '../../src/engine/apart';
import { openOurs } from './ours';
import { questionOf } from './question';
import type { Site } from './site';

/**
 * Largest difference relative to the largest number of the cpu's answer, for every batch, as it is computed at first and as it is played
 * again from a recording; the card computes first.
 */
export async function kernelError(
  site: Site,
  { counts }: { counts: readonly number[] },
): Promise<{ error: number; gpuErrors: readonly string[] }> {
  const digits = await site.model('digits');
  const asked = counts.flatMap((count) => [11, 12, 13].map((seed) => questionOf(count, 1024, seed * count)));
  await site.start('webgpu');
  const own = openOurs(digits, 'own');
  const found: Float32Array[] = [];
  for (const question of asked) found.push(await own.forward(question));
  await own.close();
  await site.start('cpu');
  const plain = openOurs(digits, 'stock');
  let error = 0;
  for (const [at, question] of asked.entries())
    // The second of three is played as the third is.
    if (at % 3 !== 1) error = Math.max(error, apart(found[at]!, await plain.forward(question)));
  await plain.close();
  return { error, gpuErrors: [...site.errors()] };
}
