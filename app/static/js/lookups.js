/* Type-ahead over the server's rows. Without it the select keeps the option it has. */
import { word } from "./words.js";

const escape = (text) => String(text).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

function line(row) {
  const note = row.note ? `<span class="under">${escape(row.note)}</span>` : "";
  return `<div>${escape(row.text)}${note}</div>`;
}

async function fetchRows(select, text, done) {
  const url = new URL(select.dataset.lookupUrl, location.href);
  url.searchParams.set("q", text);
  try {
    const answer = await fetch(url, { headers: { Accept: "application/json" }, credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    select.failed = false;
    done((await answer.json()).results);
  } catch (broken) {
    select.failed = true;
    done([]);
  }
}

function enhance(select) {
  const blank = select.querySelector("option[value='']");
  const placeholder = select.closest(".filter") ? (blank && blank.textContent) || "" : word("type");
  const box = new window.TomSelect(select, {
    valueField: "id",
    labelField: "text",
    searchField: [],
    // The server has matched already, by characters, pinyin or initials: show all it sends, in its order.
    score: () => () => 1,
    sortField: [{ field: "$order" }],
    maxOptions: 200,
    maxItems: select.multiple ? null : 1,
    placeholder,
    hidePlaceholder: true,
    allowEmptyOption: false,
    preload: "focus",
    loadThrottle: 200,
    closeAfterSelect: !select.multiple,
    selectOnTab: true,
    plugins: select.multiple ? { remove_button: { title: word("remove") } } : [],
    shouldLoad: () => true,
    load(text, done) {
      box.clearOptions();
      fetchRows(select, text, done);
    },
    render: {
      option: line,
      item: line,
      no_results: () => `<div class="no-results">${escape(word(select.failed ? "failed" : "nothing"))}</div>`,
      loading: () => '<div class="spinner"></div>',
    },
  });
  // The visible box speaks for the hidden select.
  select.setAttribute("aria-hidden", "true");
  for (const name of ["aria-describedby", "aria-invalid", "aria-required"]) {
    if (select.hasAttribute(name)) box.control_input.setAttribute(name, select.getAttribute(name));
  }
}

export function lookups() {
  if (!window.TomSelect) return;
  for (const select of document.querySelectorAll("select[data-lookup-url]")) enhance(select);
}
