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
