/* The screen on the wall: numbers that are read from the last row, and who is there. */
import { build, drawBar, drawLine, everybody, key, note, signed, which } from "./checkin.js";
import { Line } from "./offline.js";
import { word } from "./words.js";

const RANK = { present: 0, late: 0, pending: 1, absent: 1, leave: 2 };
const tiles = document.querySelector("[data-tiles]");
const line = new Line("/checkin/", key(), draw);

function draw() {
  drawLine(line);
  document.querySelector("[data-empty]").hidden = Boolean(line.state);
  if (!line.state) return;
  const people = [...everybody(line).values()].filter((person) => person.invited || signed(person));
  drawBar(line, people);
  people.sort((one, other) => RANK[one.state] - RANK[other.state]);
  tiles.replaceChildren(...people.map((person) => {
    const made = build("div", `person ${person.state}`);
    made.append(build("b", "", person.name));
    if (which(person)) made.append(build("small", "", which(person)));
    made.append(build("small", "", person.state === "pending" ? "" : note(person)));
    return made;
  }));
}

if (key()) line.start();
else document.querySelector("[data-empty]").textContent = word("nokey");
window.addEventListener("hashchange", () => location.reload());
