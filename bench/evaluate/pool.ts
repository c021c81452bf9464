// Processes that share a list of tasks. Results do not depend on how many there are: every task has its own seed.
import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Result, Task } from './tasks';

export interface Pool {
  /** Results in the order of the tasks; the share that is done goes to the terminal. */
  run<T extends Task>(what: string, tasks: readonly T[]): Promise<Result<T>[]>;
  close(): void;
}

type Answer = { found: unknown } | { error: string };

const ask = (child: ChildProcess, task: Task) =>
  new Promise<unknown>((resolve, reject) => {
    const done = (settle: () => void) => {
      child.removeAllListeners('message').removeAllListeners('error').removeAllListeners('exit');
      settle();
    };
    child.once('message', (answer: Answer) => done(() => ('error' in answer ? reject(new Error(answer.error)) : resolve(answer.found))));
    child.once('error', (error) => done(() => reject(error)));
    child.once('exit', (code) => done(() => reject(new Error(`a process ended with ${code}`))));
    child.send(task);
  });

export function openPool(size: number): Pool {
  const children: ChildProcess[] = [];
  return {
    async run<T extends Task>(what: string, tasks: readonly T[]) {
      while (children.length < Math.min(size, tasks.length))
        children.push(fork(fileURLToPath(new URL('./process.ts', import.meta.url)), { serialization: 'advanced' }));
      const found: unknown[] = [];
      let next = 0;
      let done = 0;
      const began = performance.now();
      const turn = async (child: ChildProcess) => {
        while (next < tasks.length) {
          const at = next++;
          found[at] = await ask(child, tasks[at]!);
          const left = ((performance.now() - began) / ++done) * (tasks.length - done);
          // One line that counts on a terminal; in a log, a line for every tenth.
          const line = `${what}: ${done} of ${tasks.length}, ${Math.round(left / 1000)} s left`;
          if (process.stderr.isTTY) process.stderr.write(`\r${line.padEnd(60)}${done === tasks.length ? '\n' : ''}`);
          else if (Math.floor((10 * done) / tasks.length) > Math.floor((10 * (done - 1)) / tasks.length)) process.stderr.write(`${line}\n`);
        }
      };
      await Promise.all(children.map(turn));
      return found as Result<T>[];
    },
    close() {
      for (const child of children) if (child.connected) child.disconnect();
    },
  };
}
