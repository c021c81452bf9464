// Issues a recorded forward: writes its inputs, all its dispatches in one pass, one submission, and reads its output.
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { Given } from '../../networks/question';
import type { Recording } from './record';

/** The output for these inputs. Several may be on their way at once: each reads through a buffer of its own. */
export async function issue(
  { device, queue, bufferManager }: WebGPUBackend,
  { dispatches, inputs, output }: Recording,
  given: readonly Given[],
) {
  given.forEach(({ values }, at) => queue.writeBuffer(inputs[at]!, 0, values as BufferSource));
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  let last: GPUComputePipeline | undefined;
  for (const { pipeline, group, workgroups } of dispatches) {
    if (pipeline !== last) pass.setPipeline((last = pipeline));
    pass.setBindGroup(0, group);
    pass.dispatchWorkgroups(...workgroups);
  }
  pass.end();
  const { size } = output;
  const staging = bufferManager.acquireBuffer(size, GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ);
  encoder.copyBufferToBuffer(output, 0, staging, 0, size);
  queue.submit([encoder.finish()]);
  await staging.mapAsync(GPUMapMode.READ);
  const values = new Float32Array(staging.getMappedRange().slice(0));
  staging.unmap();
  bufferManager.releaseBuffer(staging);
  return values;
}
