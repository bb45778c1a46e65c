// What is typed survives: in this tab alone, under the person's name, until its service keeps it too (`data-garder-a`).
const form = document.querySelector("[data-brouillon]");
const sent = document.querySelector("[data-brouillon-envoye]");
const PAUSE = 800;
const NEAR = 200; // characters left
const LONGEST = 10_000;
if (sent) sessionStorage.removeItem(sent.dataset.brouillonEnvoye);
if (form) {
  const key = form.dataset.brouillon;
  const address = form.dataset.garderA;
  const fields = [...form.querySelectorAll("[data-garder]")];
  const typed = () => JSON.stringify(Object.fromEntries(fields.map((field) => [field.name, field.value])));
  const kept = JSON.parse(sessionStorage.getItem(key) ?? "{}");
  let timer = 0;
  let keeping = null;
  let over = null;
  let leaving = false;
  const draft = () => form.elements.namedItem("brouillon")?.value ?? "";

  // Taken out of the tab once the service has it, unless somebody typed on meanwhile, or leaves the page: the one that
  // comes may have been read before.
  const keep = async () => {
    const now = typed();
    const into = draft();
    const data = new URLSearchParams({ csrf_token: form.elements.namedItem("csrf_token").value, cle: crypto.randomUUID(), brouillon: into, ...JSON.parse(now) });
    const headers = { Accept: "application/problem+json" };
    const answer = await fetch(address, { method: "POST", body: data, headers, keepalive: true, signal: AbortSignal.timeout(LONGEST) }).catch(() => null);
    if (answer?.status === 409) end(into, (await answer.json()).message);
    if (answer?.ok && !leaving && sessionStorage.getItem(key) === now) sessionStorage.removeItem(key);
  };
  // Sent or given up from another page: what is typed stays in this tab, and is kept again once it is another message.
  const end = (which, sentence) => {
    over = which;
    const place = form.querySelector("[data-termine]");
    const line = document.createElement("p");
    line.className = "erreur";
    line.textContent = `${sentence} ${place.dataset.termine}`;
    place.replaceChildren(line);
  };
  // One at a time: of two on their way the older may come last, and its words would stand.
  const start = () => {
    if (keeping) keeping.then(soon);
    else keeping = keep().finally(() => { keeping = null; });
  };
  const soon = () => {
    clearTimeout(timer);
    if (address && (over === null || over !== draft())) timer = setTimeout(start, PAUSE);
  };

  // What was typed before this script came is the newest. What the tab holds is newer than what the service has: it was
  // never told, or the session was over.
  const early = fields.filter((field) => field.value !== field.defaultValue);
  for (const field of fields) {
    if (!early.includes(field)) field.value = address ? kept[field.name] ?? field.value : field.value || (kept[field.name] ?? "");
  }
  if (early.length) sessionStorage.setItem(key, typed());
  if (sessionStorage.getItem(key)) soon();
  form.addEventListener("input", (event) => {
    if (!fields.includes(event.target)) return;
    leaving = false;
    sessionStorage.setItem(key, typed());
    soon();
  });
  addEventListener("beforeunload", () => { leaving = true; });
  // What ends the draft leaves after what was being kept has come: kept later, it would be a draft of what was sent.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (event.defaultPrevented || !keeping) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const pressed = event.submitter;
    keeping.then(() => form.requestSubmit(pressed));
  });
  form.querySelector("[data-abandonner]").addEventListener("click", () => { clearTimeout(timer); sessionStorage.removeItem(key); });
}

// « Nous contacter » says what is missing before anything is sent: object, message and consent, in the page's own words.
if (form?.hasAttribute("data-lettre")) {
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

  // How many characters are left: shown at each key, spoken when somebody stops, and only near the end.
  const counter = form.querySelector("[data-compteur]"), spoken = form.querySelector("[data-compteur-dit]");
  const message = document.getElementById(counter.dataset.compteur);
  let pause = 0;
  const count = () => {
    const left = message.maxLength - message.value.length;
    return (left > 1 ? counter.dataset.reste : counter.dataset.resteUn).replace("{n}", Math.max(0, left).toLocaleString("fr-FR").replace(/\s/g, " "));
  };
  counter.textContent = count();
  message.addEventListener("input", () => {
    counter.textContent = count();
    clearTimeout(pause);
    if (message.maxLength - message.value.length <= NEAR) pause = setTimeout(() => { spoken.textContent = count(); }, PAUSE);
  });

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
}
