/* A question before what cannot be undone: forms with data-confirm. */
export function questions() {
  const dialog = document.getElementById("ask");
  if (!dialog || !dialog.showModal) {
    document.addEventListener("submit", (event) => {
      const text = event.target.dataset.confirm;
      if (text && !window.confirm(text)) event.preventDefault();
    });
    return;
  }
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset.confirm || form.dataset.confirmed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    dialog.querySelector("p").textContent = form.dataset.confirm;
    dialog.returnValue = "no";
    dialog.onclose = () => {
      if (dialog.returnValue !== "yes") return;
      form.dataset.confirmed = "1";
      form.requestSubmit();
    };
    dialog.showModal();
  }, true);
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("[data-confirmed]")) delete form.dataset.confirmed;
  });
}
