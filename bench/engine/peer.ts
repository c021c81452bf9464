// ONNX Runtime as a competitor: one session of one graph for one batch size, its inputs and output bound to GPU buffers where it has WebGPU.
import type { Competitor, Shipped } from './competitor';
import { write, type Form } from './graph';
import { feeder, type Question } from './question';
import type { Build, Ort, OrtTensor } from './runtime';

export interface Choice extends Form {
  readonly build: Build;
  readonly layout?: 'NCHW' | 'NHWC';
  /** Records the dispatches of the first run and plays them back. */
  readonly capture?: boolean;
}

export const nameOf = ({ build, norm, silu, condition, layout, capture }: Choice) =>
  [build, norm, silu, condition, layout, capture === undefined ? undefined : capture ? 'capture' : 'no-capture'].filter(Boolean).join(' ');

/** Opens a session; rejects where this provider cannot compute the graph in this form. */
export const openPeer = (ort: Ort, model: Shipped, choice: Choice, count: number): Promise<Competitor> =>
  choice.build === 'wasm' ? openOnProcessor(ort, model, choice, count) : openOnGraphics(ort, model, choice, count);

async function openOnProcessor(ort: Ort, model: Shipped, choice: Choice, count: number): Promise<Competitor> {
  const { bytes, inputs } = write(model, choice, count);
  const session = await ort.InferenceSession.create(bytes, { executionProviders: ['wasm'], graphOptimizationLevel: 'all' });
  const feed = feeder(model, choice);
  return {
    name: `ort ${nameOf(choice)}`,
    async forward(question) {
      const given: Record<string, Float32Array> = { x: question.x, ...feed(question) };
      const feeds = Object.fromEntries(inputs.map(({ name, shape }) => [name, new ort.Tensor('float32', given[name]!, shape)]));
      return (await session.run(feeds)).v!.data;
    },
    close: () => session.release(),
  };
}

const sizeOf = (shape: readonly number[]) => shape.reduce((product, side) => product * side, 4);

async function openOnGraphics(ort: Ort, model: Shipped, choice: Choice, count: number): Promise<Competitor> {
  const { bytes, inputs, output } = write(model, choice, count);
  const { layout = 'NHWC', capture = false } = choice;
  const session = await ort.InferenceSession.create(bytes, {
    executionProviders: [{ name: 'webgpu', preferredLayout: layout, validationMode: 'disabled' }],
    graphOptimizationLevel: 'all',
    enableGraphCapture: capture,
    preferredOutputLocation: 'gpu-buffer',
  });
  const device = await ort.env.webgpu.device;
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const buffers: GPUBuffer[] = [];
  const onDevice = (shape: readonly number[]): { buffer: GPUBuffer; tensor: OrtTensor } => {
    const buffer = device.createBuffer({ size: Math.max(16, sizeOf(shape)), usage });
    buffers.push(buffer);
    return { buffer, tensor: ort.Tensor.fromGpuBuffer(buffer, { dataType: 'float32', dims: shape }) };
  };
  const bound = inputs.map(({ name, shape }) => ({ name, ...onDevice(shape) }));
  // What a captured graph writes into is its own: its second run would take a bound one for a stranger's.
  const made = capture ? undefined : onDevice(output.shape);
  const feeds = Object.fromEntries(bound.map(({ name, tensor }) => [name, tensor]));
  const size = sizeOf(output.shape);
  const staging = device.createBuffer({ size, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
  buffers.push(staging);
  const feed = feeder(model, choice);

  return {
    name: `ort ${nameOf(choice)}`,
    async forward(question: Question) {
      const given: Record<string, Float32Array> = { x: question.x, ...feed(question) };
      for (const { name, buffer } of bound) {
        const values = given[name]!;
        device.queue.writeBuffer(buffer, 0, values.buffer, values.byteOffset, values.byteLength);
      }
      const answer = made ? undefined : (await session.run(feeds)).v!;
      if (made) await session.run(feeds, { v: made.tensor });
      const commands = device.createCommandEncoder();
      commands.copyBufferToBuffer(made?.buffer ?? answer!.gpuBuffer, 0, staging, 0, size);
      device.queue.submit([commands.finish()]);
      await staging.mapAsync(GPUMapMode.READ);
      const found = new Float32Array(staging.getMappedRange().slice(0));
      staging.unmap();
      answer?.dispose();
      return found;
    },
    async close() {
      await session.release();
      buffers.forEach((buffer) => buffer.destroy());
    },
  };
}
