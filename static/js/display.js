/* The customer display: asks twice a second what to show; says so when nobody answers. */
(() => {
  "use strict";

  const POLL_MS = 500;
  const GIVE_UP_MS = 3000;
  const SURE_AFTER = 2;
  const main = document.querySelector("main");
  const lost = document.querySelector("#lost");
  let failures = 0;

  function shown() {
    const lines = document.querySelector("#scene ol");
    if (lines) lines.scrollTop = lines.scrollHeight;
  }

  async function look() {
    const seen = document.querySelector("#scene").dataset.seen;
    try {
      const answer = await fetch(`${main.dataset.address}?seen=${seen}`, {
        headers: { "HX-Request": "true" },
        cache: "no-store",
        signal: AbortSignal.timeout(GIVE_UP_MS),
      });
      if (answer.status >= 500) throw new Error(String(answer.status));
      if (answer.headers.has("HX-Redirect") || answer.status >= 400) { location.reload(); return; }
      if (answer.status === 200) {
        const html = await answer.text();
        document.querySelector("#scene").outerHTML = html;
        shown();
      }
      failures = 0;
    } catch {
      failures += 1;
    }
    lost.hidden = failures < SURE_AFTER;
    setTimeout(look, POLL_MS);
  }

  /* A display that falls asleep shows nothing; where the browser lets it, it stays awake. */
  const wake = () => { navigator.wakeLock?.request("screen").catch(() => {}); };
  document.addEventListener("visibilitychange", () => { if (!document.hidden) wake(); });

  wake();
  shown();
  setTimeout(look, POLL_MS);
})();
