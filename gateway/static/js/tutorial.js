// The tutorial of a page: the steps that its page of help lists, one at a time, each beside what it speaks of. They are
// fetched when somebody asks for them. What was seen, and where one stopped, this browser remembers for each person.
const link = document.querySelector("a[data-tutoriel]");
const key = link && `tutoriel ${link.dataset.pour} ${link.dataset.tutoriel}`;
const SEEN = "vu";
const kept = () => { try { return localStorage.getItem(key); } catch { return null; } };
const keep = (value) => { try { localStorage.setItem(key, value); } catch { /* a browser that keeps nothing */ } };
const made = (name, properties = {}) => Object.assign(document.createElement(name), properties);
const button = (textContent, className = "") => made("button", { type: "button", textContent, className });
const point = (seen) => {
  link.toggleAttribute("data-point", !seen);
  link.querySelector("small")?.remove();
  if (!seen) link.append(made("small", { className: "cache", textContent: " (pas encore suivi)" }));
};

const steps = async () => {
  const answer = await fetch(link.href);
  if (!answer.ok) throw new Error(`help ${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return [...page.querySelectorAll("#tutoriel > li")].map((step) => ({
    shows: document.querySelector(step.dataset.montre),
    title: step.querySelector("strong").textContent,
    words: step.querySelector("p").textContent,
  }));
};

const open = (all) => {
  const dialog = made("dialog", { className: "tutoriel" });
  const title = made("h2", { id: "tutoriel-titre" });
  const words = made("p");
  const count = made("small");
  const back = button("Précédent", "secondaire");
  const next = button("Suivant");
  const skip = button("Passer le tutoriel", "secondaire discret");
  const spoken = made("div");
  const row = made("div", { className: "actions" });
  spoken.setAttribute("aria-live", "polite");
  spoken.append(count, title, words);
  row.append(skip, back, next);
  dialog.append(spoken, row);
  dialog.setAttribute("aria-labelledby", title.id);
  let at = Math.min(Number.parseInt(kept(), 10) || 0, all.length - 1);
  let shown = null;
  const leave = () => shown?.classList.remove("tutoriel-montre");
  const show = (number) => {
    leave();
    at = number;
    keep(String(at));
    const step = all[at];
    count.textContent = `Tutoriel, étape ${at + 1} sur ${all.length}`;
    title.textContent = step.title;
    words.textContent = step.words;
    next.textContent = at === all.length - 1 ? "Terminer" : "Suivant";
    if (at === 0 && document.activeElement === back) next.focus();
    back.disabled = at === 0;
    shown = step.shows;
    shown?.classList.add("tutoriel-montre");
    shown?.scrollIntoView({ block: "nearest" });
    dialog.classList.toggle("en-haut", (shown?.getBoundingClientRect().top ?? 0) > innerHeight / 2);
  };
  const done = () => { keep(SEEN); point(true); dialog.close(); };
  const forward = () => (at === all.length - 1 ? done() : show(at + 1));
  next.addEventListener("click", forward);
  back.addEventListener("click", () => show(at - 1));
  skip.addEventListener("click", done);
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowRight" && at < all.length - 1) show(at + 1);
    if (event.key === "ArrowLeft" && at > 0) show(at - 1);
  });
  dialog.addEventListener("close", () => { leave(); dialog.remove(); });
  document.body.append(dialog);
  show(at);
  dialog.showModal();
  next.focus();
};

if (link) {
  point(kept() === SEEN);
  link.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    try {
      open(await steps());
    } catch {
      location.assign(link.href);
    }
  });
}
