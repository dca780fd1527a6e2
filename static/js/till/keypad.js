/* Keypads for a finger, and the dots in amounts. */
(() => {
  "use strict";

  const { digits, dotted, presses } = Lapak;
  const AMOUNTS = ["tendered", "amount", "float"];

  function typeKey(field, key) {
    if (field.disabled) return;
    const isPin = field.type === "password";
    const now = isPin ? field.value : digits(field.value);
    let next = key === "back" ? now.slice(0, -1) : key === "clear" ? "" : now + key;
    if (!isPin) next = next && dotted(digits(next).replace(/^0+(?=\d)/, ""));
    if (next.length > field.maxLength) return;
    field.value = next;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  Object.assign(presses, {
    key: (button) => typeKey(document.getElementById(button.closest("[data-keypad]").dataset.keypad), button.dataset.key),
    set: (button) => { document.getElementById(button.dataset.set).value = dotted(button.dataset.value); },
  });

  document.addEventListener("input", ({ target }) => {
    if (AMOUNTS.includes(target.id)) target.value = target.value && dotted(digits(target.value));
  });
})();
