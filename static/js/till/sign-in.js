/* Signing in: digits go to the PIN, and a wrong one may cost a wait that is counted down. */
(() => {
  "use strict";

  const { find } = Lapak;

  function countDown(refusal) {
    let left = Number(refusal.dataset.wait);
    const button = find("#sign-in .is-primary");
    const pin = find("#pin");
    pin.value = "";
    pin.focus();
    if (!left) return;
    button.disabled = true;
    const words = button.textContent;
    const tick = setInterval(() => {
      button.textContent = `${words} (${left})`;
      left -= 1;
      if (left < 0) { clearInterval(tick); button.textContent = words; button.disabled = false; }
    }, 1000);
  }

  document.addEventListener("htmx:afterSwap", (event) => {
    const refusal = find("[data-wait]");
    if (refusal && event.detail.target.id === "message") countDown(refusal);
  });

  document.addEventListener("change", (event) => {
    if (event.target.name === "operator") find("#pin").focus();
  });

  Lapak.keys.push((event) => {
    const pin = find("#pin");
    if (pin && !Lapak.typing() && /^\d$/.test(event.key)) pin.focus();
    return false;
  });
})();
