/* Type-ahead over the server's rows. Without it the select keeps the option it has. */
import { word } from "./words.js";

const escape = (text) => String(text).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

function line(row) {
  const note = row.note ? `<span class="under">${escape(row.note)}</span>` : "";
  return `<div>${escape(row.text)}${note}</div>`;
}

async function rowsFor(address, text) {
  const url = new URL(address, location.href);
  url.searchParams.set("q", text);
  const answer = await fetch(url, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).results;
}

function settings(select, load, failed) {
  const blank = select.querySelector("option[value='']");
  return {
    valueField: "id",
    labelField: "text",
    // The server has matched already, by characters, pinyin or initials: show all it sends, in its order.
    searchField: [],
    score: () => () => 1,
    sortField: [{ field: "$order" }],
    maxOptions: 200,
    maxItems: select.multiple ? null : 1,
    placeholder: select.closest(".filter") ? (blank && blank.textContent) || "" : word("type"),
    hidePlaceholder: true,
    preload: "focus",
    refreshThrottle: 0,
    loadThrottle: 180,
    selectOnTab: true,
    plugins: select.multiple ? { remove_button: { title: word("remove") } } : [],
    shouldLoad: () => true,
    load,
    render: {
      option: line,
      item: line,
      no_results: () => `<div class="no-results">${escape(word(failed() ? "failed" : "nothing"))}</div>`,
      loading: () => '<div class="spinner"></div>',
    },
  };
}

function enhance(select) {
  let failed = false;
  let turn = 0;
  let waiting = false; // typed, and the answer is not here yet
  let hurried = false; // Enter was pressed meanwhile: the first answer is meant
  const box = new window.TomSelect(select, settings(select, load, () => failed));
  const input = box.control_input;
  // A click between the names chosen means: one more. Tom Select would close and leave.
  if (select.multiple) box.onClick = () => box.focus();

  async function load(text, done) {
    const mine = ++turn;
    let found = [];
    let broken = false;
    try {
      found = await rowsFor(select.dataset.lookupUrl, text);
    } catch (error) {
      broken = true;
    }
    // A later question was asked, or is about to be: this answer is stale.
    if (mine !== turn || (input.value && text !== input.value)) { done([]); return; }
    failed = broken;
    waiting = false;
    box.clearOptions();
    done(found);
    if (hurried && found.length) box.addItem(String(found[0].id));
    hurried = false;
  }

  // What is listed belongs to the text before: Enter must not take it for the text now.
  input.addEventListener("input", () => {
    waiting = true;
    hurried = false;
    box.clearOptions();
    box.clearActiveOption();
  }, true);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault(); // in a type-ahead it chooses, it never sends the form
    if (!waiting) return;
    hurried = true;
    event.stopImmediatePropagation();
  }, true);
  box.on("item_add", () => {
    if (!input.value) return;
    box.setTextboxValue("");
    box.lastValue = "";
    if (select.multiple) box.load("");
  });

  // The visible box speaks for the hidden select.
  select.setAttribute("aria-hidden", "true");
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
  }
}

export function lookups() {
  if (!window.TomSelect) return;
  for (const select of document.querySelectorAll("select[data-lookup-url]")) enhance(select);
}
