/* Forms: one sending a click, no silent loss of what was typed, what is wrong said beside its field. */
import { word } from "./words.js";

const DAY = /^\s*(\d{4})\s*[-/.年]?\s*(\d{1,2})\s*[-/.月]?\s*(\d{1,2})\s*日?\s*$/;

function say(box, text) {
  const field = box.closest(".field");
  if (!field) return;
  let line = field.querySelector(".wrong-text");
  if (!line) {
    line = document.createElement("span");
    line.className = "wrong-text";
    line.id = `${box.id}-wrong`;
    (field.querySelector(".hint") || { before: (node) => field.append(node) }).before(line);
  }
  line.textContent = text;
  line.hidden = !text;
  field.classList.toggle("wrong", Boolean(text));
  if (text) {
    box.setAttribute("aria-invalid", "true");
    const ids = new Set((box.getAttribute("aria-describedby") || "").split(" ").filter(Boolean).concat(line.id));
    box.setAttribute("aria-describedby", [...ids].join(" "));
  } else box.removeAttribute("aria-invalid");
}

/* To the box that is seen; a type-ahead is not to drop its list over the sentence that says what is wrong. */
function goTo(box) {
  const list = box.tomselect;
  if (!list) { box.focus(); return; }
  const usual = { openOnFocus: list.settings.openOnFocus, preload: list.settings.preload };
  Object.assign(list.settings, { openOnFocus: false, preload: false });
  list.control_input.focus();
  setTimeout(() => Object.assign(list.settings, usual), 100);
}

function faults(form) {
  const found = [];
  for (const box of form.elements) {
    if (!box.name || box.type === "hidden" || !box.willValidate) continue;
    const text = box.validity.badInput ? word("incomplete") : box.validity.valueMissing ? word("required") : "";
    if (text) { say(box, text); found.push(box); }
  }
  return found;
}

function once(form) {
  form.noValidate = true;
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) { event.preventDefault(); return; }
    const wrong = faults(form);
    if (wrong.length) {
      event.preventDefault();
      goTo(wrong[0]);
      return;
    }
    const button = event.submitter || form.querySelector("button:not([type=button])");
    form.dataset.sent = "1";
    const buttons = [...form.querySelectorAll("button")].filter((each) => !each.disabled);
    const before = button ? button.textContent : "";
    const back = () => {
      delete form.dataset.sent;
      for (const each of buttons) each.disabled = false;
      if (button) button.textContent = before;
    };
    // Disabled only after the browser has taken the button's own name and value along.
    setTimeout(() => {
      for (const each of buttons) each.disabled = true;
      if (button) button.textContent = word("saving");
    }, 0);
    if ("download" in form.dataset) setTimeout(back, 3000);
    window.addEventListener("pageshow", (shown) => { if (shown.persisted) back(); }, { once: true });
  });
}

function guard(form) {
  if (!form.querySelector(".save-bar") || "download" in form.dataset) return;
  let changed = "changed" in form.dataset;
  const mark = (event) => { if (event.isTrusted || event.target.tomselect) changed = true; };
  form.addEventListener("input", mark);
  form.addEventListener("change", mark);
  form.addEventListener("change", (event) => {
    if (event.target.closest(".wrong") && event.target.value) say(event.target, "");
  });
  window.addEventListener("beforeunload", (event) => {
    if (!changed || form.dataset.sent) return;
    event.preventDefault();
    event.returnValue = "";
  });
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    form.requestSubmit(form.querySelector(".save-bar .primary"));
  });
}

/* Not maxlength: the browser would cut a pasted text without a word. */
function counters(form) {
  for (const box of form.querySelectorAll("[data-most]")) {
    const most = Number(box.dataset.most);
    const note = document.createElement("span");
    note.className = "hint";
    note.setAttribute("aria-live", "polite");
    box.after(note);
    const tell = () => {
      const rest = most - [...box.value].length;
      note.hidden = rest > Math.max(10, most / 10);
      note.classList.toggle("over", rest < 0);
      note.textContent = rest < 0 ? word("over", -rest) : word("left", rest);
    };
    box.addEventListener("input", tell);
    tell();
  }
}

/* A date copied from a workbook or a letter: 2026/11/3, 2026年11月3日, 20261103. */
function pastedDates(form) {
  form.addEventListener("paste", (event) => {
    const box = event.target;
    if (box.type !== "date") return;
    const parts = DAY.exec(event.clipboardData.getData("text"));
    if (!parts) return;
    event.preventDefault();
    box.value = `${parts[1]}-${parts[2].padStart(2, "0")}-${parts[3].padStart(2, "0")}`;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

export function forms() {
  for (const form of document.querySelectorAll("form[data-form]")) {
    once(form);
    guard(form);
    counters(form);
    pastedDates(form);
  }
  for (const form of document.querySelectorAll("form[method=post]:not([data-form])")) once(form);
  const wrong = document.querySelector(".field.wrong [aria-invalid]");
  if (wrong) goTo(wrong);
  for (const link of document.querySelectorAll(".form-errors a[href^='#']")) {
    link.addEventListener("click", (event) => {
      const box = document.getElementById(link.hash.slice(1));
      if (!box) return;
      event.preventDefault();
      goTo(box);
    });
  }
}
