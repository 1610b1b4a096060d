/* A teller takes paper ballots one by one: a key for each deputy, Enter for the next. Every sheet is sent at once, all of them each
   time, so that nothing is lost by a break and nothing is counted twice. */
const sheet = document.querySelector("[data-sheet]");
const lines = [...sheet.querySelectorAll("[data-line]")];
const form = document.querySelector("[data-sheets-form]");
const kept = form.elements.sheets;
const next = document.querySelector("[data-next-sheet]");
const unsaved = document.querySelector("[data-unsaved]");
const words = document.getElementById("sheet-words").dataset;
const sheets = kept.value.split(/\s+/).filter(Boolean);
let marks = [];
let sending = false;
let again = false;

function draw() {
  lines.forEach((line, at) => {
    line.classList.toggle("now", at === marks.length);
    for (const button of line.querySelectorAll("[data-mark]")) button.setAttribute("aria-pressed", String(marks[at] === button.dataset.mark));
  });
  next.disabled = marks.length < lines.length;
  document.querySelector("[data-sheets-count]").textContent = words.sheets.replace("{n}", sheets.length);
  kept.value = sheets.join("\n");
}

async function send() {
  if (sending) { again = true; return; }
  sending = true;
  const body = new FormData(form);
  try {
    const answer = await fetch(location.pathname, { method: "POST", body, headers: { Accept: "application/json" } });
    if (answer.ok) unsaved.hidden = true;
    else complain((await answer.json()).sentence);
  } catch {
    complain(words.line);
  }
  sending = false;
  if (again) { again = false; send(); }
}

function complain(why) {
  unsaved.querySelector("span").textContent = words.unsaved.replace("{n}", why);
  unsaved.hidden = false;
}

function mark(value) {
  if (marks.length === lines.length) return;
  marks.push(value);
  draw();
}

function take() {
  if (marks.length < lines.length) return;
  sheets.push(marks.join(""));
  marks = [];
  draw();
  send();
}

sheet.addEventListener("keydown", (event) => {
  if (/^[0-4]$/.test(event.key)) mark(event.key);
  else if (event.key === "Backspace") { marks.pop(); draw(); } else if (event.key === "Enter") take();
  else return;
  event.preventDefault();
});
lines.forEach((line, at) => line.addEventListener("click", (event) => {
  const button = event.target.closest("[data-mark]");
  if (!button || at > marks.length) return;
  marks[at] = button.dataset.mark;
  draw();
  sheet.focus();
}));
next.addEventListener("click", () => { take(); sheet.focus(); });
document.querySelector("[data-back-sheet]").addEventListener("click", () => {
  if (marks.length) marks = [];
  else if (sheets.length) { marks = [...sheets.pop()]; send(); }
  draw();
  sheet.focus();
});
draw();
sheet.inert = false; // dimmed until it takes keys
sheet.focus();
