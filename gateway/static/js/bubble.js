// The alert bubble opens on hover and focus too; the pointer may enter it; Escape closes it (WCAG 1.4.13). A press after a
// hover pins it: it stays until Escape, another press or a press elsewhere.
const openOn = (trigger) => {
  const bubble = document.getElementById(trigger.dataset.bulle);
  const open = () => { if (!bubble.matches(":popover-open")) { bubble.showPopover({ source: trigger }); place(); } };
  const place = () => {
    if (CSS.supports("position-area", "bottom")) return;
    const box = trigger.getBoundingClientRect();
    bubble.style.top = `${box.bottom + 4}px`;
    bubble.style.left = `${Math.max(8, Math.min(box.left, innerWidth - bubble.offsetWidth - 8))}px`;
  };
  let timer, pinned = false, hovered = false;
  const close = () => { if (!pinned) timer = setTimeout(() => bubble.hidePopover(), 200); };
  bubble.addEventListener("toggle", (event) => { if (event.newState === "closed") pinned = hovered = false; });
  trigger.addEventListener("click", (event) => {
    if (trigger.tagName !== "BUTTON" || !hovered || pinned || !bubble.matches(":popover-open")) return;
    event.preventDefault();
    pinned = true;
  });
  for (const part of [trigger, bubble]) {
    part.addEventListener("pointerenter", (event) => {
      clearTimeout(timer);
      if (event.pointerType === "mouse") { open(); hovered = true; }
    });
    part.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") close(); });
  }
  trigger.addEventListener("focus", () => { if (trigger.matches(":focus-visible")) open(); });
  trigger.addEventListener("blur", (event) => { if (!pinned && !bubble.contains(event.relatedTarget)) bubble.hidePopover(); });
};
const start = (root) => {
  for (const trigger of root.querySelectorAll("[data-bulle]:not([data-pret])")) {
    trigger.dataset.pret = "";
    openOn(trigger);
  }
};
start(document);
document.addEventListener("htmx:after:swap", () => start(document));
