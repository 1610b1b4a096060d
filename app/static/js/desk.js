/* The reception desk: who is on duty, who came, what they said. */
import { build, drawBar, drawLine, everybody, key, note, officeTime, signed } from "./checkin.js";
import { Entry } from "./deskentry.js";
import { KeptPhotos } from "./keptphotos.js";
import { Line } from "./offline.js";
import { word } from "./words.js";

const form = document.getElementById("entry");
const said = document.querySelector("[data-said]");
const line = new Line("/desk/", key(), draw);
const kept = new KeptPhotos("reception-desk");
let entry = null;
let sendingPhotos = false;
let photosHere = null;
let asking = 0;
let saving = null;

function say(text, tone) {
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

/* Whether the desk is closed once all that waits here has arrived. */
function closedAt() {
  let at = line.state.closedAt;
  for (const each of line.waiting) {
    if (each.kind === "close") at = officeTime(each.made + line.offset);
    if (each.kind === "reopen") at = null;
  }
  return at;
}

/* Entries as the server knows them, with what still waits here laid over them. */
function visitors() {
  const found = new Map(line.state.voters.map((each) => [each.voter || `opinion:${each.id}`, { ...each }]));
  for (const each of line.waiting.filter((operation) => operation.kind === "voter")) {
    const name = each.anonymous ? word("anonymous") : each.confidential ? word("confidential") : each.name;
    const label = (group, value) => (form.querySelector(`input[name=${group}][value="${value}"] + span`) || {}).textContent || "";
    found.set(each.voter, {
      ...found.get(each.voter), voter: each.voter, waits: true, facts: each, name, village: each.village, words: each.words,
      at: officeTime(each.made + line.offset), category: label("category", each.category), handling: label("handling", each.handling),
    });
  }
  return [...found.values()];
}

/* Saved is what the server has; until then it is kept on this device. */
function lastSaid() {
  if (!saving || line.waiting.some((each) => each.voter === saving.voter)) return;
  say(line.refused.some((each) => each.voter === saving.voter) ? "" : word("saved", saving.who));
  saving = null;
}

async function touch(person) {
  if (!signed(person)) line.add("present", { deputy: person.id });
  else if (await ask(word("undo", person.name))) line.add("undo", { deputy: person.id });
}

function tile(person, pressed) {
  const made = build("button", `person ${person.state}${person.invited ? "" : " other"}${person.waits ? " waits" : ""}`);
  made.type = "button";
  made.dataset.person = person.id;
  made.append(build("b", "", person.name), build("small", "", note(person)));
  made.addEventListener("click", pressed);
  return made;
}

function draw() {
  drawLine(line);
  drawRefused();
  lastSaid();
  document.querySelector("[data-empty]").hidden = Boolean(line.state);
  if (!line.state) return;
  if (!entry) entry = new Entry(line, key(), look);
  const people = [...everybody(line).values()];
  const onDuty = people.filter((person) => person.invited || signed(person));
  drawBar(line, people);
  const shown = visitors();
  const closed = closedAt();
  document.querySelector("[data-here]").textContent = people.filter(signed).map((person) => person.name).join("、");
  document.querySelector("[data-entered]").textContent = shown.length;
  document.querySelector("[data-open]").hidden = Boolean(closed);
  document.querySelector("[data-over]").hidden = !closed;
  drawEnd(shown, closed);
  if (closed) {
    const number = line.waiting.length ? "" : line.state.received;
    document.querySelector("[data-closed]").textContent = word("closedat", closed.slice(11)) + (number === "" || number === null ? "" : word("closednumber", number));
    document.querySelector("[data-cleared]").hidden = line.operations.length > 0;
    if (!line.waiting.length) line.shelf.drop(`screen-state:${key()}`);
  }
  const focused = document.activeElement && document.activeElement.dataset.person;
  const changed = anew(document.querySelector("[data-tiles]"), onDuty, (person) => tile(person, () => touch(person)));
  if (changed && focused) { const again = document.querySelector(`[data-tiles] [data-person="${focused}"]`); if (again) again.focus(); }
  document.querySelector("[data-nobody]").hidden = onDuty.length > 0;
  document.querySelector("[data-others]").hidden = people.length === onDuty.length;
  entry.drawChoices(line.state, people);
  drawToday(shown);
  sendPhotos();
}

/* Drawn again only where something differs: what is being touched stays under the finger. */
function anew(list, items, make) {
  const drawn = JSON.stringify(items);
  if (list.dataset.drawn === drawn) return false;
  list.dataset.drawn = drawn;
  list.replaceChildren(...items.map(make));
  return true;
}

function drawEnd(shown, closed) {
  const button = document.querySelector("[data-end]");
  button.hidden = Boolean(closed);
  button.textContent = shown.length ? word("end") : word("endempty");
}

function action(text, pressed) {
  const made = build("button", "btn", text);
  made.type = "button";
  made.addEventListener("click", pressed);
  return made;
}

function drawToday(shown) {
  document.querySelector("[data-none]").hidden = shown.length > 0;
  anew(document.querySelector("[data-today]"), [...shown].reverse(), (each) => {
    const item = build("li", each.waits ? "waits" : "");
    const head = build("p", "who");
    head.append(build("b", "", each.name));
    head.append(build("span", `tag ${each.waits ? "warn" : each.tone}`, each.waits ? word("kept") : each.status));
    const facts = [(each.at || "").slice(11), each.number, each.village, each.category, each.handling];
    if (each.photos) facts.push(word("photos", each.photos));
    item.append(head, build("p", "meta", facts.filter(Boolean).join(" · ") + (each.later ? ` ${word("later")}` : "")));
    if (each.words) item.append(build("p", "spoken", each.words));
    const row = build("div", "btn-row");
    if (!each.waits && each.id) row.append(action(word("print"), () => print(each)));
    if (each.voter) row.append(action(word("edit"), () => edit(each)));
    item.append(row);
    return item;
  });
}

/* What was not taken stays here, word for word, until it was put right or dropped. */
function drawRefused() {
  anew(document.querySelector("[data-refused]"), line.refused, (operation) => {
    const item = build("li");
    const known = line.state && everybody(line).get(operation.deputy);
    const who = operation.name || (known && known.name) || "";
    item.append(build("span", "", `${who ? `${who}：` : ""}${operation.refused}`));
    if (operation.kind === "voter") {
      item.append(action(word("correct"), () => load({ ...operation, replaces: operation.id })));
      item.append(action(word("drop"), async () => { if (await ask(word("dropask"))) line.acknowledge(operation.id); }));
    } else item.append(action(word("read"), () => line.acknowledge(operation.id)));
    return item;
  });
}

async function load(facts) {
  if (entry.dirty && !(await ask(word("overwrite")))) return;
  entry.photos = [];
  entry.fill({ ...facts, title: facts.anonymous ? word("anonymous") : facts.name });
  form.scrollIntoView({ block: "start" });
}

async function asked(path, options) {
  try {
    return await line.request(path, options || {});
  } catch (error) {
    say(error.sentence || word("needline"), "warn");
    return null;
  }
}

async function edit(each) {
  if (each.facts) { load(each.facts); return; }
  const answer = await asked(`entry?voter=${encodeURIComponent(each.voter)}`);
  if (answer) load(await answer.json());
}

async function print(each) {
  const answer = await asked(`paper?opinion=${each.id}`);
  if (!answer) return;
  const link = build("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = `登记表${each.number}.docx`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

/* Photos follow their entry once it has arrived. */
async function sendPhotos() {
  if (sendingPhotos || !line.state || photosHere === 0) return;
  sendingPhotos = true;
  const photos = await kept.waiting(line.state.place);
  const arrived = new Set(line.state.voters.map((each) => each.voter));
  for (const photo of line.connected ? photos : []) {
    if (!arrived.has(photo.subject)) continue;
    const body = new FormData();
    body.append("files", photo.blob, photo.name);
    try {
      const answer = await (await line.request(`photo?voter=${encodeURIComponent(photo.subject)}`, { method: "POST", body })).json();
      if (!answer.ok) say(word("photono", answer.sentence), "warn");
      await kept.drop(photo);
    } catch (error) {
      if (error.sentence) { say(word("photono", error.sentence), "warn"); await kept.drop(photo); }
      break;
    }
  }
  const left = (await kept.waiting(line.state.place)).length;
  if (left && left !== photosHere) say(word("photokept", left), "warn");
  else if (!left && photosHere && said.textContent === word("photokept", photosHere)) say("");
  photosHere = left;
  sendingPhotos = false;
}

/* Earlier matters: asked when typing rests, and only where there is a network. */
function look(facts) {
  clearTimeout(asking);
  if (line.state && entry) entry.drawChoices(line.state, [...everybody(line).values()]);
  asking = setTimeout(async () => {
    const box = document.querySelector("[data-alike]");
    const { name, phone, village, words } = facts;
    if (!line.connected || (words.length < 4 && name.length < 2 && !village && phone.length < 7)) { box.hidden = true; return; }
    try {
      const answer = await line.request("earlier", {
        method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ name: facts.anonymous ? "" : name, phone, village, words }),
      });
      const { found } = await answer.json();
      box.hidden = !found.length;
      box.querySelector("ul").replaceChildren(...found.map((each) => {
        const item = build("li");
        item.append(build("b", "", each.number), build("span", `tag ${each.tone}`, each.status),
          build("span", "", [each.day, each.village, each.person ? word("person") : "", each.words].filter(Boolean).join(" · ")));
        return item;
      }));
    } catch { box.hidden = true; }
  }, 500);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!line.state || entry.missing()) return;
  const { facts, photos, replaces } = entry;
  const who = facts.anonymous ? word("anonymous") : facts.name;
  if (facts.anonymous) facts.name = "";
  if (photos.length) kept.keep(line.state.place, facts.voter, photos).then(() => { photosHere = null; sendPhotos(); });
  saving = { voter: facts.voter, who };
  say(word("keptname", who), "warn");
  line.add("voter", facts);
  if (replaces) line.acknowledge(replaces);
  document.querySelector("[data-duty]").open = false;
  entry.clear();
  window.scrollTo(0, 0);
});

