// The outbox on this phone: rows in IndexedDB, and one sender at a time among all tabs and the service worker.

const LEASE = 60_000;
let opened;

export function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("einzelfall", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("outbox", { keyPath: "key" });
      request.result.createObjectStore("lease");
    };
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
  return opened;
}

async function run(table, mode, work) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(table, mode, { durability: "strict" });
    const request = work(transaction.objectStore(table));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error);
  });
}

export const all = () => run("outbox", "readonly", (table) => table.getAll());
export const get = (key) => run("outbox", "readonly", (table) => table.get(key));
export const put = (row) => run("outbox", "readwrite", (table) => table.put(row));

// In one transaction: `edit` of the row gives the new one, null to delete it, undefined to leave it.
export function change(key, edit) {
  return run("outbox", "readwrite", (table) => {
    const request = table.get(key);
    request.onsuccess = () => {
      const row = request.result && edit(request.result);
      if (row) table.put(row);
      else if (row === null) table.delete(key);
    };
    return request;
  });
}

async function take(name) {
  let mine = false;
  await run("lease", "readwrite", (table) => {
    const request = table.get("sender");
    request.onsuccess = () => {
      const { by, until } = request.result ?? { until: 0 };
      mine = by === name || until < Date.now() || until > Date.now() + LEASE;
      if (mine) table.put({ by: name, until: Date.now() + LEASE }, "sender");
    };
    return request;
  });
  return mine;
}

// Runs `work` while nobody else does. Without Web Locks a lease that `work` renews by its argument; it ends by itself
// where a tab died, and whoever does not get it tries again later.
export async function alone(work) {
  if (navigator.locks) return navigator.locks.request("outbox", () => work(async () => true));
  const name = crypto.randomUUID();
  if (!(await take(name))) return undefined;
  try {
    return await work(() => take(name));
  } finally {
    await run("lease", "readwrite", (table) => table.delete("sender"));
  }
}
