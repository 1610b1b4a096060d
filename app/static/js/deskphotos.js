/* Photos that wait for the network: in IndexedDB, which plain http gives a page too; in memory alone where even that is missing. */
import { newId } from "./offline.js";

const LARGEST = 2000;
const memory = new Map();
let opening = null;

function shelf() {
  if (!opening) {
    opening = new Promise((done, failed) => {
      const asked = indexedDB.open("reception-desk", 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore("photos", { keyPath: "id" });
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => failed(asked.error);
    });
  }
  return opening;
}

async function ask(mode, what) {
  const transaction = (await shelf()).transaction("photos", mode);
  const asked = what(transaction.objectStore("photos"));
  return new Promise((done, failed) => {
    transaction.oncomplete = () => done(asked.result);
    transaction.onerror = transaction.onabort = () => failed(transaction.error);
  });
}

/* A camera's twelve megapixels say no more of a sheet or a road than two thousand points a side. */
async function smaller(file) {
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, LARGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    return await new Promise((done) => canvas.toBlob((blob) => done(blob || file), "image/jpeg", 0.85));
  } catch {
    return file;
  }
}

export async function keep(place, voter, files) {
  for (const file of files) {
    const photo = { id: newId(), place, voter, blob: await smaller(file), name: file.name.replace(/\.\w+$/, "") + ".jpg" };
    memory.set(photo.id, photo);
    try { await ask("readwrite", (store) => store.put(photo)); } catch { /* it stays in memory while the page is open */ }
  }
}

export async function waiting(place) {
  try {
    for (const photo of await ask("readonly", (store) => store.getAll())) if (photo.place === place) memory.set(photo.id, photo);
  } catch { /* what is in memory is all there is */ }
  return [...memory.values()];
}

export async function drop(photo) {
  memory.delete(photo.id);
  try { await ask("readwrite", (store) => store.delete(photo.id)); } catch { /* it was in memory alone */ }
}
