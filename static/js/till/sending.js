/* Sending: one change of a cart at a time, in the order of the presses.

   A tap carries an id of its own, so it may be sent again after a lost answer and still
   counts once. A request is made when its turn comes, from what the page shows then; taps
   on the same thing that wait behind each other go together. */
(() => {
  "use strict";

  const { connection, find, isLost, refuse, say, slow, wait } = Lapak;
  const SLOW_MS = 900;
  const GIVE_UP_MS = 5000;
  const RETRY_MS = 1000;
  const MOST_WAITING = 60;
  const MOST_TOGETHER = 20;

  const queue = [];
  let sending = false;
  /* Counts what this page began, so that news asked for before it is not shown after it. */
  let epoch = 0;
  let posting = 0;

  /* A job is {from, request} and may have `done`; with `tap` and `to` it may join others. */
  function press(job) {
    if (isLost() || queue.length >= MOST_WAITING) { refuse(job.from); return; }
    epoch += 1;
    job.from?.classList.add("is-pressed");
    queue.push(job);
    if (!sending) drain();
  }

  async function drain() {
    sending = true;
    while (queue.length) {
      const jobs = together();
      const request = jobs[0].request(jobs.map(({ tap }) => tap));
      let answer = request && await post(...request);
      while (request && !answer) { await wait(RETRY_MS); answer = await post(...request); }
      queue.splice(0, jobs.length);
      for (const { from } of jobs) if (!queue.some((other) => other.from === from)) from?.classList.remove("is-pressed");
      /* The order cannot be asked for when the cable is out: the next press goes on. */
      if (answer) await settle(answer, jobs).catch(() => connection(false));
    }
    sending = false;
  }

  function together() {
    const { to } = queue[0];
    const other = to ? queue.findIndex((job) => job.to !== to) : 1;
    return queue.slice(0, Math.min(other < 0 ? queue.length : other, MOST_TOGETHER));
  }

  async function post(address, values) {
    const stop = new AbortController();
    const late = setTimeout(() => slow(true), SLOW_MS);
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
      clearTimeout(late);
      clearTimeout(over);
    }
  }

  async function settle({ status, html, go, place }, jobs) {
    if (go) { queue.length = 0; location.assign(go); return; }
    if (status >= 400 && place === "#pay") { Lapak.showSheet(html); return; }
    if (status >= 400 && place === "#choose") { Lapak.showChoice(html); return; }
    if (status >= 400) {
      say(html);
      Lapak.checkGoods();
      /* Of several taps the first may count, though a later one was refused. */
      if (status === 409 || jobs.length > 1) await Lapak.reloadCart();
      else Lapak.showParts(Lapak.cart().outerHTML);
      return;
    }
    jobs[0].done?.();
    say("");
    Lapak.showParts(html);
    Lapak.keepSheet();
    if (find("#pay .methods")) await Lapak.payAnew();
  }

  const isChange = (event) => event.detail.requestConfig.verb !== "get";
  document.addEventListener("htmx:beforeSend", (event) => { if (isChange(event)) { epoch += 1; posting += 1; } });
  document.addEventListener("htmx:afterRequest", (event) => { if (isChange(event)) posting -= 1; });

  Object.assign(Lapak, { press, epoch: () => epoch, isSending: () => sending, isBusy: () => sending || posting > 0 });
})();