document.querySelector("[data-clear]").addEventListener("click", async () => {
  if (!entry || (entry.dirty && !(await ask(word("overwrite"))))) return;
  entry.clear();
  say("");
});

document.getElementById("photo").addEventListener("change", (event) => {
  entry.photos.push(...event.target.files);
  event.target.value = "";
  entry.typed();
});

document.querySelector("[data-others]").addEventListener("click", () => {
  const dialog = document.getElementById("others");
  const people = [...everybody(line).values()].filter((person) => !person.invited && !signed(person));
  dialog.querySelector("[data-other-tiles]").replaceChildren(...people.map((person) => tile(person, () => { touch(person); dialog.close(); })));
  dialog.showModal();
});

function close(voters) {
  line.add("close", { voters });
  say("");
  line.shelf.drop(`screen-draft:${key()}`);
}

document.querySelector("[data-end]").addEventListener("click", () => {
  if (line.refused.length) { say(word("refusedfirst"), "warn"); return; }
  if (entry.dirty) { say(word("half"), "warn"); return; }
  const shown = visitors();
  if (!shown.length) { close(null); return; }
  const dialog = document.getElementById("closing");
  const number = document.getElementById("voters");
  number.value = shown.length;
  const here = [...everybody(line).values()].some(signed);
  dialog.querySelector("[data-closing-note]").textContent = here ? "" : word("noduty");
  dialog.returnValue = "no";
  dialog.showModal();
  dialog.addEventListener("close", () => {
    if (dialog.returnValue === "yes") close(Number(number.value) === shown.length || number.value === "" ? null : Number(number.value));
  }, { once: true });
});

document.querySelector("[data-reopen]").addEventListener("click", () => line.add("reopen", {}));

if (key()) line.start();
else document.querySelector("[data-empty]").textContent = word("nokey");
window.addEventListener("hashchange", () => location.reload());
