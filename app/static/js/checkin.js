/* What doors and walls share: people as the server knows them with what still waits here laid over them. */
import { word } from "./words.js";

const SIGNED = new Set(["present", "late"]);
const CLOCK = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai", dateStyle: "short", timeStyle: "short" });

export const signed = (person) => SIGNED.has(person.state);
export const code = (text) => /^[A-HJ-NP-Z2-9]{16}$/.test(text);

/* Where the office is, whatever the tablet is set to: "2026-03-03T09:11". */
export function officeTime(milliseconds) {
  return CLOCK.format(milliseconds).replace(" ", "T");
}

export function build(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/* Two of one name are told apart by group and work unit. */
export const which = (person) => person.which || "";
export const called = (person) => (which(person) ? `${person.name}（${which(person)}）` : person.name);

/* Surname, part of the name, initials or whole pinyin. */
export function named(person, query) {
  const syllables = person.pinyin.split(" ");
  const initials = syllables.map((each) => each[0]).join("");
  const low = query.toLowerCase().replace(/\s/g, "");
  return !query || person.name.includes(query.trim()) || initials.startsWith(low) || syllables.join("").startsWith(low);
}

/* Everybody as they stand once all that waits here has arrived. */
export function everybody(line) {
  const state = line.state;
  const people = new Map();
  for (const person of state.people) people.set(person.id, { ...person, invited: true });
  for (const person of state.others) people.set(person.id, { ...person, invited: false, state: "none" });
  const byCard = new Map([...people.values()].filter((person) => person.card).map((person) => [person.card, person.id]));
  for (const operation of line.waiting) {
    const person = people.get(operation.kind === "scan" ? byCard.get((operation.code || "").slice(0, 8)) : operation.deputy);
    if (!person) continue;
    const at = officeTime(operation.made + line.offset);
    if (operation.kind === "undo") Object.assign(person, { state: person.invited ? "pending" : "none", at: null, waits: true });
    else if (!signed(person)) {
      Object.assign(person, { state: at >= state.activity.lateFrom ? "late" : "present", at, waits: true, how: operation.kind });
    }
  }
  return people;
}

export function counts(people) {
  const invited = [...people].filter((person) => person.invited || signed(person));
  const present = invited.filter(signed).length;
  const leave = invited.filter((person) => person.state === "leave").length;
  return { invited: invited.length, present, leave, missing: invited.length - present - leave };
}

export function drawBar(line, people) {
  drawWhat(line);
  for (const [name, number] of Object.entries(counts(people))) document.querySelector(`[data-count=${name}]`).textContent = number;
}

export function drawWhat(line) {
  const { activity } = line.state;
  document.querySelector("[data-title]").textContent = activity.title;
  const [day, time] = activity.start.split("T");
  document.querySelector("[data-when]").textContent = `${Number(day.slice(5, 7))} 月 ${Number(day.slice(8))} 日 ${time}`;
  document.querySelector("[data-place]").textContent = activity.place;
}

/* 已连接 / 断网中，待上传 n; and what else must be known. */
export function drawLine(line) {
  const box = document.querySelector("[data-line]");
  const waiting = line.waiting.length;
  const text = line.closed || (line.connected ? word("connected") : word("offline"));
  const more = waiting ? word("waiting", waiting) : "";
  box.textContent = [text, more].filter(Boolean).join(" · ");
  box.dataset.tone = line.closed ? "bad" : line.connected && !waiting ? "ok" : "warn";
  document.querySelector("[data-unkept]").hidden = line.kept;
}

export function note(person) {
  if (person.waits && signed(person)) return `${person.at.slice(11)} ${word("kept")}`;
  if (signed(person)) {
    const how = person.how === "scan" && person.state === "present" ? word("scan") : word(person.state);
    const time = person.at ? `${person.at.slice(11)} ` : "";
    return `✓ ${time}${how}${person.later ? ` ${word("later")}` : ""}`;
  }
  return word(person.state);
}

export function key() { return location.hash.slice(1); }
