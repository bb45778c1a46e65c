// The calendar beside a date field: the browser's own picker, which fills the text jj/mm/aaaa. The text alone is sent.
const iso = (text) => {
  const found = /^\s*(\d{1,2})[/.-]?(\d{1,2})[/.-]?(\d{4})\s*$/.exec(text);
  return found ? `${found[3]}-${found[2].padStart(2, "0")}-${found[1].padStart(2, "0")}` : "";
};

for (const button of document.querySelectorAll("[data-calendrier]")) {
  const field = document.getElementById(button.dataset.calendrier);
  const picker = document.createElement("input");
  if (!("showPicker" in picker)) continue;
  Object.assign(picker, { type: "date", className: "cueilleur", tabIndex: -1, ariaHidden: "true" });
  button.before(picker);
  button.hidden = false;
  button.addEventListener("click", () => {
    picker.value = iso(field.value);
    picker.showPicker();
  });
  picker.addEventListener("change", () => {
    if (!picker.value) return;
    field.value = picker.value.split("-").reverse().join("/");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
}
