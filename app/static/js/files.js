/* Choosing files to send: their names are listed before, what is too large is said at once, and they may be dropped. */
const said = (form, name, file) => form.dataset[name].replace("{n}", file ? file.name : "");
const readable = (size) => (size < 1048576 ? `${Math.max(1, Math.round(size / 1024))} KB` : `${(size / 1048576).toFixed(1)} MB`);

function sending(form) {
  const boxes = [...form.querySelectorAll("input[type=file]")];
  const list = form.querySelector(".chosen");
  const zone = form.querySelector(".drop-zone");
  const button = form.querySelector("button.primary");
  const line = (text, bad) => {
    const item = document.createElement("li");
    item.textContent = text;
    item.classList.toggle("bad", bad);
    list.append(item);
  };
  const tell = () => {
    const files = boxes.flatMap((box) => [...box.files]);
    list.textContent = "";
    let wrong = false;
    for (const file of files) {
      const large = file.size > Number(form.dataset.mostEach);
      wrong = wrong || large;
      line(large ? `${said(form, "tooLarge", file)} (${readable(file.size)})` : `${file.name} (${readable(file.size)})`, large);
    }
    if (!wrong && files.reduce((sum, file) => sum + file.size, 0) > Number(form.dataset.mostTogether)) {
      line(said(form, "tooMuch"), true);
      wrong = true;
    }
    button.disabled = wrong || !files.length;
  };
  for (const box of boxes) box.addEventListener("change", tell);
  for (const name of ["dragenter", "dragover"]) {
    zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add("over"); });
  }
  for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    boxes[0].files = event.dataTransfer.files;
    tell();
  });
  window.addEventListener("pageshow", tell);
  tell();
}

export function files() {
  for (const form of document.querySelectorAll("form[data-files]")) sending(form);
}
