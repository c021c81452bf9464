// Before all browser tests: a build in mode 'test' of the present sources, served as a release is.
import type { TestProject } from 'vitest/node';
import { built } from '../../tools/ready.mjs';
import { serve } from '../../tools/serve.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the museum stands, with a slash at its end. */
    address: string;
  }
}

export default async function open(project: TestProject) {
  const { MUSEUM_ADDRESS } = process.env;
  if (MUSEUM_ADDRESS) return project.provide('address', MUSEUM_ADDRESS);
  const server = await serve({ folder: built('test'), port: 0 });
  project.provide('address', server.address);
  return () => server.close();
}
