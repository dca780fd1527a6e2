/* What a press does, and forms that are sent once. */
(() => {
  "use strict";

  const { all, find, presses } = Lapak;

  presses.help = async () => {
    const help = find("#help");
    if (!help.firstElementChild && !Lapak.isLost()) await htmx.ajax("GET", "/help", help);
    if (help.firstElementChild && !help.open) help.showModal();
  };

  document.addEventListener("click", (event) => {
    const pay = event.target.closest("[data-pay]");
    if (pay) { event.preventDefault(); Lapak.openPay(); return; }
    const button = event.target.closest("button");
    const kind = button && Object.keys(presses).find((name) => name in button.dataset);
    if (kind && presses[kind](button) === true) event.preventDefault();
    /* A word that was read makes room for what it covers. */
    if (event.target.closest("#message") && find("#cart")) Lapak.say("");
    const menu = find(".menu[open]");
    if (menu && !menu.contains(event.target)) menu.open = false;
  });

  /* A form pressed once is not pressed again until the page is shown anew. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.hasAttribute("data-once") || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent !== undefined) { event.preventDefault(); return; }
    form.dataset.sent = "";
  });
  window.addEventListener("pageshow", () => all("[data-sent]").forEach((form) => { delete form.dataset.sent; }));

  document.addEventListener("htmx:afterSwap", (event) => {
    const strip = find(".paper[role=log]");
    if (strip && event.detail.target.id === "feed") strip.lastElementChild.scrollIntoView({ block: "end" });
  });
})();
