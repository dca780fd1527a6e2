/* The cart column: what is tapped, typed and pressed in it, and how its fragment is shown. */
(() => {
  "use strict";

  const { all, find, press, presses, say } = Lapak;
  const SURE_MS = 4000;
  const badged = new Set();

  const cart = () => find("#cart");
  const line = (key) => find(`li[data-l="${key}"]`, cart());
  const cartPath = (rest) => `/carts/${cart().dataset.cart}${rest}`;
  const newTap = () => Math.random().toString(36).slice(2, 10) + Date.now().toString(36);

  /* Quick presses of the same thing go together, each with an id of its own. */
  function add(number, from, said = {}) {
    const to = `${number} ${JSON.stringify(said)}`;
    press({ from, to, tap: newTap(), request: (taps) => [cartPath(`/lines/${number}`), { ...said, tap: taps.join(" ") }] });
  }

  function addToLine(key, from) {
    press({ from, to: `line ${key}`, tap: newTap(), request: (taps) => [cartPath(`/line/${key}/more`), { tap: taps.join(" ") }] });
  }

  /* The quantity is looked up when its turn comes, so that five quick presses take five. */
  function setQuantity(key, wanted) {
    press({ request: () => {
      const row = line(key);
      if (!row) return null;
      const version = cart().dataset.version;
      return [cartPath(`/line/${key}/quantity`), { qty: wanted(+row.dataset.q), version }];
    } });
  }

  /* What is done to a cart as it is seen names the version that was seen. */
  const act = (address, from, done) => press({ from, done, request: () => [address(), { version: cart().dataset.version }] });

  /* An answer is one or more parts of the page, each in the place of the one with its id. */
  function showParts(html) {
    const made = document.createElement("template");
    made.innerHTML = html;
    for (const part of [...made.content.children]) {
      const old = document.getElementById(part.id);
      if (part.id === "cart") showCart(part);
      else if (old) { old.replaceWith(part); htmx.process(part); }
    }
  }

  function showCart(shown) {
    const old = cart();
    const at = document.activeElement;
    const focus = old.contains(at) ? focusMark(at) : null;
    const typed = focus && at.value !== at.defaultValue ? at.value : null;
    // A field that goes says that it was changed, unless its value was set since.
    if (focus) { delete at.dataset.kept; at.value = at.defaultValue; }
    const top = find("ol", old)?.scrollTop ?? 0;
    const had = new Map(all("li", old).map((row) => [row.dataset.l, row.dataset.q]));
    old.replaceWith(shown);
    const list = find("ol", cart());
    if (list) list.scrollTop = top;
    showChanged(had);
    const now = focus && find(focus, cart());
    now?.focus();
    if (typed && now) keepTyped(now, typed, had);
    cartShown();
  }

  /* A quantity half typed stays while another screen changes another line. */
  function keepTyped(field, typed, had) {
    const { l, q } = field.closest("li").dataset;
    if (had.get(l) !== q) { say(`<p class="message">${find("#said").dataset.changed}</p>`); return; }
    field.value = typed;
    field.dataset.kept = "";
  }

  /* The line that a tap or a scan has changed is in view, and marked till the next. */
  function showChanged(had) {
    const changed = all("li", cart()).filter(({ dataset }) => had.get(dataset.l) !== dataset.q);
    if (changed.length !== 1) return;
    changed[0].classList.add("is-changed");
    changed[0].scrollIntoView({ block: "nearest" });
  }

  function focusMark(element) {
    const row = element.closest("li");
    const kind = ["edit", "less", "more", "act", "pay"].find((name) => name in element.dataset);
    const own = kind ? `[data-${kind}]` : element.localName;
    return row ? `li[data-l="${row.dataset.l}"] ${own}` : kind === "act" ? `[data-act="${element.dataset.act}"]` : own;
  }

  function cartShown() {
    for (const tile of badged) tile.removeAttribute("data-q");
    badged.clear();
    for (const row of all("li", cart())) {
      const tile = Lapak.tileOf(row.dataset.n);
      if (!tile) continue;
      const sum = Number.parseInt(tile.dataset.q ?? 0, 10) + Number(row.dataset.q);
      tile.dataset.q = row.dataset.u === "g" ? `${sum} g` : sum;
      badged.add(tile);
    }
    const said = find("#said");
    if (said) said.textContent = `${said.dataset.total} ${find("output", cart()).textContent}`;
  }

  async function reloadCart() {
    const answer = await fetch(cartPath(""), { headers: { "HX-Request": "true" } });
    if (answer.ok) showParts(await answer.text());
  }

  /* A button that destroys asks once, in its own words. */
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

  Object.assign(presses, {
    more: (button) => addToLine(button.closest("li").dataset.l, button),
    less: (button) => setQuantity(button.closest("li").dataset.l, (now) => Math.max(0, now - (now >= 100 && button.closest("li").dataset.u === "g" ? 100 : 1))),
    act: (button) => {
      const { act: what, sure } = button.dataset;
      if (sure && button.dataset.asked === undefined) { ask(button); return; }
      act(() => (what === "park" ? "/carts" : cartPath(`/${what}`)), button);
    },
    price: (button) => act(() => cartPath(`/line/${button.closest("li").dataset.l}/price/${button.dataset.price}`), button),
    sheet: () => find("main").classList.toggle("is-open"),
  });

  /* A field that was filled here does not know by itself that it was changed. */
  for (const name of ["change", "focusout"]) document.addEventListener(name, ({ target }) => {
    const row = target.closest("#cart li");
    if (!row || !target.matches(name === "change" ? "input" : "[data-kept]")) return;
    delete target.dataset.kept;
    const typed = target.value;
    setQuantity(row.dataset.l, () => typed);
  });

  document.addEventListener("htmx:oobAfterSwap", () => { if (cart()) cartShown(); });

  Object.assign(Lapak, { cart, cartPath, newTap, add, addToLine, setQuantity, act, showParts, cartShown, reloadCart });
  if (cart()) cartShown();
})();
