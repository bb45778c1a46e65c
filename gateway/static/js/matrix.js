// The rights matrix (G29, G32): a column at once, Administrateur locks everything and gives back what was there.
const matrix = document.querySelector("[data-matrice]");
const admin = matrix.querySelector("[data-administrateur]");
const radios = [...matrix.querySelectorAll('input[type="radio"]')];
const colleges = [...matrix.querySelectorAll("[data-college]")];
const columns = [...matrix.querySelectorAll("[data-colonne]")];
const summary = matrix.querySelector("[data-bilan]");
const { consultation, miseAJour } = matrix.dataset;
let before = null;

const plural = (n) => `${n} fonction${n > 1 ? "s" : ""}`;
const at = (level) => radios.filter((radio) => radio.checked && radio.value === level).length;
const report = () => {
  const rows = radios.length / columns.length;
  for (const column of columns) column.toggleAttribute("data-pleine", at(column.dataset.colonne) === rows);
  summary.textContent = `${plural(at(consultation))} en consultation, ${plural(at(miseAJour))} en mise à jour`;
};
const choose = (level) => {
  for (const radio of radios) radio.checked = radio.value === level;
};
const lock = (locked) => {
  for (const input of [...radios, ...colleges, ...columns]) input.disabled = locked;
};

admin.addEventListener("change", () => {
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
});
for (const column of columns) {
  column.addEventListener("click", (event) => {
    event.preventDefault();
    choose(column.dataset.colonne);
    report();
  });
}
matrix.addEventListener("change", report);
report();
