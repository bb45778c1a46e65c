// The alert bubble opens on hover and focus too; the pointer may enter it; Escape closes it (WCAG 1.4.13).
const openOn = (trigger) => {
  const bubble = document.getElementById(trigger.dataset.bulle);
  const open = () => { if (!bubble.matches(":popover-open")) { bubble.showPopover({ source: trigger }); place(); } };
  const place = () => {
    if (CSS.supports("position-area", "bottom")) return;
    const box = trigger.getBoundingClientRect();
    bubble.style.top = `${box.bottom + 4}px`;
    bubble.style.left = `${Math.max(8, Math.min(box.left, innerWidth - bubble.offsetWidth - 8))}px`;
  };
  let timer;
  const close = () => { timer = setTimeout(() => bubble.hidePopover(), 200); };
  for (const part of [trigger, bubble]) {
    part.addEventListener("pointerenter", (event) => {
      clearTimeout(timer);
      if (event.pointerType === "mouse") open();
    });
    part.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") close(); });
  }
  trigger.addEventListener("focus", () => { if (trigger.matches(":focus-visible")) open(); });
  trigger.addEventListener("blur", () => bubble.hidePopover());
};
const start = (root) => {
  for (const trigger of root.querySelectorAll("[data-bulle]:not([data-pret])")) {
    trigger.dataset.pret = "";
    openOn(trigger);
  }
};
start(document);
document.addEventListener("htmx:after:swap", () => start(document));
