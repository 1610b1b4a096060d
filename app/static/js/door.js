/* The tablet at the door. */
import { build, called, code, drawBar, drawLine, everybody, key, named, note, signed, which } from "./checkin.js";
import { Line } from "./offline.js";
import { word } from "./words.js";

const DIGITS = /^\d{4}$/;
const MOST_OFF = 5 * 60 * 1000; // so far a tablet's clock may be off before the page speaks of it
const field = document.getElementById("find");
const tiles = document.querySelector("[data-tiles]");
const said = document.querySelector("[data-said]");
const order = document.getElementById("order");
const line = new Line("/checkin/", key(), draw);
let byDigits = null;
let greeted = null;
let guestGreeted = "";
let cardWaits = false; // a card was read of which only the server knows whose it is

function say(text, tone) {
  greeted = null;
  cardWaits = false;
  guestGreeted = "";
  said.textContent = text;
  said.dataset.tone = tone || "ok";
  said.hidden = !text;
}

function ask(sentence) {
  const dialog = document.getElementById("ask");
  dialog.querySelector("p").textContent = sentence;
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((done) => dialog.addEventListener("close", () => done(dialog.returnValue === "yes"), { once: true }));
}

async function touch(person) {
  if (signed(person)) {
    if (await ask(word("undo", called(person)))) {
      line.add("undo", { deputy: person.id });
      say(word("undone", called(person)), "warn");
    }
    return;
  }
  if (!person.invited && !(await ask(word("walkin", called(person))))) return;
  line.add("present", { deputy: person.id });
  greet(person.id);
}

function greet(id) {
  say("");
  greeted = id;
  clear();
}

/* Who was signed in last, and whether that has been uploaded by now. */
function drawGreeted(people) {
  if (cardWaits && !line.waiting.some((each) => each.kind === "scan")) { say(""); return; }
  if (guestGreeted) {
    const of = (operations) => operations.some((each) => each.kind === "guest" && each.name === guestGreeted);
    const waits = of(line.waiting);
    said.textContent = `${guestGreeted}　${waits ? word("kept") : `✓ ${word("here")}`}`;
    said.dataset.tone = waits ? "warn" : "ok";
    said.hidden = of(line.refused);
    return;
  }
  const person = people.find((each) => each.id === greeted);
  if (!person) return;
  if (!signed(person)) { say(""); return; } // refused, or taken back elsewhere
  said.textContent = `${called(person)}　${note(person)}`;
  said.dataset.tone = person.waits || person.state === "late" ? "warn" : "ok";
  said.hidden = false;
}

function clear() {
  field.value = "";
  byDigits = null;
  draw();
}

function scan(text) {
  const person = [...everybody(line).values()].find((each) => each.card === text.slice(0, 8));
  if (person && signed(person)) { say(word("already", called(person)), "warn"); clear(); return; }
  line.add("scan", { code: text });
  if (person) greet(person.id);
  else { say(word("scanned"), "warn"); cardWaits = true; clear(); }
}

/* The last four digits of a phone are asked of the server. */
function fits(person, query) {
  if (DIGITS.test(query)) return Boolean(byDigits && byDigits.includes(person.id));
  return named(person, query);
}

function heading(person) {
  if (order.value === "group") return person.group || word("nogroup");
  if (order.value === "letter") return (person.pinyin[0] || "").toUpperCase();
  return "";
}

function tile(person) {
  const made = build("button", `person ${person.state}${person.invited ? "" : " other"}${person.waits ? " waits" : ""}`);
  made.type = "button";
  made.append(build("b", "", person.name));
  if (which(person)) made.append(build("small", "", which(person)));
  made.append(build("small", "", person.invited || signed(person) ? note(person) : word("uninvited")));
  made.addEventListener("click", () => touch(person));
  made.dataset.person = person.id;
  return made;
}

