// The rights matrix (G29, G32): a column at once, Administrateur locks everything and gives back what was there; the
// password is asked where it is ticked (forms.css); groups that the guide shows closed (G37, G38) open by their name, and are open where a right is given.
const matrix = document.querySelector("[data-matrice]");
const admin = matrix.querySelector("[data-administrateur]");
const radios = [...matrix.querySelectorAll('input[type="radio"]')];
const colleges = [...matrix.querySelectorAll("[data-college]")];
const columns = [...matrix.querySelectorAll("[data-colonne]")];
const summary = matrix.querySelector("[data-bilan]");
const { consultation, miseAJour } = matrix.dataset;
const folds = [];
let before = null;

const plural = (n) => `${n} fonction${n > 1 ? "s" : ""}`;
const at = (level) => radios.filter((radio) => radio.checked && radio.value === level).length;
const report = () => {
  for (const unfold of folds) unfold();
  const rows = radios.length / columns.length;
  for (const column of columns) column.toggleAttribute("data-pleine", at(column.dataset.colonne) === rows);
  summary.textContent = `${plural(at(consultation))} en consultation, ${plural(at(miseAJour))} en mise à jour`;
};
const choose = (level) => {
  for (const radio of radios) radio.checked = radio.value === level;
};
const lock = (locked) => {
  for (const input of [...radios, ...colleges, ...columns]) input.disabled = locked;
  for (const reason of matrix.querySelectorAll("[data-verrou]")) reason.hidden = !locked;
};

const turn = () => {
  if (admin.checked) {
    before = [...radios, ...colleges].map((input) => input.checked);
    choose(miseAJour);
    for (const college of colleges) college.checked = true;
  } else if (before) {
    [...radios, ...colleges].forEach((input, index) => { input.checked = before[index]; });
  } else {
    choose("");
  }
  lock(admin.checked);
  report();
};
admin.addEventListener("change", turn);
for (const column of columns) {
  column.addEventListener("click", (event) => {
    event.preventDefault();
    choose(column.dataset.colonne);
    matrix.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
for (const group of matrix.querySelectorAll("[data-plie]")) {
  const [head, ...rows] = group.rows;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "plier";
  button.append(...head.cells[0].childNodes);
  head.cells[0].append(button);
  const show = (open) => {
    button.setAttribute("aria-expanded", open);
    for (const row of rows) row.hidden = !open;
  };
  button.addEventListener("click", () => show(rows[0].hidden));
  show(false);
  folds.push(() => { if (group.querySelector("input:checked:not([value=''])")) show(true); });
}
matrix.addEventListener("change", report);
if (admin.checked === admin.defaultChecked) report();
else turn(); // ticked before this script came
