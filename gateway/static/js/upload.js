// Attachments (G83): each goes up as it is chosen, three at once, into the draft that the service keeps. What is too much
// is said before it leaves; a cut, a refusal or a session that is over loses nothing. Every sentence is the page's.
const zone = document.querySelector("[data-depot]");
const form = zone.closest("form");
const input = zone.querySelector('input[type="file"]');
const list = zone.querySelector("[data-fichiers]");
const model = zone.querySelector("[data-modele]");
const total = zone.querySelector("[data-total]");
const refused = zone.querySelector("[data-refus]");
const pieces = form.elements.namedItem("pieces");
const draft = form.elements.namedItem("brouillon");
const maxFiles = Number(zone.dataset.maxFichiers);
const maxBytes = Number(zone.dataset.maxOctets);
const AT_ONCE = 3;
const KIND = "application/problem+json";
const waiting = [];
const going = new Set();
const failed = new Set();
let sender = null;

const says = (name, values = {}) => zone.dataset[name].replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
const bytes = new Intl.NumberFormat("fr-FR", { style: "unit", unit: "byte", unitDisplay: "long" });
const size = (n) => {
  if (n < 1024) return bytes.format(n);
  return n < 1048576 ? `${Math.round(n / 1024)} ko` : `${(n / 1048576).toFixed(1).replace(".", ",")} Mo`;
};
const token = () => form.elements.namedItem("csrf_token").value;
const kept = () => [...list.querySelectorAll("[data-piece]")];
const held = () => {
  const unsent = [...waiting, ...going, ...failed].map((one) => one.file.size);
  const sizes = [...kept().map((line) => Number(line.dataset.taille)), ...unsent];
  return { count: sizes.length, size: sizes.reduce((sum, one) => sum + one, 0) };
};
const show = () => {
  const { count, size: sum } = held();
  const values = { n: count, taille: size(sum), limite: size(maxBytes) };
  list.hidden = list.children.length === 0;
  pieces.value = `,${kept().map((line) => line.dataset.piece).join(",")}`;
  total.textContent = sender ? says("attente") : count ? says(count > 1 ? "compte" : "compteUn", values) : "";
};

const complain = (sentence) => {
  const line = document.createElement("p");
  line.className = "erreur";
  line.textContent = sentence;
  refused.append(line);
};
const add = (chosen) => {
  refused.replaceChildren();
  const over = held().count + chosen.length - maxFiles;
  for (const file of chosen) {
    const { count, size: sum } = held();
    const values = { nom: file.name, taille: size(file.size) };
    if (count >= maxFiles) complain(says("tropDeFichiers", { ...values, exces: over }));
    else if (sum + file.size > maxBytes) complain(says("tropDOctets", { ...values, exces: size(sum + file.size - maxBytes) }));
    else queue(file);
  }
  input.value = "";
  next();
};

