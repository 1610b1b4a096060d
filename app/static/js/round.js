/* The inspection round of an archive room: the points, the meter, faults with photos; works on without a network. */
import { build, drawLine, key, officeTime } from "./checkin.js";
import { KeptPhotos } from "./keptphotos.js";
import { Line } from "./offline.js";
import { Round } from "./roundform.js";
import { word } from "./words.js";

const said = document.querySelector("[data-said]");
const line = new Line("/round/", key(), draw);
const kept = new KeptPhotos("inspection-round");
const KEPT_ROUNDS = "round";
let round = null;
let saving = null;
let sending = false;
let photosHere = null;

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

const today = () => officeTime(Date.now() + line.offset).slice(0, 10);

function draw() {
  drawLine(line);
  drawRefused();
  document.querySelector("[data-empty]").hidden = Boolean(line.state);
  document.querySelector("[data-open]").hidden = !line.state;
  if (!line.state) return;
  const { room } = line.state;
  document.querySelector("[data-room]").textContent = room.name;
  document.querySelector("[data-place]").textContent = room.place;
  if (!round) round = new Round(line, key(), today);
  round.drawState(line.state);
  lastSaid();
  drawLast();
  drawFaults();
  sendPhotos();
}

/* Saved is what the server has; until then it is kept on this device. */
function lastSaid() {
  if (!saving || line.waiting.some((each) => each.round === saving.round)) return;
  say(line.refused.some((each) => each.round === saving.round) ? "" : word("saved", saving.day));
  saving = null;
}

/* Drawn again only where something differs: what is being touched stays under the finger. */
function anew(list, items, make) {
  const drawn = JSON.stringify(items);
  if (list.dataset.drawn === drawn) return;
  list.dataset.drawn = drawn;
  list.replaceChildren(...items.map(make));
}

function action(text, pressed) {
  const made = build("button", "btn", text);
  made.type = "button";
  made.addEventListener("click", pressed);
  return made;
}

const measured = (each) => [each.temperature === null || each.temperature === "" ? "" : `${each.temperature} ℃`, each.humidity === null || each.humidity === "" ? "" : `${each.humidity} %`];
const faulty = (each) => each.faults.map((fault) => `${fault.point}：${fault.words}`).join("；");
const became = (each) => each.faults.map((fault) => `${fault.point}：${fault.words}${fault.state ? `（${fault.state}）` : ""}`).join("；");

function drawLast() {
  const waiting = line.waiting.filter((each) => each.kind === KEPT_ROUNDS).map((each) => ({
    ...each, day: each.day || officeTime(each.made + line.offset).slice(0, 10), waits: true, photos: kept.count(each.round),
    faults: each.points.filter((point) => point.ok === false),
  }));
  const shown = [...waiting, ...line.state.rounds];
  document.querySelector("[data-none]").hidden = shown.length > 0;
  anew(document.querySelector("[data-last]"), shown, (each) => {
    const item = build("li", each.waits ? "waits" : "");
    const head = build("p", "when");
    head.append(build("b", "", each.day), build("span", `tag ${each.waits ? "warn" : each.tone}`, each.waits ? word("kept") : each.state));
    const facts = [each.checker, ...measured(each), each.photos ? word("photos", each.photos) : ""];
    item.append(head, build("p", "meta", facts.filter(Boolean).join(" · ")));
    if (each.faults.length) item.append(build("p", "fault", became(each)));
    return item;
  });
}

function drawFaults() {
  document.querySelector("[data-faults-card]").hidden = !line.state.faults.length;
  anew(document.querySelector("[data-faults]"), line.state.faults, (each) => {
    const item = build("li");
    const code = each.standing.replace("_", "");
    const when = ["overdue", "running"].includes(code) ? word(code, each.days) : word(code);
    const head = build("p", "when");
    head.append(build("b", "", faulty(each)), build("span", `tag ${code === "overdue" ? "bad" : "warn"}`, when));
    item.append(head, build("p", "meta", [each.day, each.responsible, each.due].filter(Boolean).join(" · ")));
    return item;
  });
}

/* What was not taken stays here, word for word, until it was put right or dropped. */
function drawRefused() {
  anew(document.querySelector("[data-refused]"), line.refused, (operation) => {
    const item = build("li");
    item.append(build("span", "", operation.refused));
    item.append(action(word("correct"), () => load({ ...operation, replaces: operation.id })));
    item.append(action(word("drop"), async () => { if (await ask(word("dropask"))) line.acknowledge(operation.id); }));
    return item;
  });
}

async function load(facts) {
  if (!round || (round.dirty && !(await ask(word("overwrite"))))) return;
  round.fill(facts);
  window.scrollTo(0, 0);
}

/* Photos follow their round once it has arrived. */
async function sendPhotos() {
  if (sending || !line.state || photosHere === 0) return;
  sending = true;
  const { place } = line.state;
  const arrived = new Set(line.state.rounds.map((each) => each.round));
  for (const photo of line.connected ? await kept.waiting(place) : []) {
    if (!arrived.has(photo.subject)) continue;
    const body = new FormData();
    body.append("files", photo.blob, photo.name);
    try {
      const address = `photo?round=${encodeURIComponent(photo.subject)}&point=${encodeURIComponent(photo.part)}`;
      const answer = await (await line.request(address, { method: "POST", body })).json();
      if (!answer.ok) say(word("photono", answer.sentence), "warn");
      await kept.drop(photo);
    } catch (error) {
      if (error.sentence) { say(word("photono", error.sentence), "warn"); await kept.drop(photo); }
      break;
    }
  }
  const left = (await kept.waiting(place)).length;
  if (left && left !== photosHere) say(word("photokept", left), "warn");
  else if (!left && photosHere && said.textContent === word("photokept", photosHere)) say("");
  photosHere = left;
  sending = false;
}

async function keepPhotos(photos, subject) {
  let loose = 0;
  for (const [point, files] of photos) loose += await kept.keep(line.state.place, subject, files, point);
  photosHere = null;
  draw();
  await sendPhotos();
  if (loose) say(word("photofull", loose), "bad");
}

document.getElementById("round").addEventListener("submit", (event) => {
  event.preventDefault();
  if (!round || round.missing()) return;
  const { facts, photos, replaces } = round;
  saving = { round: facts.round, day: facts.day || today() };
  say(word("keptround", saving.day), "warn");
  if (photos.size) keepPhotos(photos, facts.round);
  line.add(KEPT_ROUNDS, facts);
  if (replaces) line.acknowledge(replaces);
  round.clear();
  draw();
  window.scrollTo(0, 0);
});

document.querySelector("[data-clear]").addEventListener("click", async () => {
  if (!round || (round.dirty && !(await ask(word("overwrite"))))) return;
  round.clear();
  round.drawState(line.state);
  say("");
});

if (key()) line.start();
else document.querySelector("[data-empty]").textContent = word("nokey");
window.addEventListener("hashchange", () => location.reload());
