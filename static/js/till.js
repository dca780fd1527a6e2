/* The till's pages in the browser: taps in order and once each, search, keypads, keys.

   No amount is kept here and none is decided: the page shows what the server answered.
   Every change of a cart goes through one queue; a tap carries an id of its own, so it may
   be sent again after a lost answer and still counts once. */
(() => {
  "use strict";

  const SLOW_MS = 900;
  const GIVE_UP_MS = 5000;
  const RETRY_MS = 1000;
  const SURE_MS = 4000;

  const find = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));
  const digits = (text) => text.replace(/\D/g, "").slice(0, 10);
  const dotted = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ".");
  const rupiah = (number) => (number < 0 ? "-Rp" : "Rp") + dotted(Math.abs(number));
  const cart = () => find("#cart");
  const say = (html) => { const place = find("#message"); if (place) place.innerHTML = html; };

  /* ---- Connection: says at once that the machine does not answer, and when it does again */
  let lost = false;
  function connection(isThere) {
    if (lost === !isThere) return;
    lost = !isThere;
    find("#lost").hidden = isThere;
    document.body.classList.toggle("is-lost", lost);
    if (lost && !sending) probe();
  }
  async function probe() {
    while (lost && !sending) {
      await wait(RETRY_MS);
      try { connection((await fetch("/healthz", { cache: "no-store" })).status < 500); } catch { /* asked again */ }
    }
  }

  /* ---- The queue: one change at a time, in the order of the presses */
  const queue = [];
  let sending = false;

  function press(job) {
    if (lost) {
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
      return { status: answer.status, html, go: answer.headers.get("HX-Redirect") };
    } catch {
      connection(false);
      return null;
    } finally {
      clearTimeout(slow);
      clearTimeout(over);
    }
  }

  async function settle({ status, html, go }) {
    if (go) { queue.length = 0; location.assign(go); return; }
    if (status >= 400) {
      say(html);
      if (status === 409) await reload();
      else showCart(cart().outerHTML);
      return;
    }
    say("");
    showCart(html);
    if (find("#pay .methods")) await payAnew();
  }

  /* What is due changed under an open pay panel. */
  async function payAnew() {
    const link = find("[data-pay]");
    if (link.getAttribute("aria-disabled") === "true") closePay();
    else await htmx.ajax("GET", link.getAttribute("href"), { target: "#pay", swap: "outerHTML" });
  }

  async function reload() {
    const answer = await fetch(`/carts/${cart().dataset.cart}`, { headers: { "HX-Request": "true" } });
    if (answer.ok) showCart(await answer.text());
  }

  const line = (number) => find(`li[data-n="${number}"]`, cart());
  const cartPath = (rest) => `/carts/${cart().dataset.cart}${rest}`;
  const newTap = () => Math.random().toString(36).slice(2, 10) + Date.now().toString(36);

  function add(number, from) {
    const tap = newTap();
    press({ from, request: () => [cartPath(`/lines/${number}`), { tap }] });
  }

  /* The quantity is looked up when its turn comes, so that five quick presses take five. */
  function setQuantity(number, wanted) {
    press({ request: () => {
      const row = line(number);
      if (!row) return null;
      const { q, u } = row.dataset;
      const version = cart().dataset.version;
      return [cartPath(`/lines/${number}/quantity`), { qty: wanted(+q), unit: u, version }];
    } });
  }

  const act = (address, from) => press({ from, request: () => [address(), {}] });

  /* ---- The cart column */
  const badged = new Set();

  function showCart(html) {
    const old = cart();
    const focus = old.contains(document.activeElement) ? focusMark(document.activeElement) : null;
    const top = find("ol", old)?.scrollTop ?? 0;
    const had = all("li", old).length;
    old.outerHTML = html;
    const list = find("ol", cart());
    if (list) list.scrollTop = all("li", cart()).length > had ? list.scrollHeight : top;
    if (focus) find(focus, cart())?.focus();
    cartShown();
  }

  function focusMark(element) {
    const row = element.closest("li");
    const kind = ["less", "more", "act", "pay"].find((name) => name in element.dataset);
    const own = kind ? `[data-${kind}]` : element.localName;
    return row ? `li[data-n="${row.dataset.n}"] ${own}` : kind === "act" ? `[data-act="${element.dataset.act}"]` : own;
  }

  function cartShown() {
    for (const tile of badged) tile.removeAttribute("data-q");
    badged.clear();
    for (const row of all("li", cart())) {
      const tile = find(`.tile[data-n="${row.dataset.n}"]`);
      if (!tile) continue;
      tile.dataset.q = row.dataset.u === "g" ? `${row.dataset.q} g` : row.dataset.q;
      badged.add(tile);
    }
    const said = find("#said");
    if (said) said.textContent = `${said.dataset.total} ${find("output", cart()).textContent}`;
  }

  async function openPay() {
    while (sending) await wait(20);
    const link = find("[data-pay]");
    if (lost || link.getAttribute("aria-disabled") === "true") return;
    if (link.dataset.due && find("#pay-cash")) payCash(link);
    else await payAnew();
  }

  /* The panel for cash lies ready in the page; the amounts came with the order. */
  function payCash(link) {
    const { due, quick } = link.dataset;
    const pay = document.createElement("section");
    pay.id = "pay";
    pay.className = "pay";
    pay.dataset.due = due;
    for (const [name, value] of [["hx-target", "#pay"], ["hx-swap", "outerHTML"], ["aria-label", link.textContent]]) pay.setAttribute(name, value);
    pay.innerHTML = find("#pay-cash").innerHTML.replaceAll("/carts/active/", cartPath("/"));
    find("h2 .money", pay).textContent = rupiah(due);
    find("#tendered", pay).placeholder = dotted(due);
    const keys = find(".quick", pay);
    keys.append(...quick.split(" ").map((sum, place) => {
      const key = document.createElement("button");
      key.type = "button";
      key.className = "button";
      key.dataset.cash = sum;
      key.textContent = place ? dotted(sum) : keys.dataset.exact;
      return key;
    }));
    find("#pay").replaceWith(pay);
    htmx.process(pay);
    payShown();
  }

  function closePay() {
    const pay = find("#pay");
    if (!pay || pay.hidden) return false;
    pay.outerHTML = '<section id="pay" hidden></section>';
    document.body.classList.remove("is-paying");
    find("main").classList.remove("is-open");
    say("");
    find("#search")?.focus({ preventScroll: true });
    return true;
  }

  function payShown() {
    const pay = find("#pay");
    if (!pay || pay.hidden) return;
    document.body.classList.add("is-paying");
    (find("#tendered, #amount, [data-next]", pay) ?? find(".take", pay))?.focus({ preventScroll: true });
  }

  /* ---- Search and filters, over the tiles that are there */
  let index = null;
  const filter = { words: [], category: "", stall: "" };
  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");

  function build() {
    index = all(".tile").map((tile) => {
      const words = plain(find("b", tile).textContent).split(/[^a-z0-9]+/).filter(Boolean);
      return { tile, words, sku: plain(tile.dataset.k), initials: words.map((word) => word[0]).join("") };
    });
  }

  /* One letter wrong, missing, too many or swapped. */
  function nearly(typed, word) {
    if (typed.length < 4) return false;
    const start = word.slice(0, typed.length + 1);
    if (Math.abs(start.length - typed.length) > 1) return false;
    let i = 0;
    while (i < typed.length && typed[i] === start[i]) i += 1;
    const rest = (a, b) => start.slice(b).startsWith(typed.slice(a));
    return rest(i + 1, i + 1) || rest(i + 1, i) || rest(i, i + 1)
      || (typed[i] === start[i + 1] && typed[i + 1] === start[i] && rest(i + 2, i + 2));
  }

  const fits = (item, typed) => item.sku.includes(typed) || item.initials.startsWith(typed)
    || item.words.some((word) => word.includes(typed));

  function applyFilter() {
    if (!index) build();
    const { words, category, stall } = filter;
    const within = ({ tile }) => (!category || tile.dataset.c === category) && (!stall || tile.dataset.s === stall);
    const search = (fit) => index.filter((item) => within(item) && words.every((typed) => fit(item, typed)));
    let shown = search(fits);
    if (!shown.length && words.length) {
      shown = search((item, typed) => fits(item, typed) || item.words.some((word) => nearly(typed, word)));
    }
    const visible = new Set(shown.map(({ tile }) => tile));
    for (const { tile } of index) tile.hidden = !visible.has(tile);
    find("#none-found").hidden = shown.length > 0 || !index.length;
    return shown;
  }

  function searchFor(text) {
    filter.words = plain(text).split(/\s+/).filter(Boolean);
    return applyFilter();
  }

  function addFirst(field) {
    const typed = plain(field.value).trim();
    if (!typed) return;
    const shown = searchFor(field.value);
    const hit = shown.find(({ sku }) => sku === typed) ?? shown[0];
    if (!hit) return;
    add(hit.tile.dataset.n, hit.tile);
    field.value = "";
    searchFor("");
  }

  /* ---- Keypads and cash */
  function typeKey(field, key) {
    if (field.disabled) return;
    const isPin = field.type === "password";
    const now = isPin ? field.value : digits(field.value);
    let next = key === "back" ? now.slice(0, -1) : key === "clear" ? "" : now + key;
    if (!isPin) next = next && dotted(digits(next).replace(/^0+(?=\d)/, ""));
    if (next.length > field.maxLength) return;
    field.value = next;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function showChange() {
    const field = find("#tendered");
    const place = find(".change");
    if (!field || !place) return;
    const given = digits(field.value);
    const rest = given ? Number(given) - Number(find("#pay").dataset.due) : 0;
    const kind = rest < 0 ? "short" : rest ? "change" : "exact";
    place.classList.toggle("is-short", rest < 0);
    find("span", place).textContent = place.dataset[kind];
    find("output", place).textContent = rupiah(Math.abs(rest));
    for (const key of all("[data-cash]")) key.classList.toggle("is-pressed", key.dataset.cash === given);
  }

  function sumCount(panel) {
    let sum = 0;
    for (const field of all("[data-kind]", panel)) {
      const worth = Number(digits(field.value) || 0) * Number(field.dataset.kind);
      sum += worth;
      field.nextElementSibling.textContent = dotted(worth);
    }
    find("[data-sum]", panel).textContent = rupiah(sum);
  }

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

  /* ---- What a press does */
  const presses = {
    n: (button) => add(button.dataset.n, button),
    more: (button) => add(button.closest("li").dataset.n, button),
    less: (button) => setQuantity(button.closest("li").dataset.n, (now) => Math.max(0, now - (now >= 100 && button.closest("li").dataset.u === "g" ? 100 : 1))),
    resume: (button) => act(() => `/carts/${button.dataset.resume}/resume`, button),
    act: (button) => {
      const { act: what, sure } = button.dataset;
      if (sure && button.dataset.asked === undefined) { ask(button); return; }
      act(() => (what === "park" ? "/carts" : cartPath(`/${what}`)), button);
    },
    sheet: () => find("main").classList.toggle("is-open"),
    back: closePay,
    next: closePay,
    help: () => find("#help").showModal(),
    key: (button) => typeKey(document.getElementById(button.closest("[data-keypad]").dataset.keypad), button.dataset.key),
    cash: (button) => { find("#tendered").value = dotted(button.dataset.cash); showChange(); },
    set: (button) => { document.getElementById(button.dataset.set).value = dotted(button.dataset.value); },
    category: (button) => {
      for (const tab of all("[data-category]")) tab.setAttribute("aria-pressed", String(tab === button));
      filter.category = button.dataset.category;
      applyFilter();
      find("#grid").scrollTop = 0;
    },
  };

  function ask(button) {
    const words = find("span", button);
    const before = words.textContent;
    button.dataset.asked = "";
    button.classList.add("is-danger");
    words.textContent = button.dataset.sure;
    setTimeout(() => {
      delete button.dataset.asked;
      button.classList.remove("is-danger");
      words.textContent = before;
    }, SURE_MS);
  }

  document.addEventListener("click", (event) => {
    const pay = event.target.closest("[data-pay]");
    if (pay) { event.preventDefault(); openPay(); return; }
    const button = event.target.closest("button");
    const kind = button && Object.keys(presses).find((name) => name in button.dataset);
    if (kind) presses[kind](button);
    const menu = find(".menu[open]");
    if (menu && !menu.contains(event.target)) menu.open = false;
  });

  document.addEventListener("change", (event) => {
    if (event.target.id === "stall") { filter.stall = event.target.value; applyFilter(); }
    const row = event.target.closest("#cart li");
    if (row) { const typed = event.target.value; setQuantity(row.dataset.n, () => typed); }
  });

  document.addEventListener("input", (event) => {
    const field = event.target;
    if (field.id === "search") searchFor(field.value);
    if (["tendered", "amount", "float"].includes(field.id)) field.value = field.value && dotted(digits(field.value));
    if (field.id === "tendered") showChange();
    const count = field.closest("[data-count]");
    if (count) sumCount(count);
  });

  /* A form pressed once is not pressed again until the page is shown anew. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.hasAttribute("data-once") || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent !== undefined) { event.preventDefault(); return; }
    form.dataset.sent = "";
  });
  window.addEventListener("pageshow", () => all("[data-sent]").forEach((form) => { delete form.dataset.sent; }));

  /* ---- Keys */
  const typing = () => document.activeElement?.matches("input:not([type=radio], [type=checkbox]), textarea, select");

  function shortcut(event) {
    if (event.key === "Escape") {
      if (find("main").classList.contains("is-open")) find("main").classList.remove("is-open");
      if (closePay()) return true;
      const search = find("#search");
      if (search?.value) { search.value = ""; searchFor(""); }
      return false;
    }
    if (!find("#cart")) return false;
    if (event.key === "F9" || (event.ctrlKey && event.key === "Enter")) { openPay(); return true; }
    if (event.key === "F8") { find('[data-act="park"]').click(); return true; }
    if (event.ctrlKey && event.key === "z" && !typing()) { find('[data-act="undo"]').click(); return true; }
    return false;
  }

  document.addEventListener("keydown", (event) => {
    if (find("dialog[open]") || event.altKey || event.isComposing) return;
    if (shortcut(event)) { event.preventDefault(); return; }
    if (event.key === "Enter" && event.target.id === "search") { event.preventDefault(); addFirst(event.target); return; }
    if (event.key === "Enter" && event.target.closest?.("#cart li input")) { event.target.blur(); return; }
    if (event.key === "Enter" && event.target.closest?.("[data-count]")) { event.preventDefault(); nextField(event.target); return; }
    if (event.ctrlKey || event.metaKey || typing()) return;
    if (event.key === "?") { event.preventDefault(); find("#help")?.showModal(); return; }
    const search = find("#search");
    const pin = find("#pin");
    if (pin && /^\d$/.test(event.key)) { pin.focus(); return; }
    if (!search || document.body.classList.contains("is-paying")) return;
    if (event.key === "/") { event.preventDefault(); search.focus(); search.select(); }
    else if (/^[\p{L}\p{N}]$/u.test(event.key)) search.focus();
  });

  function nextField(field) {
    const fields = all("[data-kind]", field.closest("form"));
    (fields[fields.indexOf(field) + 1] ?? find("#reason")).focus();
  }

  /* ---- What htmx brings */
  document.addEventListener("htmx:afterSwap", (event) => {
    const refusal = find("[data-wait]");
    if (refusal && event.detail.target.id === "message") countDown(refusal);
    if (event.detail.target.id === "pay" || event.detail.elt.id === "pay") payShown();
    const strip = find(".paper[role=log]");
    if (strip && event.detail.target.id === "feed") strip.lastElementChild.scrollIntoView({ block: "end" });
  });
  document.addEventListener("htmx:oobAfterSwap", () => { if (cart()) cartShown(); });
  document.addEventListener("htmx:sendError", () => connection(false));
  document.addEventListener("htmx:timeout", () => connection(false));
  document.addEventListener("htmx:afterRequest", (event) => { if (event.detail.xhr.status) connection(true); });

  document.addEventListener("change", (event) => {
    if (event.target.name === "operator") find("#pin").focus();
  });

  if (cart()) { cartShown(); payShown(); }
})();
