/* After paying: Enter goes on wherever the focus is, and WhatsApp shows only with a network. */
(() => {
  "use strict";

  const { all, find, keys } = Lapak;

  const reveal = () => all("[data-online]").forEach((link) => { link.hidden = !navigator.onLine; });

  keys.push((event) => {
    const next = find(".is-paid .next");
    if (!next || event.key !== "Enter" || event.target.closest("a, button, input, summary")) return false;
    next.click();
    return true;
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    reveal();
    if (event.detail.target.id === "receipt-choices") find(".is-paid .next")?.focus({ preventScroll: true });
  });
  window.addEventListener("online", reveal);
  window.addEventListener("offline", reveal);
  reveal();
})();
