// A button of a part of a form acts without leaving the page: only that part and the keys of the form are taken from the
// answer, so what was typed beside it stays. Passwords are not sent with it. Without an answer the page is sent whole.
const part = () => document.querySelector("[data-sur-place]");
const form = part()?.closest("form");
const take = (page) => {
  const fresh = page.querySelector("[data-sur-place]");
  const its = fresh.closest("form");
  for (const name of ["csrf_token", "cle"]) form.elements[name].value = its.elements[name].value;
  part().replaceWith(document.adoptNode(fresh));
  document.dispatchEvent(new Event("sur-place"));
  part().querySelector("[autofocus], [aria-invalid]")?.focus();
};
const ask = async (pressed) => {
  const body = new FormData(form, pressed);
  for (const secret of form.querySelectorAll("[autocomplete='new-password']")) body.delete(secret.name);
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(body) });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (page.querySelector("[data-sur-place]")) take(page);
  else location.reload();
};
let whole = false;
form?.addEventListener("submit", (event) => {
  const pressed = event.submitter;
  if (whole || !pressed || !part().contains(pressed)) return;
  event.preventDefault();
  ask(pressed).catch(() => { whole = true; pressed.click(); });
});
form?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("[data-code]")) return;
  event.preventDefault();
  part().querySelector("[data-verifier]").click();
});
