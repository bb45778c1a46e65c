// The eye of a password field (G56) and the list of the four sets (G49). Hidden again when the form leaves.
const show = (button, input, visible) => {
  input.type = visible ? "text" : "password";
  button.setAttribute("aria-pressed", String(visible));
};

for (const button of document.querySelectorAll("[data-oeil]")) {
  const input = document.getElementById(button.dataset.oeil);
  button.hidden = false;
  button.addEventListener("click", () => show(button, input, input.type === "password"));
  input.form.addEventListener("submit", () => show(button, input, false));
}

const rules = {
  longueur: (text) => [...text].length >= 8,
  majuscules: (text) => /\p{Lu}/u.test(text),
  minuscules: (text) => /\p{Ll}/u.test(text),
  chiffres: (text) => /\p{Nd}/u.test(text),
  speciaux: (text) => /[^\p{L}\p{Nd}]/u.test(text),
};

for (const list of document.querySelectorAll("[data-regles]")) {
  const input = document.getElementById(list.dataset.regles);
  const check = () => {
    for (const line of list.querySelectorAll("[data-regle]")) {
      line.classList.toggle("tenue", rules[line.dataset.regle](input.value));
    }
  };
  input.addEventListener("input", check);
  check();
}
