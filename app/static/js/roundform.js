/* The form of one round: what was judged, read and written, what is still missing, the draft that outlives a closed page. */
import { build } from "./checkin.js";
import { newId } from "./offline.js";
import { word } from "./words.js";

const TEXTS = ["temperature", "humidity", "checker", "day"];
const TASK = ["responsible", "due"];
const RANGES = { temperature: [-30, 60], humidity: [0, 100] };
const form = document.getElementById("round");
const list = form.querySelector("[data-points]");
const wrong = form.querySelector("[data-wrong]");

const number = (typed) => (/^-?\d+([.．]\d+)?$/.test(typed) ? Number(typed.replace("．", ".")) : NaN);

function addDays(day, days) {
  const moved = new Date(`${day}T12:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}

export class Round {
  /* Drafts lie in localStorage under the screen's key until saved or cleared. */
  constructor(line, key, today) {
    Object.assign(this, { line, today, shelf: `screen-draft:${key}`, id: newId(), replaces: null, photos: new Map(), judged: new Map(), names: [] });
    form.addEventListener("input", () => this.typed());
    form.querySelector("[data-well]").addEventListener("click", () => this.allWell());
    const draft = line.shelf.take(this.shelf);
    if (draft) this.fill(draft);
  }

  get facts() {
    const given = { round: this.id };
    for (const name of TEXTS) given[name] = form.elements[name].value.trim();
    for (const name of Object.keys(RANGES)) given[name] = given[name].replace("．", ".");
    if (given.day === this.today()) given.day = "";
    given.points = this.names.map((point) => ({ point, words: "", ...this.judged.get(point) }));
    return given;
  }

  get faults() { return this.names.filter((point) => (this.judged.get(point) || {}).ok === false); }

  get dirty() { return this.judged.size > 0 || this.photos.size > 0 || ["temperature", "humidity"].some((name) => form.elements[name].value.trim()); }

  fill(facts) {
    Object.assign(this, { id: facts.round, replaces: facts.replaces || null });
    for (const name of TEXTS) form.elements[name].value = facts[name] || "";
    const told = facts.points.filter((each) => typeof each.ok === "boolean");
    this.judged = new Map(told.map(({ point, ...said }) => [point, said.ok ? said : { ...this.ofRound(facts), ...said }]));
    if (this.state) this.drawState(this.state, true);
    this.typed();
  }

  /* What was kept by an earlier page names one person and one day for all faults of its round. */
  ofRound(facts) {
    return Object.fromEntries(TASK.filter((name) => facts[name]).map((name) => [name, facts[name]]));
  }

  clear() {
    const checker = form.elements.checker.value;
    Object.assign(this, { id: newId(), replaces: null, photos: new Map(), judged: new Map() });
    form.reset();
    form.elements.checker.value = checker;
    wrong.hidden = true;
    this.line.shelf.drop(this.shelf);
    if (this.state) this.drawState(this.state, true);
  }

  allWell() {
    for (const point of this.names) if (!this.faults.includes(point)) this.judged.set(point, { ok: true, words: "" });
    this.drawPoints();
    this.typed();
  }

  judge(point, ok) {
    const before = this.judged.get(point) || { words: "" };
    this.judged.set(point, { ...before, ok });
    if (ok) this.photos.delete(point);
    this.drawPoints();
    this.typed();
    if (!ok) list.querySelector(`li[data-point="${CSS.escape(point)}"] textarea`).focus();
  }

  typed() {
    for (const box of list.querySelectorAll("[data-told]")) {
      const point = box.closest("li").dataset.point;
      this.judged.set(point, { ...this.judged.get(point), [box.dataset.told]: box.value.trim() });
    }
    for (const box of list.querySelectorAll("[data-told=responsible]")) box.placeholder = this.keeper;
    for (const name of Object.keys(RANGES)) this.verdict(name);
    if (this.dirty) this.line.shelf.put(this.shelf, { ...this.facts, replaces: this.replaces });
  }

  get keeper() { return (this.state && this.state.responsible) || form.elements.checker.value; }

  /* Said at once: within the limits, too low, too high, or no reading at all. */
  verdict(name) {
    const typed = form.elements[name].value.trim();
    const said = form.querySelector(`[data-verdict=${name}]`);
    const limits = this.state ? this.state.limits[name] : null;
    said.textContent = "";
    delete said.dataset.tone;
    if (!typed || !limits) return;
    const [tone, text] = judgement(name, number(typed), limits);
    said.dataset.tone = tone;
    said.textContent = text;
  }

  drawState(state, again = false) {
    const names = JSON.stringify(state.points);
    this.state = state;
    if (!form.elements.day.value) form.elements.day.value = this.today();
    form.elements.day.max = this.today();
    if (!form.elements.checker.value && state.checkers.length) form.elements.checker.value = state.checkers[0];
    form.querySelector("[data-meter]").hidden = !state.room.meter;
    form.querySelector("[data-source]").textContent = word("source", state.source);
    this.drawCheckers(state.checkers);
    if (list.dataset.names === names && !again) return;
    list.dataset.names = names;
    this.names = state.points;
    this.drawPoints();
    this.typed();
  }

  drawCheckers(names) {
    const chips = form.querySelector("[data-checkers]");
    const drawn = names.join();
    if (chips.dataset.drawn === drawn) return;
    chips.dataset.drawn = drawn;
    chips.replaceChildren(...names.slice(0, 4).map((name) => {
      const chip = build("button", "chip", name);
      chip.type = "button";
      chip.addEventListener("click", () => { form.elements.checker.value = name; this.typed(); });
      return chip;
    }));
  }

  drawPoints() {
    list.replaceChildren(...this.names.map((point, at) => this.point(point, at)));
  }

  point(point, at) {
    const now = this.judged.get(point) || {};
    const item = build("li", now.ok === false ? "bad" : now.ok ? "ok" : "");
    item.dataset.point = point;
    const row = build("fieldset", "judge");
    row.append(build("legend", "", point), this.choice(point, at, true, now.ok === true), this.choice(point, at, false, now.ok === false));
    item.append(row);
    if (now.ok === false) item.append(this.fault(point, at, now));
    return item;
  }

  choice(point, at, ok, chosen) {
    const label = build("label", ok ? "well" : "fault");
    const input = build("input");
    Object.assign(input, { type: "radio", name: `point-${at}`, value: ok ? "1" : "0", checked: chosen });
    input.addEventListener("change", () => {
      this.judge(point, ok);
      if (ok) list.querySelector(`input[name="point-${at}"][value="1"]`).focus();
    });
    label.append(input, build("span", "", word(ok ? "well" : "fault")));
    return label;
  }

  /* What is wrong, who puts it right until when, and photos of it. */
  fault(point, at, now) {
    const panel = build("div", "about");
    const box = build("textarea", "in");
    Object.assign(box, { rows: 2, maxLength: 200, value: now.words, placeholder: word("words", point) });
    box.dataset.told = "words";
    box.setAttribute("aria-label", word("words", point));
    const row = build("div", "btn-row");
    const label = build("label", "btn photo", word("photo"));
    label.htmlFor = `photo-${at}`;
    const input = build("input", "unseen");
    Object.assign(input, { type: "file", id: `photo-${at}`, accept: "image/*", multiple: true });
    input.addEventListener("change", () => {
      if (input.files.length) this.photos.set(point, [...(this.photos.get(point) || []), ...input.files]);
      this.drawPoints();
      this.typed();
    });
    row.append(input, label);
    const photos = this.photos.get(point) || [];
    if (photos.length) {
      const away = build("button", "btn quiet", word("nophoto"));
      away.type = "button";
      away.addEventListener("click", () => { this.photos.delete(point); this.drawPoints(); });
      row.append(build("span", "hint", word("photochosen", photos.length)), away);
    }
    panel.append(box, this.task(at, now), row);
    return panel;
  }

  task(at, now) {
    const row = build("div", "task");
    const due = now.due || (this.state ? addDays(form.elements.day.value || this.today(), this.state.faultDays) : "");
    const given = { responsible: { type: "text", value: now.responsible || "", maxLength: 40, placeholder: this.keeper }, due: { type: "date", value: due } };
    for (const name of TASK) {
      const cell = build("div", "reading");
      const label = build("label", "", word(name));
      const input = build("input", "in");
      Object.assign(input, { id: `${name}-${at}`, ...given[name] });
      input.dataset.told = name;
      label.htmlFor = input.id;
      cell.append(label, input);
      row.append(cell);
    }
    return row;
  }

  /* Sentences about what is missing or cannot be; none: it may be saved. */
  missing() {
    const { facts } = this;
    const found = [];
    for (const { point, ok, words, due } of facts.points) {
      const item = list.querySelector(`li[data-point="${CSS.escape(point)}"]`);
      if (ok === undefined) found.push([item.querySelector("input"), word("needpoint", point)]);
      else if (!ok && !words.trim()) found.push([item.querySelector("textarea"), word("needwords", point)]);
      else if (!ok && due && due < (facts.day || this.today())) found.push([item.querySelector("[data-told=due]"), word("dueearly")]);
    }
    for (const [name, [least, most]] of Object.entries(RANGES)) {
      const value = number(facts[name]);
      if (facts[name] && !(value >= least && value <= most)) found.push([form.elements[name], word(Number.isNaN(value) ? "nonumber" : `absurd${name}`)]);
    }
    if (!facts.checker) found.push([form.elements.checker, word("needchecker")]);
    if (facts.day > this.today()) found.push([form.elements.day, word("future", this.today())]);
    wrong.hidden = !found.length;
    const sentences = build("ul");
    sentences.append(...found.map(([, sentence]) => build("li", "", sentence)));
    wrong.replaceChildren(sentences);
    if (found.length) found[0][0].focus();
    return found.length > 0;
  }
}

function judgement(name, value, [least, most]) {
  const [lowest, highest] = RANGES[name];
  if (Number.isNaN(value)) return ["bad", word("nonumber")];
  if (value < lowest || value > highest) return ["bad", word(`absurd${name}`)];
  if (value < least) return ["warn", word("low", `${least}–${most}`)];
  if (value > most) return ["warn", word("high", `${least}–${most}`)];
  return ["ok", word("within", `${least}–${most}`)];
}
