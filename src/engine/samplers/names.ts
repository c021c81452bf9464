// The samplers' names, apart from their code: the page checks requests without loading them.
import type { SamplerName } from '..';

export const samplers = ['ddpm', 'ddim'] as const satisfies readonly SamplerName[];
