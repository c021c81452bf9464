// Our engine's network as a competitor, with its own kernels or with those of stock tfjs, which are called anew at every forward.
import { useKernels } from '../../src/engine/kernels';
import { createModel } from '../../src/engine/model';
import type { Competitor, Shipped } from './competitor';

export type Kernels = 'own' | 'stock';

/** On the present backend of tfjs. */
export function openOurs({ manifest, values }: Shipped, kernels: Kernels): Competitor {
  useKernels(kernels);
  const model = createModel(manifest, values);
  return {
    name: kernels,
    forward({ x, logSnr, label }) {
      useKernels(kernels);
      return model.predict(x, logSnr, [label]);
    },
    close: () => model.dispose(),
  };
}
