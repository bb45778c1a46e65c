// « Ce qui change », beside « Valider » of a modification: what the form holds against what the delegation gives, said once
// somebody pauses. Nothing of it is a word of this script: the page has the history's, the form the names of its choices.
const section = document.querySelector("[data-ce-qui-change]");
const { oui, non, aucune, aucun, toutes, fin, sansFin } = section.dataset;
const form = section.closest("form");
const [nothing, list, line] = ["[data-rien]", "ul", "template"].map((one) => section.querySelector(one));
const things = JSON.parse(section.dataset.ceQuiChange)
  .map(([name, what, was]) => ({ what, was, inputs: [...form.querySelectorAll(`[name="${name}"]`)] }))
  .filter(({ inputs }) => inputs.length);
const functions = things.filter(({ inputs }) => inputs[0].type === "radio");
const others = things.filter((thing) => !functions.includes(thing));
const PAUSE = 600;
const FEW = 5; // functions that are named one by one where all end alike
const DAY = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$|^(\d\d)(\d\d)(\d{4})$/;
let shown = "[]";
let timer = 0;

// As it is sent (kit/reading.py); what is no day is shown as it stands.
const day = (typed) => {
  const text = typed.trim();
  const parts = /^\d{4}-\d\d-\d\d$/.test(text) ? text.split("-").reverse() : DAY.exec(text)?.slice(1).filter(Boolean);
  return parts ? parts.map((part) => part.padStart(2, "0")).join("/") : text;
};
// An empty day is an oversight, not a change: an end goes by « Sans date de fin » alone.
const typed = (input, was) => {
  if (input.name === fin && form.elements.namedItem(sansFin)?.checked) return aucune;
  return input.value.trim() ? day(input.value) : was;
};
const is = ({ inputs, was }) => {
  const [first] = inputs;
  const chosen = inputs.filter((input) => input.checked);
  if (first.type === "radio") return chosen[0]?.nextElementSibling.textContent.toLowerCase() ?? was;
  if (first.type !== "checkbox") return typed(first, was);
  if (first.matches("[data-administrateur]")) return first.checked ? oui : non;
  return chosen.map((input) => input.closest("label").textContent.trim()).join(", ") || aucun;
};
const changed = (some) => some.map((thing) => ({ ...thing, now: is(thing) })).filter(({ was, now }) => was !== now);

// Functions that change alike are one line; all of them, when all end alike.
const ofFunctions = () => {
  const found = changed(functions);
  if (found.length > FEW && new Set(functions.map(is)).size === 1) {
    return [[toutes, found[0].now, [...new Set(found.map(({ was }) => was))].join(", ")]];
  }
  const alike = new Map();
  for (const { what, was, now } of found) {
    const [names] = alike.get(was + now) ?? alike.set(was + now, [[], now, was]).get(was + now);
    names.push(what);
  }
  return [...alike.values()].map(([names, now, was]) => [names.join(", "), now, was]);
};
const written = (words) => {
  const one = line.content.cloneNode(true);
  one.querySelectorAll("[data-mot]").forEach((place, index) => { place.textContent = words[index]; });
  return one;
};
const tell = () => {
  const found = [...changed(others).map(({ what, was, now }) => [what, now, was]), ...ofFunctions()];
  if (JSON.stringify(found) === shown) return;
  shown = JSON.stringify(found);
  nothing.hidden = found.length > 0;
  list.hidden = !nothing.hidden;
  list.replaceChildren(...found.map(written));
};
for (const kind of ["input", "change"]) {
  form.addEventListener(kind, () => {
    clearTimeout(timer);
    timer = setTimeout(tell, PAUSE);
  });
}
tell(); // what was typed before this script came, and what a refusal shows again
section.dataset.pret = "";
