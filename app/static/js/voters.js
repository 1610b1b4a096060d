/* The tablet at the door of the hall: voters' representatives sign in by a touch, with or without a network. */
import { build, drawLine, drawWhat, key, named } from "./checkin.js";
import { Line } from "./offline.js";
import { word } from "./words.js";

const field = document.getElementById("find");
const order = document.getElementById("order");
const tiles = document.querySelector("[data-tiles]");
const said = document.querySelector("[data-said]");
const line = new Line("/voters/", key(), draw);

function say(text, tone) {
  said.textContent = text;
  said.dataset.tone = tone || "ok";
  said.hidden = !text;
}

/* The list as the server knows it, with what still waits here laid over it. */
function everybody() {
  const people = new Map(line.state.people.map((each) => [each.id, { ...each }]));
  for (const operation of line.waiting) {
    if (operation.kind === "walkin") {
      const known = [...people.values()].find((each) => each.name === operation.name);
      if (known) Object.assign(known, { signed: true, waits: true });
      else people.set(operation.id, { id: operation.id, name: operation.name, pinyin: "", signed: true, waits: true, fresh: true });
    } else {
      const voter = people.get(operation.voter);
      if (voter) Object.assign(voter, { signed: operation.kind === "present", waits: true });
    }
  }
  return [...people.values()];
}

function ask(sentence) {
  const dialog = document.getElementById("ask");
  dialog.querySelector("p").textContent = sentence;
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((done) => dialog.addEventListener("close", () => done(dialog.returnValue === "yes"), { once: true }));
}

async function touch(voter) {
  if (voter.fresh) { say(word("already", voter.name), "warn"); return; }
  if (!voter.signed) {
    field.value = "";
    line.add("present", { voter: voter.id });
    say(`${voter.name}　${word("present")}`);
  } else if (await ask(word("undo", voter.name))) {
    line.add("undo", { voter: voter.id });
    say(word("undone", voter.name), "warn");
  }
}

function tile(voter) {
  const made = build("button", `person ${voter.signed ? "present" : "pending"}${voter.waits ? " waits" : ""}`);
  made.type = "button";
  const note = voter.signed ? `✓ ${word(voter.waits ? "kept" : "present")}` : word("pending");
  made.append(build("b", "", voter.name), build("small", "", note));
  made.dataset.person = voter.id;
  made.addEventListener("click", () => touch(voter));
  return made;
}

const RANK = { letter: (voter) => voter.pinyin, open: (voter) => Number(voter.signed) };

function draw() {
  drawLine(line);
  drawRefused();
  document.querySelector("[data-empty]").hidden = Boolean(line.state);
  if (!line.state) return;
  drawWhat(line);
  const people = everybody();
  const present = people.filter((voter) => voter.signed).length;
  const { required, over } = line.state;
  const numbers = { listed: people.length, present, required, missing: Math.max(0, required - present) };
  for (const [name, number] of Object.entries(numbers)) document.querySelector(`[data-count=${name}]`).textContent = number;
  document.querySelector("[data-over]").hidden = !over;
  const shown = people.filter((voter) => named(voter, field.value.trim()));
  const rank = RANK[order.value];
  if (rank) shown.sort((one, other) => (rank(one) < rank(other) ? -1 : rank(one) > rank(other) ? 1 : 0));
  const focused = document.activeElement && document.activeElement.dataset.person;
  tiles.replaceChildren(...shown.map(tile));
  if (focused) { const again = tiles.querySelector(`[data-person="${focused}"]`); if (again) again.focus(); }
  document.querySelector("[data-nobody]").hidden = Boolean(shown.length);
}

function drawRefused() {
  document.querySelector("[data-refused]").replaceChildren(...line.refused.map((operation) => {
    const item = build("li");
    const known = line.state && line.state.people.find((each) => each.id === operation.voter);
    const who = operation.name || (known && known.name) || "";
    item.append(build("span", "", `${who ? `${who}：` : ""}${operation.refused}`));
    const button = build("button", "btn", word("read"));
    button.type = "button";
    button.addEventListener("click", () => line.acknowledge(operation.id));
    item.append(button);
    return item;
  }));
}

field.addEventListener("input", () => { if (line.state) draw(); });
order.addEventListener("change", draw);
document.getElementById("finder").addEventListener("submit", (event) => {
  event.preventDefault();
  if (!line.state || !field.value.trim()) return;
  const found = everybody().filter((voter) => named(voter, field.value.trim()));
  if (found.length !== 1) return;
  if (found[0].signed) { field.value = ""; say(word("already", found[0].name), "warn"); draw(); } else touch(found[0]);
});

const walkin = document.getElementById("walkin");
document.querySelector("[data-walkin]").addEventListener("click", () => {
  walkin.querySelector("form").reset();
  walkin.querySelector("[name=name]").value = field.value.trim();
  walkin.showModal();
});
walkin.querySelector("[value=no]").addEventListener("click", () => walkin.close());
walkin.querySelector("form").addEventListener("submit", () => {
  const name = walkin.querySelector("[name=name]").value.trim();
  if (!name) return;
  field.value = "";
  line.add("walkin", { name });
  say(`${name}　${word("kept")}`);
});

if (key()) line.start();
else document.querySelector("[data-empty]").textContent = word("nokey");
window.addEventListener("hashchange", () => location.reload());
