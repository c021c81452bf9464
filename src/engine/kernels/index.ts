// The operations that the networks are made of, with their gradients, and the switch between our kernels and tfjs's own.
import {
  engine,
  getBackend,
  getKernel,
  registerKernel,
  type KernelFunc,
  type NamedAttrMap,
  type NamedTensorMap,
  type Tensor,
} from '@tensorflow/tfjs-core';
import type { Given } from '../networks/question';

let chosen: 'own' | 'stock' = 'own';

export const kernelsInUse = (): 'own' | 'stock' => chosen;

/** One switch for all: our kernels where the present backend has them, or tfjs's alone. */
export function useKernels(which: 'own' | 'stock'): void {
  chosen = which;
}

/** Whether our kernel of this name computes on the present backend. */
export const isOwn = (name: string): boolean => chosen === 'own' && getKernel(name, getBackend()) !== undefined;

/** Registers kernels with tfjs, once: they outlast the backend that they are for. */
export function registerOwn(backendName: 'wasm' | 'webgpu', kernels: Readonly<Record<string, KernelFunc>>): void {
  for (const [kernelName, kernelFunc] of Object.entries(kernels))
    if (!getKernel(kernelName, backendName)) registerKernel({ kernelName, backendName, kernelFunc });
}

/** Plays a model's forwards again, on a backend where that is faster than computing them anew. */
export interface Player {
  /** The output of `run` of these inputs, bit for bit; nothing where it is to be computed the plain way. */
  play(given: readonly Given[], run: (inputs: readonly Tensor[]) => Tensor): Promise<Float32Array | undefined>;
  /** Forgets all, and frees what it held. */
  clear(): void;
}

const players = new Map<string, () => Player | undefined>();
export const registerPlayer = (backendName: string, create: () => Player | undefined) => void players.set(backendName, create);
export const playerHere = (): Player | undefined => (chosen === 'own' ? players.get(getBackend())?.() : undefined);

/** Runs our kernel of this name. */
export const runOwn = <T extends Tensor>(name: string, inputs: NamedTensorMap, attributes: NamedAttrMap = {}): T =>
  engine().runKernel(name, inputs, attributes) as Tensor as T;

/** What a function with its own gradient keeps for it: tfjs hands this as its last argument. */
export type Save = (tensors: Tensor[]) => void;
