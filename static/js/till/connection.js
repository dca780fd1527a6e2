/* Says at once that the machine does not answer, that it is slow, and when it is there again.

   While it is lost, presses are refused where they are made (see sending.js); while it is
   slow they are kept. What is typed stays where it is. */
(() => {
  "use strict";

  const { find, wait } = Lapak;
  const RETRY_MS = 1000;
  const GIVE_UP_MS = 4000;
  /* A payment sent twice is one sale, so a form may give up waiting and be sent again. */
  const FORM_GIVE_UP_MS = 8000;

  let lost = false;

  function connection(isThere) {
    if (isThere) slow(false);
    if (lost === !isThere) return;
    lost = !isThere;
    find("#lost").hidden = isThere;
    document.body.classList.toggle("is-lost", lost);
    if (lost) { slow(false); probe(); }
  }

  function slow(isSlow) { find("#slow").hidden = !isSlow || lost; }

  /* While the queue sends, its own answers say it sooner. */
  async function probe() {
    while (lost) {
      await wait(RETRY_MS);
      if (Lapak.isSending()) continue;
      try {
        const answer = await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(GIVE_UP_MS) });
        connection(answer.status < 500);
      } catch { /* asked again */ }
    }
  }

  function refuse(element) {
    element?.classList.add("is-refused");
    setTimeout(() => element?.classList.remove("is-refused"), 400);
  }

  window.addEventListener("offline", () => connection(false));
  document.addEventListener("htmx:sendError", () => connection(false));
  document.addEventListener("htmx:timeout", () => connection(false));
  document.addEventListener("htmx:afterRequest", (event) => { if (event.detail.xhr.status) connection(true); });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (!lost || event.detail.requestConfig.verb === "get") return;
    event.preventDefault();
    refuse(find(".is-primary", event.detail.elt) ?? event.detail.elt);
  });

  if (find("#cart")) htmx.config.timeout = FORM_GIVE_UP_MS;
  Object.assign(Lapak, { connection, refuse, slow, isLost: () => lost });
})();
