/* What a screen does without a network: operations wait in memory and in localStorage until the server has answered them.

   Each operation carries an id drawn here and sets a state, so it may be sent any number of times and counts once. Operations are
   kept one by one: two pages of one browser never write over each other's. Plain http gives a page no service worker and no
   crypto.randomUUID; this needs neither. */

const EVERY = 2000;
const LONGEST = 10000;
const PATIENCE = 15000;
const MOST = 100;
const SHELF = "screen-op:";

export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/* localStorage that may be full or forbidden: then everything goes on in memory, and the page says so. */
function shelf(failed) {
  const attempt = (what) => {
    try { return what(); } catch { failed(); return null; }
  };
  return {
    put: (name, value) => attempt(() => localStorage.setItem(name, JSON.stringify(value))),
    take: (name) => attempt(() => JSON.parse(localStorage.getItem(name))),
    drop: (name) => attempt(() => localStorage.removeItem(name)),
    names: () => attempt(() => Object.keys(localStorage)) || [],
  };
}

class NoKey extends Error {}

/* What the server said against it, where it said anything. */
async function failure(answer) {
  const error = new Error(String(answer.status));
  if (answer.status === 422) error.sentence = (await answer.json()).sentence;
  return error;
}

export class Line {
  /* `changed` is called whenever there is something new to draw. */
  constructor(base, key, changed) {
    Object.assign(this, { base, key, changed, operations: [], state: null, connected: false, kept: true, closed: "", offset: 0 });
    this.shelf = shelf(() => { this.kept = false; });
    this.pause = EVERY;
    this.busy = this.again = false;
    this.shelf.put("screen-test", 1);
    this.shelf.drop("screen-test");
    this.state = this.shelf.take(`screen-state:${key}`);
    this.load();
    window.addEventListener("online", () => this.turn());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.turn(); });
  }

  get waiting() { return this.operations.filter((each) => !each.refused); }
  get refused() { return this.operations.filter((each) => each.refused); }

  /* Operations kept for this key, or for the same row under a key given out earlier. */
  load() {
    const place = this.state && this.state.place;
    for (const name of this.shelf.names()) {
      if (!name.startsWith(SHELF) || this.operations.some((each) => SHELF + each.id === name)) continue;
      const found = this.shelf.take(name);
      if (found && (found.key === this.key || (place && found.place === place))) this.operations.push(found);
    }
    this.operations.sort((one, other) => one.made - other.made);
  }

  add(kind, facts) {
    const place = this.state && this.state.place;
    const operation = { id: newId(), kind, made: Date.now(), key: this.key, place, ...facts };
    this.operations.push(operation);
    this.shelf.put(SHELF + operation.id, operation);
    this.changed();
    this.turn();
  }

  /* The person at the screen has read why an operation was refused. */
  acknowledge(id) {
    this.operations = this.operations.filter((each) => each.id !== id);
    this.shelf.drop(SHELF + id);
    this.changed();
  }

  start() {
    this.changed();
    this.turn();
  }

  /* One request at a time; what comes in between is done right after. */
  async turn() {
    if (this.busy) { this.again = true; return; }
    this.busy = true;
    clearTimeout(this.timer);
    try {
      const answers = await this.send();
      await this.ask();
      this.settle(answers);
      Object.assign(this, { connected: true, closed: "", pause: EVERY });
    } catch (error) {
      this.connected = false;
      this.again = false;
      if (error instanceof NoKey) this.forget(error.message);
      this.pause = Math.min(this.pause * 2, LONGEST);
    }
    this.busy = false;
    this.changed();
    if (this.again || (this.connected && this.waiting.length)) {
      this.again = false;
      this.turn();
    } else this.timer = setTimeout(() => this.turn(), this.pause);
  }

  /* The key opens nothing any more: names do not stay on the device beyond this page. What waits stays, for another key. */
  forget(sentence) {
    this.closed = sentence;
    this.shelf.drop(`screen-state:${this.key}`);
  }

  async send() {
    const batch = this.waiting.slice(0, MOST);
    if (!batch.length) return [];
    const operations = batch.map(({ key, place, ...operation }) => operation);
    const answer = await this.request("operations", {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ now: Date.now(), operations }),
    });
    return (await answer.json()).answers;
  }

  async ask() {
    const known = this.state ? this.state.revision : "";
    const answer = await this.request(`state?revision=${this.fresh ? known : ""}`, {});
    if (answer.status === 204) return;
    this.state = await answer.json();
    this.fresh = true;
    this.offset = this.state.now - Date.now();
    this.shelf.put(`screen-state:${this.key}`, this.state);
    this.load();
  }

  settle(answers) {
    for (const answer of answers) {
      const operation = this.operations.find((each) => each.id === answer.id);
      if (!operation) continue;
      if (answer.ok) {
        this.operations = this.operations.filter((each) => each !== operation);
        this.shelf.drop(SHELF + operation.id);
      } else {
        operation.refused = answer.sentence;
        this.shelf.put(SHELF + operation.id, operation);
      }
    }
  }

  async request(path, options) {
    const stop = new AbortController();
    const clock = setTimeout(() => stop.abort(), PATIENCE);
    const headers = { ...options.headers, "X-Screen-Key": this.key };
    try {
      const answer = await fetch(this.base + path, { ...options, headers, credentials: "omit", cache: "no-store", signal: stop.signal });
      if (answer.status === 401) throw new NoKey((await answer.json()).sentence);
      if (!answer.ok) throw await failure(answer);
      return answer;
    } finally {
      clearTimeout(clock);
    }
  }
}
