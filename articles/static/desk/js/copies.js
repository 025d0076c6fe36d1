// Copies of what is typed, in this browser: for as long as the server has not said that it holds it.
// IndexedDB and not localStorage, which Chromium writes to the disk only now and then.

const OLD = 30 * 24 * 60 * 60 * 1000;
const STUCK = 1000;  // a browser that cannot write must not keep from the server what is typed

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

let opened;
function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("newsroom", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("unsaved", { keyPath: "id" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

async function store(mode) {
  const transaction = (await database()).transaction("unsaved", mode, { durability: "strict" });
  const whole = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
  return { rows: transaction.objectStore("unsaved"), whole };
}

async function write(copy) {
  const { rows, whole } = await store("readwrite");
  rows.put(copy);
  await whole;
}

// Resolves when it is on the disk: { id, user, place, at, … }. Rejects where that takes too long to wait for.
export function put(copy) {
  const late = new Promise((_, reject) => { setTimeout(reject, STUCK, new Error("The browser does not write.")); });
  return Promise.race([write(copy), late]);
}

export async function drop(id) {
  const { rows, whole } = await store("readwrite");
  rows.delete(id);
  await whole;
}

// Of that person, the newest first; of one story where `place` is given. What is very old is let go of.
export async function of(user, place) {
  const { rows } = await store("readonly");
  const all = await done(rows.getAll());
  for (const copy of all.filter(({ at }) => Date.now() - at > OLD)) await drop(copy.id);
  return all
    .filter((copy) => copy.user === user && (!place || copy.place === place) && Date.now() - copy.at <= OLD)
    .sort((one, other) => other.at - one.at);
}
