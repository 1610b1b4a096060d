/* The projector: asks every second, shows what there is, and keeps nothing. */
import { build, key } from "./checkin.js";
import { word } from "./words.js";

const EVERY = 1000;
const PATIENCE = 8000;
const TURN = 9000;
const MOST_LINES = 8;
const find = (name) => document.querySelector(`[data-${name}]`);
let state = null;
let page = 0;

async function ask() {
  const stop = new AbortController();
  const clock = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const answer = await fetch(`/announcement/state?revision=${state ? state.revision : ""}`, {
      headers: { "X-Screen-Key": key() }, credentials: "omit", cache: "no-store", signal: stop.signal,
    });
    if (answer.status === 200) { state = await answer.json(); page = 0; draw(); }
    else if (answer.status !== 204) throw new Error((await answer.json()).sentence);
    find("lost").hidden = true;
  } catch (error) {
    find("lost").textContent = error.name === "Error" && error.message ? error.message : word("lost");
    find("lost").hidden = false;
  } finally {
    clearTimeout(clock);
    setTimeout(ask, EVERY);
  }
}

/* Names of two characters are set as wide as those of three. */
function spaced(name) { return name.length === 2 ? `${name[0]}　${name[1]}` : name; }

function row(line) {
  const made = build("div", "result");
  const name = build("b", "", spaced(line.name));
  if (line.note) name.append(build("small", "", line.note));
  const bar = build("div", "bar");
  const total = line.valid || 1;
  line.votes.forEach((votes, at) => {
    if (!votes) return;
    const part = build("i", `g${at + 1}`, String(votes));
    part.style.flexGrow = String(Math.max(votes / total, 0.045));
    bar.append(part);
  });
  const rate = build("div", "rate");
  rate.append(build("span", "", word("rate")), build("strong", "", line.rate));
  const abstained = `${state.grades.at(-1)} ${line.votes.at(-1)}`;
  rate.append(build("small", "", `${abstained}　${word("valid", line.valid)}　${word("invalid", line.invalid)}`));
  made.append(name, bar, rate);
  return made;
}

function drawResult() {
  const pages = Math.max(1, Math.ceil(state.lines.length / MOST_LINES));
  const each = Math.ceil(state.lines.length / pages);
  const shown = state.lines.slice((page % pages) * each, (page % pages) * each + each);
  const list = find("results");
  list.style.setProperty("--lines", String(Math.max(3, each)));
  list.replaceChildren(...shown.map(row));
  find("broken").textContent = state.broken.join("；");
  find("broken").hidden = !state.broken.length;
  find("legend").replaceChildren(...state.grades.map((grade, at) => build("span", `legend g${at + 1}`, grade)));
  find("formula").textContent = state.formula + (pages > 1 ? `　${word("page", `${(page % pages) + 1}/${pages}`)}` : "");
  find("seal").textContent = word("seal", state.seal);
}

function drawVoting() {
  const { voted, sentence, dealt, paper } = state.voting;
  find("voted").textContent = (voted ? sentence : "") || word(dealt === paper ? "onpaper" : "begin");
  find("voted").dataset.voted = voted;
  find("dealt").textContent = [word("dealt", dealt), paper ? word("paper", paper) : ""].filter(Boolean).join("，");
}

function draw() {
  document.body.dataset.state = state.state;
  for (const part of document.querySelectorAll("[data-part]")) part.hidden = !part.dataset.part.split(" ").includes(state.state);
  find("title").textContent = state.state === "announced" ? word("result") : state.title;
  const [year, month, day] = state.day.split("-").map(Number);
  find("where").textContent = [state.group, `${year} 年 ${month} 月 ${day} 日`].filter(Boolean).join(" · ");
  find("numbers").replaceChildren(...state.numbers.map(([label, number]) => build("span", "", `${label} ${number}`)));
  for (const name of ["legend", "formula", "seal"]) find(name).replaceChildren();
  if (state.state === "announced") drawResult();
  if (state.voting) drawVoting();
  if (state.void) find("void").textContent = state.void;
}

setInterval(() => {
  if (!state || state.state !== "announced" || state.lines.length <= MOST_LINES) return;
  page += 1;
  drawResult();
}, TURN);

if (key()) ask();
else { find("lost").textContent = word("nokey"); find("lost").hidden = false; }
window.addEventListener("hashchange", () => location.reload());
