/* News: what other screens did to the order on this one, and whether the machine is there. */
(() => {
  "use strict";

  const { cart, connection, epoch, find, isBusy, isLost, say, showParts, slow, wait } = Lapak;
  const EVERY_MS = 1000;
  const SLOW_MS = 1200;
  const GIVE_UP_MS = 2500;

  async function ask() {
    const { cart: id, seen } = cart().dataset;
    const asked = epoch();
    const query = new URLSearchParams({ seen, queue: find("#queue")?.dataset.seen ?? "" });
    const late = setTimeout(() => slow(true), SLOW_MS);
    let answer;
    let html;
    try {
      answer = await fetch(`/carts/${id}/news?${query}`, {
        headers: { "HX-Request": "true" },
        cache: "no-store",
        signal: AbortSignal.timeout(GIVE_UP_MS),
      });
      html = await answer.text();
      connection(answer.status < 500);
    } catch {
      connection(false);
      return;
    } finally {
      clearTimeout(late);
    }
    if (asked !== epoch() || isBusy()) return;
    const go = answer.headers.get("HX-Redirect");
    if (go) location.assign(go);
    else if (answer.status === 200) await tell(id, html, answer.headers.get("Lapak-Cart"));
  }

  async function tell(id, html, left) {
    const paying = find("#pay .methods");
    if (left === "paid" && paying) { location.assign(`/sales/${id}/paid`); return; }
    if (left && paying) Lapak.closePay();
    const before = cart().dataset.seen;
    showParts(html);
    if (left || !paying || cart().dataset.seen === before) return;
    await Lapak.payAnew();
    say(`<p class="message">${find("#said").dataset.changed}</p>`);
  }

  /* Whoever presses is answered with what is so now; only a page left alone has to ask. */
  async function follow() {
    let before = epoch();
    while (cart()) {
      await wait(EVERY_MS);
      const isPressed = before !== epoch();
      before = epoch();
      if (!document.hidden && !isPressed && !isBusy() && !isLost()) await ask();
    }
  }

  if (cart()) follow();
})();
