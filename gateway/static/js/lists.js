// Sorting and paging of a list take its new lines in place: focus and place are kept, the address says where one is. What
// is chosen in a list stands beside « Valider ». Where a page has no htmx the link is followed as any other.
const LINKS = "#resultats .tri, #resultats .pages a";
const named = (link) => link.getAttribute("aria-label") ?? link.textContent.trim();
document.addEventListener("click", (event) => {
  const link = event.target.closest?.(LINKS);
  if (!link || !globalThis.htmx || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  const { href } = link, wanted = named(link);
  const there = { target: "#resultats", select: "#resultats", swap: "outerMorph", push: href.split("#")[0] };
  globalThis.htmx.ajax("GET", href, there).then(() => {
    const sort = document.querySelector("#filtres input[name=tri]");
    if (sort) sort.value = new URL(href).searchParams.get("tri") ?? sort.value;
    const again = [...document.querySelectorAll(LINKS)].find((one) => named(one) === wanted);
    (again ?? document.querySelector("#resultats .pages [aria-current], #resultats .pages a"))?.focus();
  }).catch(() => { location.href = href; });
});
const echo = () => {
  const place = document.querySelector("[data-choisi]");
  const chosen = document.querySelector("#choix input[type=radio]:checked");
  if (!place || !chosen) return;
  const name = document.createElement("bdi");
  name.textContent = chosen.getAttribute("aria-label");
  place.replaceChildren(name);
};
document.addEventListener("change", (event) => { if (event.target.matches("#choix input[type=radio]")) echo(); });
document.addEventListener("htmx:after:swap", echo);
echo();
// On a narrow screen the sorts and the filters of a list, and the menu, are folded until asked for.
let unfolded = false;
const fold = () => {
  const button = document.querySelector("[data-plier-liste]");
  if (!button) return;
  button.hidden = false;
  button.setAttribute("aria-expanded", unfolded);
  button.nextElementSibling.classList.toggle("pliee", !unfolded);
};
const menu = document.querySelector("[data-plier-menu]");
if (menu) {
  menu.hidden = false;
  menu.parentElement.classList.add("pliee");
}
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-plier-liste]")) { unfolded = !unfolded; fold(); }
  if (menu?.contains(event.target)) {
    menu.setAttribute("aria-expanded", !menu.parentElement.classList.toggle("pliee"));
  }
});
document.addEventListener("htmx:after:swap", fold);
fold();
