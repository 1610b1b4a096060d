/* Photos that wait for the network: in IndexedDB, which plain http gives a page too; in memory alone where even that is missing or
   full, and the page is told so. A photo is of one subject (an entry, a round), which arrives before it. */
import { newId } from "./offline.js";

const LARGEST = 2000;

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

export class KeptPhotos {
  /* `name`: the database of this kind of screen. */
  constructor(name) {
    this.name = name;
    this.memory = new Map();
    this.opening = null;
  }

  shelf() {
    if (!this.opening) {
      this.opening = new Promise((done, failed) => {
        const asked = indexedDB.open(this.name, 1);
        asked.onupgradeneeded = () => asked.result.createObjectStore("photos", { keyPath: "id" });
        asked.onsuccess = () => done(asked.result);
        asked.onerror = () => failed(asked.error);
      });
    }
    return this.opening;
  }

  async ask(mode, what) {
    const transaction = (await this.shelf()).transaction("photos", mode);
    const asked = what(transaction.objectStore("photos"));
    return new Promise((done, failed) => {
      transaction.oncomplete = () => done(asked.result);
      transaction.onerror = transaction.onabort = () => failed(transaction.error);
    });
  }

  /* How many could not be laid down and stay in memory while the page is open. `part`: what of the subject they show. */
  async keep(place, subject, files, part = "") {
    let loose = 0;
    for (const file of files) {
      const name = file.name.replace(/\.\w+$/, "") + ".jpg";
      const photo = { id: newId(), place, subject, part, blob: await smaller(file), name };
      try { await this.ask("readwrite", (store) => store.put(photo)); } catch { loose += 1; }
      this.memory.set(photo.id, photo);
    }
    return loose;
  }

  /* How many of a subject are kept here, as far as is known yet; one that is still being laid down does not count. */
  count(subject) {
    return [...this.memory.values()].filter((photo) => photo.subject === subject).length;
  }

  async waiting(place) {
    try {
      for (const photo of await this.ask("readonly", (store) => store.getAll())) if (photo.place === place) this.memory.set(photo.id, photo);
    } catch { /* what is in memory is all there is */ }
    return [...this.memory.values()];
  }

  async drop(photo) {
    this.memory.delete(photo.id);
    try { await this.ask("readwrite", (store) => store.delete(photo.id)); } catch { /* it was in memory alone */ }
  }
}
