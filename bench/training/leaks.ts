// Starting and stopping: 200 trainings and 1,000 sampling jobs leave as many tensors as there were, and no more bytes.
import { local } from '../../tests/engine/link';
import type { Given } from './learn';

const config = { size: 8, channels: 1, patch: 2, widths: [8, 8, 8], depths: [1, 1, 1], groups: 2, embedding: 8, frequencies: 4 };
const [trainings, samples] = [200, 1000];

export async function leaks({ seed, backend }: Given, say: (line: string) => void): Promise<Record<string, unknown>> {
  const { engine } = local({ backend });
  engine.attend('bench');
  const images = { values: new Float32Array(16 * 64).fill(-0.5), shape: [16, 8, 8, 1] };
  const start = (name: string) =>
    engine.train({
      ...{ name, network: { kind: 'unet', config }, classes: ['one'], data: { images, labels: Array<string>(16).fill('one') } },
      ...{ schedule: 'cosine', rate: 1e-3, seed, batch: 8, room: 'bench', every: 2 },
    });
  const draw = (model: string, at: number) =>
    engine.sample({ model, sampler: 'ddim', schedule: 'cosine', steps: 2, seed: at, prompt: model === 'digits' ? '3' : 'one', room: 'bench' }).result; // prettier-ignore
  const until = async (holds: () => boolean) => {
    while (!holds()) await new Promise((go) => setTimeout(go, 5));
  };
  const round = async (at: number) => {
    const training = start(`round-${at}`);
    // One that fails has no second checkpoint.
    await Promise.race([until(() => training.checkpoints().length > 1), training.result]);
    const { model } = training.checkpoints()[1]!;
    await Promise.all([draw('digits', at), draw('digits', at + 1), draw('digits', at + 2), draw(model, at), draw(model, at + 1)]);
    training.cancel();
    await engine.load('digits').result;
  };
  await round(0);
  const before = await engine.memory();
  let most = before.bytes;
  for (let at = 1; at <= trainings; at++) {
    await round(at);
    most = Math.max(most, (await engine.memory()).bytes);
    if (at % 20 === 0) say(`${at} trainings, ${(at * samples) / trainings} samples: ${JSON.stringify(await engine.memory())}`);
  }
  const after = await engine.memory();
  engine.close();
  // What stays behind is told by the exit code, too.
  if (after.tensors !== before.tensors || most > 1.01 * before.bytes) process.exitCode = 1;
  return { backend, trainings, samples, tensors_before: before.tensors, tensors_after: after.tensors, bytes_before: before.bytes, bytes_after: after.bytes, bytes_most: most }; // prettier-ignore
}
