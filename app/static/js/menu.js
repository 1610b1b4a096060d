/* Which menu groups stand open is remembered. Runs before the page is drawn, so that nothing jumps. */
(function () {
  "use strict";
  const KEY = "menu-open";
  let open = {};
  try { open = JSON.parse(localStorage.getItem(KEY)) || {}; } catch (broken) { open = {}; }
  const groups = document.querySelectorAll("#side details[data-group]");
  for (const group of groups) {
    if (open[group.dataset.group] && !group.open) group.open = true;
  }
  const current = document.querySelector("#side [aria-current]");
  if (current) {
    const nav = current.closest("nav");
    const below = current.getBoundingClientRect().bottom - nav.getBoundingClientRect().bottom;
    if (below > 0) nav.scrollTop += below + 40;
  }
  // The toggle event comes late and once for each group opened above: only a person's click is remembered.
  for (const group of groups) {
    group.querySelector("summary").addEventListener("click", function () {
      open[group.dataset.group] = !group.open;
      try { localStorage.setItem(KEY, JSON.stringify(open)); } catch (full) { /* a private window keeps nothing */ }
    });
  }
})();