function draw() {
  drawLine(line);
  drawRefused();
  if (!line.state) { document.querySelector("[data-empty]").hidden = false; return; }
  document.querySelector("[data-empty]").hidden = true;
  const people = [...everybody(line).values()];
  drawBar(line, people);
  drawGreeted(people);
  document.querySelector("[data-clock]").hidden = Math.abs(line.offset) < MOST_OFF;
  const closed = document.querySelector("[data-closed]");
  closed.hidden = !line.state.activity.closedAt;
  closed.textContent = line.state.activity.closedAt ? word("closedat", line.state.activity.closedAt.slice(11)) : "";
  const query = field.value.trim();
  const shown = people.filter((person) => (person.invited || signed(person) || query) && fits(person, query));
  const rank = order.value === "letter" ? (person) => person.pinyin : order.value === "group" ? heading : () => "";
  shown.sort((one, other) => Number(other.invited) - Number(one.invited) || (rank(one) < rank(other) ? -1 : rank(one) > rank(other) ? 1 : 0));
  const focused = document.activeElement && document.activeElement.dataset.person;
  const drawn = [];
  let last = "";
  for (const person of shown) {
    const title = heading(person);
    if (title && title !== last) drawn.push(build("h2", "", title));
    last = title;
    drawn.push(tile(person));
  }
  tiles.replaceChildren(...drawn);
  if (focused) { const again = tiles.querySelector(`[data-person="${focused}"]`); if (again) again.focus(); }
  document.querySelector("[data-nobody]").hidden = Boolean(shown.length) || (DIGITS.test(query) && !byDigits);
  drawGuests();
}

function drawGuests() {
  const names = line.state.guests.filter((guest) => guest.at).map((guest) => guest.name);
  const waiting = line.waiting.filter((each) => each.kind === "guest").map((each) => `${each.name}（${word("kept")}）`);
  document.querySelector("[data-guests]").textContent = [...names, ...waiting].join("、") || word("noguests");
}

function drawRefused() {
  const list = document.querySelector("[data-refused]");
  list.replaceChildren(...line.refused.map((operation) => {
    const item = build("li");
    const known = line.state && everybody(line).get(operation.deputy);
    const who = operation.name || (known && called(known)) || "";
    item.append(build("span", "", `${who ? `${who}：` : ""}${operation.refused}`));
    const button = build("button", "btn", word("read"));
    button.type = "button";
    button.addEventListener("click", () => line.acknowledge(operation.id));
    item.append(button);
    return item;
  }));
}

async function digits(query) {
  byDigits = null;
  try {
    const answer = await line.request(`find?digits=${query}`, {});
    if (field.value.trim() === query) byDigits = (await answer.json()).found;
  } catch {
    say(word("nodigits"), "warn");
  }
  draw();
}

field.addEventListener("input", () => {
  const query = field.value.trim();
  if (DIGITS.test(query)) digits(query);
  else { byDigits = null; if (line.state) draw(); }
});

document.getElementById("finder").addEventListener("submit", (event) => {
  event.preventDefault();
  const typed = field.value.trim().toUpperCase();
  if (!typed || !line.state) return;
  if (code(typed) || /^[A-Z0-9]{12,}$/.test(typed)) { scan(typed); return; }
  const found = [...everybody(line).values()].filter((person) => fits(person, field.value.trim()));
  const invited = found.filter((person) => person.invited);
  const one = invited.length === 1 ? invited[0] : found.length === 1 ? found[0] : null;
  if (!one) return;
  if (signed(one)) { say(word("already", called(one)), "warn"); clear(); } else touch(one);
});

/* A scanner types wherever the page is: it is heard in the search field. On a tablet that would open the keyboard. */
if (!window.matchMedia("(pointer: coarse)").matches) {
  field.focus();
  document.addEventListener("keydown", (event) => {
    if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !document.querySelector("dialog[open]")
      && !event.target.closest("input, select, textarea")) field.focus();
  });
}

order.addEventListener("change", draw);

const guest = document.getElementById("guest");
document.querySelector("[data-guest]").addEventListener("click", () => { guest.querySelector("form").reset(); guest.showModal(); });
guest.querySelector("[value=no]").addEventListener("click", () => guest.close());
guest.querySelector("form").addEventListener("submit", () => {
  const given = new FormData(guest.querySelector("form"));
  const name = given.get("name").trim();
  if (!name) return;
  say("");
  guestGreeted = name;
  line.add("guest", { name, guest: given.get("guest"), unit: given.get("unit").trim() });
});

if (key()) line.start();
else document.querySelector("[data-empty]").textContent = word("nokey");
window.addEventListener("hashchange", () => location.reload());
