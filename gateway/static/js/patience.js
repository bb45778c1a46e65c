// Rights given a moment ago are on their way: an empty list looks again by itself, a few times, then waits to be asked.
const KEY = "patience", TRIES = 10, EVERY = 2000;
if (document.querySelector("[data-patience]")) {
  const tries = Number(sessionStorage.getItem(KEY) ?? 0);
  if (tries < TRIES) {
    setTimeout(() => { sessionStorage.setItem(KEY, tries + 1); location.reload(); }, EVERY);
  }
} else {
  sessionStorage.removeItem(KEY);
}
