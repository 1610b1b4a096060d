/* Slips come once: they are saved as a file, and only then the page is loaded anew. */
const refused = document.querySelector("[data-slips-refused]");

async function print(form) {
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
  if (!answer.ok) {
    const sentence = answer.headers.get("Content-Type") === "application/json" ? (await answer.json()).sentence : String(answer.status);
    refused.textContent = sentence;
    refused.hidden = false;
    return;
  }
  const named = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get("Content-Disposition") || "");
  if (named) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await answer.blob());
    link.download = decodeURIComponent(named[1]);
    document.body.append(link);
    link.click();
    link.remove();
  }
  setTimeout(() => location.reload(), 400);
}

for (const form of document.querySelectorAll("form[data-slips]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    try { await print(form); } catch (error) { refused.textContent = error.message; refused.hidden = false; }
    button.disabled = false;
  });
}
