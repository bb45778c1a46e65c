// What is typed survives a session that ends meanwhile: kept in this tab alone, under the person's name, until it is sent.
const form = document.querySelector("[data-brouillon]");
const sent = document.querySelector("[data-brouillon-envoye]");
if (sent) sessionStorage.removeItem(sent.dataset.brouillonEnvoye);
if (form) {
  const key = form.dataset.brouillon;
  const fields = [...form.querySelectorAll("[data-garder]")];
  const kept = JSON.parse(sessionStorage.getItem(key) ?? "{}");
  for (const field of fields) field.value ||= kept[field.name] ?? "";
  form.addEventListener("input", () => {
    sessionStorage.setItem(key, JSON.stringify(Object.fromEntries(fields.map((field) => [field.name, field.value]))));
  });
  form.querySelector("[data-abandonner]").addEventListener("click", () => sessionStorage.removeItem(key));
}
