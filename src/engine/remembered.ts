// What the engine measured on this device and need not measure again: a small table with its name, in the browser's own database.

const [base, store] = ['museum-engine', 'measured'];

const asked = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the database does not answer'));
  });

/** Runs `work` on the store. A browser without a database, or one that forbids it, remembers nothing: undefined. */
async function within<T>(mode: IDBTransactionMode, work: (table: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
  if (typeof indexedDB === 'undefined') return undefined;
  try {
    const opening = indexedDB.open(base, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(store);
    const database = await asked(opening);
    try {
      return await asked(work(database.transaction(store, mode).objectStore(store)));
    } finally {
      database.close();
    }
  } catch {
    return undefined;
  }
}

/** What was kept under `name`: anything at all, since a browser's store is no source to believe. */
export const remembered = (name: string): Promise<unknown> => within<unknown>('readonly', (table) => table.get(name));

/** Keeps this and nothing else: what was measured with a former browser or card would lie there for ever. */
export async function remember(name: string, value: unknown): Promise<void> {
  await within('readwrite', (table) => {
    table.clear();
    return table.put(value, name);
  });
}