const queue = (file) => {
  const row = model.content.firstElementChild.cloneNode(true);
  const part = (name) => row.querySelector(`[data-${name}]`);
  const one = { file, row, key: crypto.randomUUID(), fault: part("faute"), again: part("reessayer"), login: part("connexion") };
  one.progress = row.querySelector("progress");
  part("nom").textContent = file.name;
  part("poids").textContent = size(file.size);
  one.progress.setAttribute("aria-label", says("envoi", { nom: file.name }));
  part("retirer").setAttribute("aria-label", says("retirer", { nom: file.name }));
  one.again.setAttribute("aria-label", says("reessayer", { nom: file.name }));
  one.again.addEventListener("click", () => retry(one));
  part("retirer").addEventListener("click", () => drop(one));
  list.append(row);
  waiting.push(one);
};
const next = () => {
  while (going.size < AT_ONCE && waiting.length) send(waiting.shift());
  show();
  if (!sender || going.size) return;
  const button = sender;
  sender = null;
  if (failed.size) {
    complain(says("incomplet"));
    show();
  } else form.requestSubmit(button);
};
const send = (one) => {
  going.add(one);
  const data = new FormData();
  for (const [name, value] of [["csrf_token", token()], ["cle", one.key], ["brouillon", draft.value], ["fichiers", one.file]]) data.append(name, value);
  const request = (one.request = new XMLHttpRequest());
  request.open("POST", zone.dataset.pieces);
  request.setRequestHeader("Accept", KIND);
  request.upload.addEventListener("progress", (event) => {
    one.progress.value = event.total ? (100 * event.loaded) / event.total : 0;
  });
  request.addEventListener("load", () => (request.status === 201 ? done(one) : fail(one)));
  request.addEventListener("error", () => fail(one));
  request.send(data);
};
const done = (one) => {
  going.delete(one);
  const page = new DOMParser().parseFromString(one.request.responseText, "text/html");
  one.row.replaceWith(...page.querySelectorAll("[data-piece]"));
  next();
};
const fail = (one) => {
  going.delete(one);
  const said = one.request.getResponseHeader("Content-Type")?.startsWith(KIND) ? JSON.parse(one.request.responseText) : {};
  if ([400, 404, 413, 422].includes(one.request.status)) {
    one.row.remove();
    complain(said.message ?? says("coupe"));
    sender = null; // the message does not leave without a file that was to go with it, unless it is asked again
  } else {
    failed.add(one);
    one.fault.textContent = said.message ?? says("coupe");
    one.progress.hidden = true;
    one.again.hidden = false;
    one.login.hidden = said.code !== zone.dataset.fin;
  }
  next();
};
// Logged in again, in another tab: the forms of this page carry the token of the session before. Or the draft is over
// (409), and who tries again begins the next one.
const renew = async (status) => {
  const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
  const fresh = page.querySelector('input[name="csrf_token"]');
  if (fresh) for (const field of document.querySelectorAll('input[name="csrf_token"]')) field.value = fresh.value;
  const next = page.querySelector('input[name="brouillon"]');
  if (next && status === 409) draft.value = next.value;
};
const retry = async (one) => {
  failed.delete(one);
  one.fault.textContent = "";
  one.progress.hidden = false;
  one.again.hidden = one.login.hidden = true;
  waiting.push(one);
  if ([401, 403, 409].includes(one.request.status)) await renew(one.request.status).catch(() => {});
  next();
};
const drop = (one) => {
  one.request?.abort();
  going.delete(one);
  failed.delete(one);
  if (waiting.includes(one)) waiting.splice(waiting.indexOf(one), 1);
  one.row.remove();
  input.focus();
  next();
};
const remove = async (button) => {
  const data = new URLSearchParams({ csrf_token: token(), cle: crypto.randomUUID() });
  const answer = await fetch(button.formAction, { method: "POST", body: data, headers: { Accept: KIND } }).catch(() => null);
  refused.replaceChildren();
  if (answer?.ok) {
    button.closest("[data-piece]").remove();
    input.focus();
  } else complain(answer?.headers.get("Content-Type")?.startsWith(KIND) ? (await answer.json()).message : says("coupe"));
  show();
};

input.addEventListener("change", () => add([...input.files]));
list.addEventListener("click", (event) => {
  const button = event.target.closest("[data-piece] [data-retirer]");
  if (!button) return;
  event.preventDefault();
  remove(button);
});
form.addEventListener("submit", (event) => {
  if (event.submitter?.hasAttribute("formaction") || !(going.size || waiting.length || failed.size)) return;
  event.preventDefault();
  refused.replaceChildren();
  if (going.size || waiting.length) sender = event.submitter;
  else complain(says("incomplet"));
  show();
});
for (const name of ["dragenter", "dragover"]) {
  zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add("survol"); });
}
for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.remove("survol"));
zone.addEventListener("drop", (event) => { event.preventDefault(); add([...event.dataTransfer.files]); });
if (input.files.length) add([...input.files]); // chosen before this script came
