/* Says at once that the machine does not answer, and when it does again. */
(() => {
  "use strict";

  const { find, wait } = Lapak;
  const RETRY_MS = 1000;

  let lost = false;

  function connection(isThere) {
    if (lost === !isThere) return;
    lost = !isThere;
    find("#lost").hidden = isThere;
    document.body.classList.toggle("is-lost", lost);
    if (lost) probe();
  }

  /* While the queue sends, its own answers say it sooner. */
  async function probe() {
    while (lost && !Lapak.isSending()) {
      await wait(RETRY_MS);
      try { connection((await fetch("/healthz", { cache: "no-store" })).status < 500); } catch { /* asked again */ }
    }
  }

  document.addEventListener("htmx:sendError", () => connection(false));
  document.addEventListener("htmx:timeout", () => connection(false));
  document.addEventListener("htmx:afterRequest", (event) => { if (event.detail.xhr.status) connection(true); });

  Object.assign(Lapak, { connection, isLost: () => lost });
})();
