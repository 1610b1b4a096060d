/* Translated words stand in the page; `{n}` in them is filled in here. */
export function word(name, n = "") {
  const shelf = document.getElementById("page-words");
  return ((shelf && shelf.dataset[name]) || "").replace("{n}", n);
}
