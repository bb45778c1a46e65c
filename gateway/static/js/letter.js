// « Nous contacter » says what is missing before anything is sent: object, message and consent, in the page's own words.
const form = document.querySelector("[data-lettre]");

const said = (field) => form.dataset[`manque${field.name[0].toUpperCase()}${field.name.slice(1)}`];
const missing = (field) => (field.type === "checkbox" ? !field.checked : !field.value.trim());
const clear = (field) => {
  document.getElementById(`${field.id}-manque`)?.remove();
  field.removeAttribute("aria-invalid");
};
const tell = (field) => {
  const fault = document.getElementById(`${field.id}-manque`) ?? document.createElement("small");
  fault.id = `${field.id}-manque`;
  fault.className = "erreur";
  fault.textContent = said(field);
  (field.closest("label") ?? field).after(fault);
  field.setAttribute("aria-invalid", "true");
  const others = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== fault.id);
  field.setAttribute("aria-describedby", [...others, fault.id].join(" "));
};

const required = [...form.querySelectorAll("[required]")].filter(said);
for (const field of required) field.addEventListener("input", () => missing(field) || clear(field));
form.addEventListener("submit", (event) => {
  if (event.submitter?.hasAttribute("formaction")) return;
  required.forEach(clear);
  const empty = required.filter(missing);
  if (!empty.length) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  empty.forEach(tell);
  empty[0].focus();
});
