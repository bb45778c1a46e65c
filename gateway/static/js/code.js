// « Certifier » appears with a mobile number (G77); the code field takes digits only; a new code waits a minute (C5).
for (const button of document.querySelectorAll("[data-certifier]")) {
  const input = document.getElementById(button.dataset.certifier);
  const check = () => { button.hidden = input.value.replace(/\D/g, "").length < 9; };
  input.addEventListener("input", check);
  check();
}

const code = document.querySelector("[data-code]");
if (code) {
  code.addEventListener("input", () => { code.value = code.value.replace(/\D/g, "").slice(0, 6); });
}

const again = document.querySelector("[data-renvoi]:not([data-premier])");
if (again) {
  const says = document.querySelector("[data-attente]");
  const until = Date.now() + Number(again.dataset.renvoi) * 1000;
  const tick = () => {
    const left = Math.ceil((until - Date.now()) / 1000);
    again.disabled = left > 0;
    if (left <= 0) says.textContent = "";
    else if (says.textContent === "" || left % 15 === 0) says.textContent = `Nouvel envoi possible dans ${left} secondes.`;
    if (left > 0) setTimeout(tick, 1000);
  };
  tick();
}
