/* The menu drawer, drop-downs, messages, and `/` for the search. */
const typing = (element) => element.matches("input, textarea, select, [contenteditable]");

function drawer() {
  const button = document.querySelector(".menu-btn");
  const side = document.getElementById("side");
  if (!button || !side) return;
  const show = (open) => {
    document.body.classList.toggle("menu-open", open);
    button.setAttribute("aria-expanded", String(open));
    if (open) side.querySelector(".menu-close").focus();
    else if (side.contains(document.activeElement)) button.focus();
  };
  button.setAttribute("role", "button");
  show(false);
  button.addEventListener("click", (event) => { event.preventDefault(); show(true); });
  for (const closer of document.querySelectorAll(".menu-close, .veil")) {
    closer.addEventListener("click", (event) => { event.preventDefault(); show(false); });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.body.classList.contains("menu-open")) show(false);
  });
}

function dropDowns() {
  const all = [...document.querySelectorAll("details.drop")];
  document.addEventListener("click", (event) => {
    for (const one of all) if (!one.contains(event.target)) one.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const one of all.filter((each) => each.open)) {
      one.open = false;
      one.querySelector("summary").focus();
    }
  });
}

function messages() {
  /* An address with a # lands further down: what is said about the step comes along, or nobody would see it. */
  const said = document.querySelector(".flashes:not([hidden])");
  const place = said && location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (place && place.matches("section")) place.querySelector(".card-head")?.after(said);
  for (const button of document.querySelectorAll("[data-dismiss]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const box = button.closest(".flashes");
      button.closest(".flash").remove();
      if (box && !box.querySelector(".flash")) box.hidden = true;
    });
  }
}

function searchKey() {
  const box = document.getElementById("find");
  if (!box) return;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
}

/* On a phone the strip of tabs is longer than the screen. */
function currentTab() {
  const tab = document.querySelector(".tabs [aria-current]");
  const strip = tab && tab.parentElement;
  if (strip && strip.scrollWidth > strip.clientWidth) strip.scrollLeft = tab.offsetLeft - (strip.clientWidth - tab.offsetWidth) / 2;
}

function printing() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

export function frame() {
  printing();
  currentTab();
  drawer();
  dropDowns();
  messages();
  searchKey();
}
