// A process of the pool: takes one task after the other, and ends with the one that started it.
import { compute, type Task } from './tasks';

process.on('disconnect', () => process.exit());
process.on('message', (task: Task) => {
  compute(task).then(
    (found) => process.send?.({ found }),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.message : String(error) }),
  );
});
