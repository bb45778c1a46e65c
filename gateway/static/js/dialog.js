// A dialog that the page came with, shown over it: the rest waits. Escape and « Annuler » close it and lead to the page.
const dialog = document.querySelector("[data-dialogue]");
if (dialog) {
  const leave = dialog.querySelector("[data-fermer]");
  dialog.close();
  dialog.showModal();
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    leave.click();
  });
}
