// Two minutes before the session ends a dialog says so, and one press prolongs it (WCAG 2.2.1). A page that is opened in
// another tab prolongs it too: tabs tell each other, so that no dialog opens for nothing.
const dialog = document.querySelector("[data-session]");
const AHEAD = 120_000, KEY = "session-fin";
const stay = dialog?.querySelector("[data-rester]");
const token = document.querySelector("[name=csrf_token]")?.value;
const whose = document.querySelector("[data-pour]")?.dataset.pour ?? "";
let end = 0, atLimit = false, timer;

const show = (state) => {
  for (const part of dialog.querySelectorAll("[data-etat]")) part.hidden = part.dataset.etat !== state;
  stay.hidden = state !== "proche";
  if (!dialog.open) dialog.showModal();
};
const plan = () => {
  clearTimeout(timer);
  const left = end - Date.now();
  if (left > AHEAD && dialog.open) dialog.close();
  if (left > AHEAD) timer = setTimeout(plan, left - AHEAD);
  else if (left > 0) { show(atLimit ? "plafond" : "proche"); timer = setTimeout(plan, left); }
  else show("finie");
};
const until = (seconds, hour) => {
  end = Date.now() + seconds * 1000;
  if (hour) for (const part of dialog.querySelectorAll("[data-heure]")) part.textContent = hour;
  try { localStorage.setItem(KEY, JSON.stringify([whose, end])); } catch { /* a browser that keeps nothing */ }
  plan();
};
const prolong = async () => {
  const answer = await fetch(dialog.dataset.session, { method: "POST", headers: { "X-CSRFToken": token } });
  if (!answer.ok || answer.redirected) throw new Error("no session");
  const { secondes, heure } = await answer.json();
  atLimit = secondes * 1000 <= AHEAD;
  until(secondes, heure);
};
if (dialog) {
  stay.addEventListener("click", () => prolong().catch(() => show("finie")));
  dialog.querySelector("[data-fermer-session]").addEventListener("click", () => dialog.close());
  addEventListener("storage", (event) => {
    const [who, then] = JSON.parse(event.key === KEY ? event.newValue : null) ?? [];
    if (who !== whose || !(then > end)) return;
    end = then;
    plan();
  });
  until(Number(dialog.dataset.secondes));
}
