// Copying a text: through the browser's clipboard, where it may be used, else by marking the
// text and asking for a copy the old way; where both fail, a person can press Ctrl+C.

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copies]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copies);
  const said = button.parentElement.querySelector("[role=status]");
  let copied = false;
  try {
    await navigator.clipboard.writeText(field.value);
    copied = true;
  } catch {
    field.focus();
    field.select();
    copied = document.execCommand("copy");
  }
  said.textContent = copied ? button.dataset.done : button.dataset.failed;
});
