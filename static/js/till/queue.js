/* The queue: one change of a cart at a time, in the order of the presses.

   A tap carries an id of its own, so it may be sent again after a lost answer and still
   counts once. A request is made when its turn comes, from what the page shows then. */
(() => {
  "use strict";

  const { connection, find, isLost, say, wait } = Lapak;
  const SLOW_MS = 900;
  const GIVE_UP_MS = 5000;
  const RETRY_MS = 1000;

  const queue = [];
  let sending = false;

  function press(job) {
    if (isLost()) {
      job.from?.classList.add("is-refused");
      setTimeout(() => job.from?.classList.remove("is-refused"), 400);
      return;
    }
    job.from?.classList.add("is-pressed");
    queue.push(job);
    if (!sending) drain();
  }

  async function drain() {
    sending = true;
    while (queue.length) {
      const job = queue[0];
      const request = job.request();
      const answer = request && await post(...request);
      if (request && !answer) { await wait(RETRY_MS); continue; }
      queue.shift();
      if (!queue.some((other) => other.from === job.from)) job.from?.classList.remove("is-pressed");
      if (answer) await settle(answer);
    }
    sending = false;
  }

  async function post(address, values) {
    const stop = new AbortController();
    const slow = setTimeout(() => connection(false), SLOW_MS);
    const over = setTimeout(() => stop.abort(), GIVE_UP_MS);
    try {
      const answer = await fetch(address, {
        method: "POST",
        headers: { "HX-Request": "true", ...JSON.parse(document.body.getAttribute("hx-headers")) },
        body: new URLSearchParams(values),
        referrerPolicy: "no-referrer",
        signal: stop.signal,
      });
      const html = await answer.text();
      connection(true);
      return { status: answer.status, html, go: answer.headers.get("HX-Redirect"), place: answer.headers.get("HX-Retarget") };
    } catch {
      connection(false);
      return null;
    } finally {
      clearTimeout(slow);
      clearTimeout(over);
    }
  }

  async function settle({ status, html, go, place }) {
    if (go) { queue.length = 0; location.assign(go); return; }
    if (status >= 400 && place === "#pay") { Lapak.showSheet(html); return; }
    if (status >= 400) {
      say(html);
      if (status === 409) await Lapak.reloadCart();
      else Lapak.showCart(Lapak.cart().outerHTML);
      return;
    }
    say("");
    Lapak.showCart(html);
    if (find("#pay.sheet")) Lapak.closePay();
    if (find("#pay .methods")) await Lapak.payAnew();
  }

  Object.assign(Lapak, { press, isSending: () => sending });
})();
