/* Filters that apply at once, rows that open at a click, ticks for several rows. */
import { word } from "./words.js";

function filters() {
  for (const form of document.querySelectorAll("form[data-filter]")) {
    let soon = 0;
    const go = () => form.requestSubmit ? form.requestSubmit() : form.submit();
    form.addEventListener("change", (event) => {
      if (!event.target.matches("[data-auto]")) return;
      clearTimeout(soon);
      if (event.target.type !== "month") go();
      // A month that is typed passes through year 0002, 0020, 0202 on its way.
      else if (!event.target.value || event.target.value >= "1949") soon = setTimeout(go, 500);
    });
    form.addEventListener("submit", () => {
      // Empty boxes stay out of the address, so that it can be kept and sent.
      const empty = [...form.elements].filter((box) => box.name && !box.value && !box.disabled);
      for (const box of empty) box.disabled = true;
      setTimeout(() => { for (const box of empty) box.disabled = false; }, 0);
    });
  }
}

function openRows() {
  for (const row of document.querySelectorAll("tr[data-url]")) {
    row.classList.add("opens");
    row.addEventListener("click", (event) => {
      if (event.target.closest("a, button, input, label, select, .pick") || String(getSelection())) return;
      if (event.ctrlKey || event.metaKey) window.open(row.dataset.url, "_blank", "noopener");
      else location.assign(row.dataset.url);
    });
  }
}

/* The column of actions stays in sight; a shadow tells that cells lie beneath it. */
function wideTables() {
  if (!window.ResizeObserver) return;
  const seen = new ResizeObserver((changes) => {
    for (const { target } of changes) target.classList.toggle("scrolls", target.scrollWidth > target.clientWidth + 1);
  });
  for (const box of document.querySelectorAll(".rows")) seen.observe(box);
}

function picks() {
  const all = document.querySelector("[data-pick-all]");
  const bulk = document.getElementById("bulk");
  if (!all || !bulk) return;
  const boxes = [...document.querySelectorAll("input[name=rows]")];
  const tell = () => {
    const n = boxes.filter((box) => box.checked).length;
    all.checked = n > 0 && n === boxes.length;
    all.indeterminate = n > 0 && n < boxes.length;
    for (const box of boxes) box.closest("tr").classList.toggle("picked", box.checked);
    for (const button of bulk.querySelectorAll("button")) button.disabled = n === 0;
    bulk.querySelector("[data-picked]").textContent = word("picked", n);
  };
  let last = null;
  for (const box of boxes) {
    box.addEventListener("click", (event) => {
      if (event.shiftKey && last) {
        const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
        for (const between of boxes.slice(from, to + 1)) between.checked = box.checked;
      }
      last = box;
      tell();
    });
  }
  all.addEventListener("change", () => { for (const box of boxes) box.checked = all.checked; tell(); });
  tell();
}

function ticks() {
  for (const button of document.querySelectorAll("[data-tick]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      for (const box of button.closest("form").querySelectorAll("input[type=checkbox]")) {
        box.checked = button.dataset.tick === "all" || (button.dataset.tick === "filled" && "filled" in box.dataset);
      }
    });
  }
}

export function lists() {
  filters();
  openRows();
  wideTables();
  picks();
  ticks();
}
