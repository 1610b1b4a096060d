/* Imports: another kind of sheet chosen brings its own columns, and a page that waits says how far it is. */
function kinds(form) {
  const button = form.querySelector("[data-anew]");
  button.hidden = true;
  form.addEventListener("change", (event) => {
    if ("kind" in event.target.dataset) form.requestSubmit(button);
    else if (event.target.closest("th")) event.target.closest("th").classList.toggle("unsure", !event.target.value);
  });
}

function waiting(box) {
  const bar = box.querySelector("progress");
  const words = box.querySelector("[data-far]");
  const cut = box.querySelector("[data-cut]");
  const ask = async () => {
    let told = null;
    try {
      const answer = await fetch(box.dataset.waiting, { headers: { Accept: "application/json" }, credentials: "same-origin" });
      if (answer.ok && !answer.redirected) told = await answer.json();
    } catch (error) {
      told = null; // asked again in a moment
    }
    if (told && !told.going) { location.reload(); return; }
    if (told) {
      cut.hidden = told.here;
      if (told.total) {
        bar.max = told.total;
        bar.value = told.done;
        words.textContent = box.dataset.words.replace("{done}", told.done).replace("{total}", told.total);
      }
    }
    setTimeout(ask, 700);
  };
  ask();
}

export function imports() {
  for (const form of document.querySelectorAll("form[data-match]")) kinds(form);
  for (const box of document.querySelectorAll("[data-waiting]")) waiting(box);
}
