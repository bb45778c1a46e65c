// The calendar beside a date field: the browser's own picker, which fills the text jj/mm/aaaa. The text alone is sent.
const iso = (text) => {
  const found = /^\s*(\d{1,2})[/.-]?(\d{1,2})[/.-]?(\d{4})\s*$/.exec(text);
  return found ? `${found[3]}-${found[2].padStart(2, "0")}-${found[1].padStart(2, "0")}` : "";
};

const start = () => {
  for (const button of document.querySelectorAll("[data-calendrier][hidden]")) {
    const picker = document.createElement("input");
    if (!("showPicker" in picker)) return;
    const field = document.getElementById(button.dataset.calendrier);
    Object.assign(picker, { type: "date", className: "cueilleur", tabIndex: -1, ariaHidden: "true" });
    button.before(picker);
    button.hidden = false;
    button.onclick = () => {
      picker.value = iso(field.value);
      picker.showPicker();
    };
    picker.addEventListener("change", () => {
      if (!picker.value) return;
      field.value = picker.value.split("-").reverse().join("/");
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
    });
  }
};
start();
document.addEventListener("htmx:after:swap", start); // what comes in place has none, and hides their buttons
