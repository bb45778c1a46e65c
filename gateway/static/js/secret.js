// The eye of a password field (G56) and the list of the four sets (G49), counted, and spoken once one stops typing. Hidden
// again when the form leaves. Every sentence is the page's.
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

const PAUSE = 700;
const rules = {
  longueur: (text) => [...text].length >= 8,
  majuscules: (text) => /\p{Lu}/u.test(text),
  minuscules: (text) => /\p{Ll}/u.test(text),
  chiffres: (text) => /\p{Nd}/u.test(text),
  speciaux: (text) => /[^\p{L}\p{Nd}]/u.test(text),
};

for (const list of document.querySelectorAll("[data-regles]")) {
  const input = document.getElementById(list.dataset.regles);
  const seen = list.querySelector("[data-combien]");
  const spoken = list.querySelector("[data-regles-dit]");
  const lines = [...list.querySelectorAll("[data-regle]")];
  const held = (line) => rules[line.dataset.regle](input.value);
  let timer = 0;
  const check = () => {
    for (const line of lines) line.classList.toggle("tenue", held(line));
    const sets = lines.filter((line) => line.dataset.regle !== "longueur" && held(line)).length;
    const { compte, compteUn, assezLong, tropCourt } = list.dataset;
    seen.textContent = (sets > 1 ? compte : compteUn).replace("{n}", sets);
    seen.classList.toggle("assez", sets >= 3);
    return `${rules.longueur(input.value) ? assezLong : tropCourt}. ${seen.textContent}.`;
  };
  input.addEventListener("input", () => {
    const says = check();
    clearTimeout(timer);
    timer = setTimeout(() => { if (spoken.textContent !== says) spoken.textContent = says; }, PAUSE);
    // What the server said was of what is no longer there.
    list.querySelector("[data-courant]").classList.remove("refusee");
    document.getElementById(`${input.id}-erreur`)?.remove();
    input.removeAttribute("aria-invalid");
  });
  check();
}
