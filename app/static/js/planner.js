/* The year's board: an item is moved by drag, by arrow keys or by its list of months; the server draws the board anew. */
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -3, ArrowDown: 3 };

export function planner() {
  const board = document.getElementById("board");
  const bar = document.getElementById("planner-said");
  if (!board || !bar) return;
  const words = bar.querySelector("[role=status]");
  const undo = bar.querySelector("[data-undo]");
  const item = (id) => board.querySelector(`[data-item="${id}"]`);
  let line = Promise.resolve();

  const say = (text, good) => {
    bar.hidden = false;
    bar.classList.toggle("bad", !good);
    words.textContent = text;
  };

  const send = async (id, target) => {
    const row = item(id);
    if (!row) return;
    const to = typeof target === "function" ? target(Number(row.dataset.month)) : target;
    if (!to) return;
    const body = new URLSearchParams(new FormData(row.querySelector("form[data-move]")));
    body.set("to", to);
    row.classList.add("moving");
    let answer = null;
    try {
      const sent = await fetch(`/planner/move/${id}`, { method: "POST", body, headers: { Accept: "application/json" } });
      if (sent.redirected || !(sent.headers.get("Content-Type") || "").includes("json")) throw new Error("no answer");
      answer = await sent.json();
    } catch {
      row.classList.remove("moving");
      undo.hidden = true;
      say(board.dataset.failed, false);
      return;
    }
    board.innerHTML = answer.board;
    say(answer.said, answer.done);
    undo.hidden = !answer.undo;
    undo.dataset.undo = answer.undo;
    undo.dataset.of = id;
    const now = item(id);
    if (!now) return;
    now.classList.toggle("moved", answer.done);
    const handle = now.querySelector("summary");
    if (handle) handle.focus();
  };
  /* One after the other: each move carries the version that the one before it gave. */
  const move = (id, target) => { line = line.then(() => send(id, target)); };

  board.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    const handle = event.target.closest(".mover > summary");
    if (!step || !handle || handle.parentElement.open || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    move(handle.closest("[data-item]").dataset.item, (month) => (month + step >= 1 && month + step <= 12 ? month + step : 0));
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-move]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    move(form.dataset.move, event.submitter.value);
  }, true);
  document.addEventListener("click", (event) => {
    for (const open of board.querySelectorAll(".mover[open]")) if (!open.contains(event.target)) open.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const open of board.querySelectorAll(".mover[open]")) {
      open.open = false;
      open.querySelector("summary").focus();
    }
  });
  undo.addEventListener("click", () => move(undo.dataset.of, undo.dataset.undo));

  let dragged = "";
  const over = (month) => {
    for (const each of board.querySelectorAll(".month.over")) if (each !== month) each.classList.remove("over");
    if (month) month.classList.add("over");
  };
  board.addEventListener("dragstart", (event) => {
    const row = event.target.closest("[data-item][draggable]");
    if (!row) return;
    dragged = row.dataset.item;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", row.querySelector(".what").textContent);
    row.classList.add("moving");
  });
  board.addEventListener("dragover", (event) => {
    const month = event.target.closest(".month");
    if (!dragged || !month) return;
    event.preventDefault();
    over(month);
  });
  board.addEventListener("drop", (event) => {
    const month = event.target.closest(".month");
    if (!dragged || !month) return;
    event.preventDefault();
    const row = item(dragged);
    if (row && row.dataset.month !== month.dataset.month) move(dragged, month.dataset.month);
  });
  board.addEventListener("dragend", () => {
    over(null);
    const row = item(dragged);
    if (row) row.classList.remove("moving");
    dragged = "";
  });
}
