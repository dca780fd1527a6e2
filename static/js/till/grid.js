/* Tiles: what a tap on one does, the sheet of a product, quick keys.

   A tile with variants or choices opens a sheet; every other adds at once, and opens its
   sheet when it is pressed longer. Nothing here moves a tile. */
(() => {
  "use strict";

  const { all, find, keys, presses, typing } = Lapak;
  const LONG_MS = 500;
  let byNumber = null;
  let held = null;
  let opening = false;

  /* Each variant of each tile: its number, its own words and its SKU. */
  function variantsOf(tile) {
    const { n, k, v } = tile.dataset;
    if (!v) return [{ number: n, words: "", sku: k }];
    return v.split("\n").map((facts) => {
      const [number, words, sku] = facts.split("\t");
      return { number, words, sku };
    });
  }

  function tileOf(number) {
    byNumber ??= new Map(all(".tile").flatMap((tile) => variantsOf(tile).map((one) => [one.number, tile])));
    return byNumber.get(String(number));
  }

  const numberOf = (tile) => variantsOf(tile)[0].number;

  async function openSheet(number) {
    const sheet = find("#choose");
    if (Lapak.isLost() || opening || sheet.open) return;
    opening = true;
    sheet.replaceChildren();
    try { await htmx.ajax("GET", `/products/${number}`, { target: sheet, swap: "innerHTML" }); }
    catch { /* said by the page; the next press asks again */ }
    opening = false;
    if (find("#product", sheet)) shown(sheet);
  }

  function shown(sheet) {
    if (!sheet.open) sheet.showModal();
    (find("[data-pick]:enabled", sheet) ?? find("input:not([type=hidden])", sheet))?.focus();
  }

  /* An answer to a scan that asks for more: which product it is, or what a new one is. */
  function showChoice(html) {
    const sheet = find("#choose");
    Lapak.say("");
    sheet.innerHTML = html;
    htmx.process(sheet);
    shown(sheet);
  }

  function pick(button) {
    const sheet = find("#choose");
    const note = all(".chip input:checked", sheet).map((chip) => chip.value).join(", ");
    sheet.close();
    Lapak.add(button.dataset.pick, tileOf(button.dataset.pick), note ? { note } : {});
  }

  /* A press that was long has opened the sheet already; its click adds nothing. */
  function tap(tile) {
    if (held === tile) { held = null; return; }
    if (tile.dataset.v || tile.classList.contains("is-out")) openSheet(numberOf(tile));
    else Lapak.add(tile.dataset.n, tile);
  }

  Object.assign(presses, {
    n: tap,
    v: tap,
    pick,
    pin: ({ dataset }) => htmx.ajax("POST", `/products/${dataset.pin}/pin`, { values: { on: dataset.on }, swap: "none" }),
    close: (button) => button.closest("dialog").close(),
  });

  find("#choose")?.addEventListener("close", () => { held = null; });

  document.addEventListener("click", (event) => {
    const leave = event.target.closest("dialog [data-leave]");
    if (leave) { event.preventDefault(); leave.closest("dialog").close(); }
  });

  /* What was added at the bazaar stands in the order, and soon among the tiles. */
  document.addEventListener("htmx:afterSwap", ({ detail }) => {
    if (detail.target.id !== "cart" || !find("#choose[open]")) return;
    find("#choose").close();
    Lapak.cartShown();
    Lapak.checkGoods();
  });

  let timer = 0;
  const letGo = () => clearTimeout(timer);
  document.addEventListener("pointerdown", (event) => {
    const tile = event.target.closest(".tile");
    held = null;
    letGo();
    if (tile && event.isPrimary && !event.button) timer = setTimeout(() => { held = tile; openSheet(numberOf(tile)); }, LONG_MS);
  });
  for (const end of ["pointerup", "pointercancel", "scroll"]) document.addEventListener(end, letGo, true);
  document.addEventListener("contextmenu", (event) => {
    const tile = event.target.closest(".tile");
    if (!tile) return;
    event.preventDefault();
    letGo();
    if (held !== tile) openSheet(numberOf(tile));
  });

  /* With the quick keys in view, digits press them. */
  keys.push((event) => {
    if (!/^[1-9]$/.test(event.key) || typing() || event.ctrlKey || event.metaKey) return false;
    if (find('[data-category="*"][aria-pressed="true"]') === null || document.body.classList.contains("is-paying")) return false;
    const tile = find(`.tile[data-f="${event.key}"]`);
    if (tile) tap(tile);
    return Boolean(tile);
  });

  Object.assign(Lapak, { variantsOf, tileOf, openSheet, showChoice, gridChanged: () => { byNumber = null; } });
})();
