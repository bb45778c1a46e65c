// Attachments (G83): drop files, see them with their sizes, take one back, know the total before sending.
const zone = document.querySelector("[data-depot]");
const input = zone.querySelector('input[type="file"]');
const list = zone.querySelector("[data-fichiers]");
const total = zone.querySelector("[data-total]");
const maxFiles = Number(zone.dataset.maxFichiers);
const maxBytes = Number(zone.dataset.maxOctets);
let files = [];

const size = (n) => (n < 1048576 ? `${Math.max(1, Math.round(n / 1024))} ko` : `${(n / 1048576).toFixed(1).replace(".", ",")} Mo`);
const keep = () => {
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  input.files = transfer.files;
};
const line = (file, index) => {
  const item = document.createElement("li");
  const remove = document.createElement("button");
  item.append(`${file.name} (${size(file.size)})`);
  remove.type = "button";
  remove.className = "secondaire petit";
  remove.textContent = "Retirer";
  remove.setAttribute("aria-label", `Retirer ${file.name}`);
  remove.addEventListener("click", () => { files.splice(index, 1); show(); input.focus(); });
  item.append(remove);
  return item;
};
const show = () => {
  keep();
  list.hidden = files.length === 0;
  list.replaceChildren(...files.map(line));
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  const tooMuch = files.length > maxFiles || bytes > maxBytes;
  const count = `${files.length} fichier${files.length > 1 ? "s" : ""}, ${size(bytes)} sur ${size(maxBytes)}`;
  total.textContent = tooMuch ? zone.dataset.trop : files.length ? count : "";
  input.setCustomValidity(tooMuch ? total.textContent : "");
};
const add = (chosen) => {
  const known = new Set(files.map((file) => `${file.name}/${file.size}`));
  files.push(...[...chosen].filter((file) => !known.has(`${file.name}/${file.size}`)));
  show();
};

input.addEventListener("change", () => add(input.files));
for (const name of ["dragenter", "dragover"]) {
  zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add("survol"); });
}
for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.remove("survol"));
zone.addEventListener("drop", (event) => { event.preventDefault(); add(event.dataTransfer.files); });
