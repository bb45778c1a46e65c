// What sticks out of the window, or of its card (but for what scrolls by itself); a part of a line's cell that is not
// under the one before; a short word of a sentence, broken in two where nothing but its box is narrow.
() => {
  const out = document.documentElement.scrollWidth > innerWidth ? ["the window scrolls sideways"] : [];
  const seen = (one) => one.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
  const say = (what, one) => out.push(`${what}: ${one.outerHTML.slice(0, 90)}`);
  const box = (one) => one.getBoundingClientRect();

  function scrolls(one, top) {
    for (let at = one; at && at !== top; at = at.parentElement)
      if (getComputedStyle(at).overflowX !== "visible") return true;
    return false;
  }
  for (const card of document.querySelectorAll(".carte"))
    for (const one of card.querySelectorAll("*"))
      if (seen(one) && box(one).right > box(card).right + 1 && !scrolls(one, card)) say("out of its card", one);

  for (const cell of document.querySelectorAll(".liste tbody [data-label]")) {
    if (getComputedStyle(cell).display !== "grid") continue;
    const lefts = [...cell.children].filter(seen).map((one) => Math.round(box(one).left));
    if (new Set(lefts).size > 1) say("not under what is before it", cell);
  }

  const word = /(?<![\p{L}\p{N}@./-])\p{L}{3,12}(?![\p{L}\p{N}@./-])/gu; // no address, no path
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text; (text = texts.nextNode()); ) {
    const around = text.parentElement;
    if (!seen(around) || around.closest("dialog:not([open]), code, pre")) continue;
    for (const found of text.data.matchAll(word)) {
      const range = document.createRange();
      range.setStart(text, found.index);
      range.setEnd(text, found.index + found[0].length);
      const parts = [...range.getClientRects()].filter((one) => one.width > 1);
      if (new Set(parts.map((one) => Math.round(one.top))).size > 1) say(`« ${found[0]} » is broken`, around);
    }
  }
  return out;
}
