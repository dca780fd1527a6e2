/* The customer display follows the pay panel: who leaves a code shows the order again. */
(() => {
  "use strict";

  const { cartPath } = Lapak;

  document.addEventListener("lapak:left", ({ detail }) => {
    if (!detail.querySelector(".qris")) return;
    const headers = JSON.parse(document.body.getAttribute("hx-headers"));
    fetch(cartPath("/shown"), { method: "POST", headers: { "HX-Request": "true", ...headers } }).catch(() => {});
  });
})();
