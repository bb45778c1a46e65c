// « Certifier » appears with a mobile number that is not the certified one, beside which its logo stands (G50, G77); the
// code field takes digits only; a new code waits a minute (C5).
const dialled = (country, typed) => {
  const digits = typed.replace(/\D/g, "");
  if (/^\s*\+/.test(typed)) return `+${digits}`;
  return digits.startsWith("00") ? `+${digits.slice(2)}` : country + digits.replace(/^0/, "");
};
const isMobile = (number) => (number.startsWith("+33") ? /^\+33[67]\d{8}$/.test(number) : /^\+\d{9,}$/.test(number));
const offer = (button) => {
  const input = document.getElementById(button.dataset.certifier);
  const country = input.parentElement.querySelector("select");
  const logo = document.querySelector("[data-logo]");
  const check = () => {
    const number = dialled(country.value, input.value);
    const certified = number === button.dataset.certifie;
    button.hidden = certified || !isMobile(number);
    if (logo) logo.hidden = !certified;
  };
  for (const field of [input, country]) field.addEventListener("input", check);
  check();
};
const start = () => {
  for (const button of document.querySelectorAll("[data-certifier]")) offer(button);
  const code = document.querySelector("[data-code]");
  code?.addEventListener("input", () => { code.value = code.value.replace(/\D/g, "").slice(0, 6); });
};
start();
document.addEventListener("sur-place", start);

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
