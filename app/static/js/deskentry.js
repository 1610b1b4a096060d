/* The form of one visitor: what was typed, what is still missing, the draft that outlives a closed page. */
import { build } from "./checkin.js";
import { newId } from "./offline.js";
import { word } from "./words.js";

const TEXTS = ["name", "phone", "village", "address", "words", "answer", "basis", "organ"];
const CHOICES = ["category", "handling", "form", "satisfaction", "unobtained", "reason", "heardBy"];
const TICKS = ["anonymous", "confidential", "lawsuit"];
const form = document.getElementById("entry");
const wrong = form.querySelector("[data-wrong]");

export class Entry {
  /* `changed` is told whatever is typed; drafts lie in localStorage under the screen's key until saved or cleared. */
  constructor(line, key, changed) {
    Object.assign(this, { line, shelf: `screen-draft:${key}`, changed, voter: newId(), replaces: null, photos: [] });
    form.addEventListener("input", () => this.typed());
    const draft = line.shelf.take(this.shelf);
    if (draft) this.fill(draft);
    else this.clear();
  }

  get facts() {
    const given = { voter: this.voter };
    for (const name of TEXTS) given[name] = form.elements[name].value.trim();
    for (const name of CHOICES) given[name] = (form.querySelector(`input[name=${name}]:checked`) || {}).value || "";
    for (const name of TICKS) given[name] = form.elements[name].checked;
    for (const name of ["heardBy", "organ"]) given[name] = given[name] ? Number(given[name]) : null;
    return given;
  }

  get dirty() { return TEXTS.some((name) => form.elements[name].value.trim()) || this.photos.length > 0; }

  fill(facts) {
    form.reset();
    Object.assign(this, { voter: facts.voter, replaces: facts.replaces || null, title: facts.title || "" });
    for (const name of TEXTS) form.elements[name].value = facts[name] || "";
    for (const name of CHOICES) this.pick(name, facts[name]);
    for (const name of TICKS) form.elements[name].checked = Boolean(facts[name]);
    this.heardBy = facts.heardBy || null;
    this.organ = facts.organ || null;
    this.typed();
  }

  /* The next one is mostly heard by the same deputy. */
  clear() {
    const heardBy = this.heardBy || null;
    this.photos = [];
    this.fill({ voter: newId(), heardBy, form: "in_person" });
    wrong.hidden = true;
    this.line.shelf.drop(this.shelf);
  }

  pick(name, value) {
    const found = [...form.querySelectorAll(`input[name=${name}]`)].find((each) => each.value === String(value || ""));
    if (found) found.checked = true;
  }

  typed() {
    const facts = this.facts;
    if (facts.heardBy) this.heardBy = facts.heardBy;
    if (facts.organ) this.organ = facts.organ;
    if (facts.anonymous && facts.satisfaction === "not_obtained" && !facts.unobtained) this.pick("unobtained", "anonymous");
    if (this.dirty) this.line.shelf.put(this.shelf, { ...facts, replaces: this.replaces, title: this.title });
    for (const panel of form.querySelectorAll("[data-when-handling]")) panel.hidden = !panel.dataset.whenHandling.split(" ").includes(facts.handling);
    form.querySelector("[data-when-satisfaction]").hidden = facts.satisfaction !== "not_obtained";
    form.querySelector("[data-when-lawsuit]").hidden = !facts.lawsuit;
    form.elements.name.disabled = facts.anonymous;
    form.querySelector("[data-phone-warn]").textContent = phoneWarning(facts.phone, this.dirty);
    form.querySelector("[data-form-title]").textContent = this.title ? word("editing", this.title) : word("next");
    form.querySelector("[data-photos]").textContent = this.photos.length ? word("photochosen", this.photos.length) : "";
    this.changed(facts);
  }

  /* Sentences about what is missing; none: it may be saved. */
  missing() {
    const facts = this.facts;
    const found = [];
    if (!facts.name && !facts.anonymous) found.push(["name", word("needname")]);
    if (!facts.words) found.push(["words", word("needwords")]);
    const explained = facts.handling === "explained";
    const onTheSpot = facts.handling === "answered_on_spot";
    if (onTheSpot && !facts.answer) found.push(["answer", word("needanswer")]);
    if (explained && !facts.reason) found.push(["reason", word("needreason")]);
    if (explained && !facts.basis) found.push(["basis", word("needbasis")]);
    if (onTheSpot || explained) {
      if (!facts.satisfaction) found.push(["satisfaction", word("needsatisfaction")]);
      else if (facts.satisfaction === "not_obtained" && !facts.unobtained) found.push(["unobtained", word("needunobtained")]);
    }
    wrong.hidden = !found.length;
    wrong.replaceChildren(...found.map(([, sentence]) => build("li", "", sentence)));
    if (found.length) form.querySelector(`[name=${found[0][0]}]`).focus();
    return found.length > 0;
  }

  drawChoices(state, people) {
    const heard = form.querySelector("[data-heard]");
    const here = people.filter((person) => person.state === "present" || person.state === "late");
    const shown = here.length ? here : people.filter((person) => person.invited);
    if (this.heardBy && !shown.some((person) => person.id === this.heardBy)) shown.push(...people.filter((person) => person.id === this.heardBy));
    const drawn = shown.map((person) => `${person.id}:${person.name}`).join();
    if (heard.dataset.drawn !== drawn) {
      heard.dataset.drawn = drawn;
      heard.replaceChildren(...shown.map((person) => radio("heardBy", person.id, person.name)));
      if (here.length === 1 && !this.heardBy) this.heardBy = here[0].id;
      this.pick("heardBy", this.heardBy);
    }
    const organ = form.elements.organ;
    if (organ.options.length !== state.organs.length + 1) {
      organ.replaceChildren(organ.options[0], ...state.organs.map((each) => new Option(each.name, each.id)));
      organ.value = this.organ || "";
    }
    this.drawVillages(state.villages);
  }

  drawVillages(villages) {
    const typed = form.elements.village.value.trim();
    const low = typed.toLowerCase().replace(/\s/g, "");
    const fits = (each) => {
      const syllables = each.pinyin.split(" ");
      return each.name.includes(typed) || syllables.map((part) => part[0]).join("").startsWith(low) || syllables.join("").startsWith(low);
    };
    const found = villages.filter((each) => each.name !== typed && (!typed || fits(each))).slice(0, 8);
    const chips = form.querySelector("[data-villages]");
    const shown = villages.some((each) => each.name === typed) ? [] : found;
    const drawn = shown.map((each) => each.name).join();
    if (chips.dataset.drawn === drawn) return;
    chips.dataset.drawn = drawn;
    chips.replaceChildren(...shown.map((each) => {
      const chip = build("button", "chip", each.name);
      chip.type = "button";
      chip.addEventListener("click", () => { form.elements.village.value = each.name; this.typed(); });
      return chip;
    }));
  }
}

function radio(name, value, text) {
  const label = build("label");
  const input = build("input");
  Object.assign(input, { type: "radio", name, value });
  label.append(input, build("span", "", text));
  return label;
}

/* Warned, never held up. */
function phoneWarning(phone, started) {
  if (!phone) return started ? word("nophone") : "";
  const digits = phone.replace(/[\s-]/g, "").replace(/^\+86/, "");
  return /^1[3-9]\d{9}$/.test(digits) || /^(0\d{2,3})?[2-9]\d{6,7}$/.test(digits) ? "" : word("oddphone");
}
