/* A question before what cannot be undone: forms, or single buttons of them, with data-confirm. */
const question = (form, button) => (button && button.dataset.confirm) || form.dataset.confirm || "";

export function questions() {
  const dialog = document.getElementById("ask");
  let agreed = null;
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const button = event.submitter;
    const text = question(form, button);
    if (!text) return;
    if (agreed === form) { agreed = null; return; }
    if (!dialog || !dialog.showModal) {
      if (!window.confirm(text)) { event.preventDefault(); event.stopImmediatePropagation(); }
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    dialog.querySelector("p").textContent = text;
    dialog.returnValue = "no";
    dialog.onclose = () => {
      if (dialog.returnValue !== "yes") return;
      agreed = form;
      form.requestSubmit(button || undefined);
    };
    dialog.showModal();
  }, true);
}
