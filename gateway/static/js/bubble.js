// The bubble of a bell: one for the page, filled when a bell is pointed at, focused or pressed; what it said is kept until
// the page is left. The pointer may enter it, Escape closes it (WCAG 1.4.13). A press pins it: it stays until Escape,
// another press or a press elsewhere. In a list the bell, which leads to « Suivi DSN » without this, becomes its button.
const bubble = document.getElementById("bulle");
const KIND = "application/problem+json", SOON = 80, LATER = 200, LONGEST = 10_000; // milliseconds
const kept = new Map(), ready = new WeakSet();
let source = null, pinned = false, timer;
const bellOf = (trigger) => trigger.closest("a") ?? trigger.previousElementSibling;
const isButton = (trigger) => trigger.matches("button, .liste a");
const say = (content) => {
  if (typeof content === "string") bubble.textContent = content;
  else bubble.replaceChildren(content.content.cloneNode(true));
};
const ask = async (bell) => {
  const address = `${bell.pathname}/bulle/${bell.dataset.bulle}`;
  if (kept.has(address)) return kept.get(address);
  const asked = { headers: { Accept: KIND }, signal: AbortSignal.timeout(LONGEST) };
  const answer = await fetch(address, asked).catch(() => null);
  if (answer?.ok) {
    const content = document.createElement("template");
    content.innerHTML = await answer.text();
    kept.set(address, content);
    return content;
  }
  return answer?.headers.get("Content-Type")?.startsWith(KIND) ? (await answer.json()).message : bubble.dataset.coupe;
};
const place = () => {
  if (CSS.supports("position-area", "bottom")) return;
  const box = source.getBoundingClientRect();
  bubble.style.top = `${box.bottom + 4}px`;
  bubble.style.left = `${Math.max(8, Math.min(box.left, innerWidth - bubble.offsetWidth - 8))}px`;
};
const close = () => {
  clearTimeout(timer);
  if (!source) return;
  bellOf(source).removeAttribute("aria-describedby");
  if (isButton(source)) source.setAttribute("aria-expanded", "false");
  source = null;
  pinned = false;
  bubble.hidePopover();
};
const open = async (trigger) => {
  clearTimeout(timer);
  if (source === trigger) return;
  close();
  source = trigger;
  if (isButton(trigger)) trigger.setAttribute("aria-expanded", "true");
  say(bubble.dataset.attente);
  bubble.showPopover({ source: trigger });
  place();
  const content = await ask(bellOf(trigger));
  if (source !== trigger) return;
  say(content);
  bellOf(trigger).setAttribute("aria-describedby", bubble.id);
  place();
};
const press = (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const trigger = event.currentTarget;
  if (source === trigger && pinned) return close();
  open(trigger);
  pinned = true;
};
const openOn = (trigger) => {
  if (isButton(trigger)) {
    trigger.addEventListener("click", press);
    trigger.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      trigger.click();
    });
  }
  trigger.addEventListener("pointerenter", (event) => {
    if (event.pointerType !== "mouse") return;
    clearTimeout(timer);
    if (!pinned) timer = setTimeout(() => open(trigger), SOON);
  });
  trigger.addEventListener("pointerleave", leave);
  trigger.addEventListener("focus", () => { if (trigger.matches(":focus-visible")) open(trigger); });
  trigger.addEventListener("blur", blur);
};
const leave = (event) => {
  clearTimeout(timer);
  if (event.pointerType === "mouse" && !pinned) timer = setTimeout(close, LATER);
};
const blur = (event) => {
  if (!pinned && source && !bubble.contains(event.relatedTarget) && event.relatedTarget !== source) close();
};
const start = (root) => {
  if (source && !source.isConnected) close();
  for (const trigger of root.querySelectorAll("[data-bulle]")) {
    if (trigger.tagName === "A" && isButton(trigger)) trigger.setAttribute("role", "button");
    if (isButton(trigger)) trigger.setAttribute("aria-expanded", trigger === source);
    if (ready.has(trigger)) continue; // new lines are put into those that are there
    ready.add(trigger);
    openOn(trigger);
  }
};
if (bubble) {
  bubble.addEventListener("pointerenter", () => clearTimeout(timer));
  bubble.addEventListener("pointerleave", leave);
  bubble.addEventListener("focusout", blur);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  document.addEventListener("pointerdown", (event) => {
    if (source && !bubble.contains(event.target) && !source.contains(event.target)) close();
  });
  start(document);
  document.addEventListener("htmx:after:swap", () => start(document));
}
