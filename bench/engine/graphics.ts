// Starts WebGPU as the engine does, in a worker or with Dawn alike.
import { openGraphics, present, registerGraphics, tuneKernels } from '../../src/engine/device';
import { useKernels } from '../../src/engine/kernels';
import type { Started } from './site';

/** Opens the device, chooses the kernels by their measurement, and hands what the device reports without anyone catching it to `report`. */
export async function startGraphics(missing: string, report: (message: string) => void): Promise<Started> {
  const graphics = await openGraphics();
  if (!graphics) throw new Error(missing);
  graphics.device.addEventListener('uncapturederror', ({ error }) => report(error.message));
  await registerGraphics(graphics);
  await present('webgpu');
  useKernels('own');
  const kernels = await tuneKernels(graphics);
  const { vendor, architecture, description } = graphics.info;
  return { adapter: [vendor, architecture, description].filter(Boolean).join(' '), kernels };
}
