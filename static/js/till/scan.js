/* Barcode scanners: a keyboard that types a code very fast and ends it, once or twice, with
   Enter, Tab, or the control keys of CR and LF.

   It needs no focused field. A field it typed into is as it was before; an amount is left
   alone unless the code is one that no amount can be. The form for a new product takes it. */
(() => {
  "use strict";

  const { all, cartPath, find, newTap, press, typing } = Lapak;
  const GAP_MS = 60;
  const SHORTEST = 4;
  const ARTICLE = /^(\d{12,14})$/;
  const CODE = /^[!-~]+$/;
  const ORDER = /^pesanan-\d+$/i;
  const AMOUNT = "input[type=password], input[inputmode=numeric], input[inputmode=none], [data-amount]";

  let burst = "";
  let last = 0;
  let field = null;
  let before = "";
  let isTaken = false;

  /* The code on a stall's phone opens its order; every other is one more of some goods. */
  function scan(code) {
    const values = { code, tap: newTap() };
    press({ request: () => (ORDER.test(code) ? ["/queue/open", { called: code }] : [cartPath("/scan"), values]) });
  }

  /* GS1: weights 3, 1, 3, … from the right, before the check digit. */
  function isArticle(code) {
    if (!ARTICLE.test(code)) return false;
    const sum = [...code].reverse().slice(1).reduce((so, digit, place) => so + digit * (place % 2 ? 1 : 3), 0);
    return (10 - (sum % 10)) % 10 === Number(code.at(-1));
  }

  /* Letters alone are a word somebody typed, unless some goods are called so. */
  function isCode(code) {
    const sku = code.toLowerCase();
    return /\d/.test(code) || all(".tile").some((tile) => Lapak.variantsOf(tile).some((one) => one.sku.toLowerCase() === sku));
  }

  function isScan(code, at) {
    if (code.length < SHORTEST || !CODE.test(code) || !isCode(code) || at?.matches?.("[data-code]")) return false;
    return !at?.matches?.(AMOUNT) || isArticle(code);
  }

  const isEnd = ({ key, ctrlKey }) => (ctrlKey ? /^[jm]$/i.test(key) : key === "Enter" || key === "Tab");

  function begin() {
    burst = "";
    isTaken = false;
    field = typing() ? document.activeElement : find("#search");
    before = field?.value;
  }

  function takeOut() {
    if (!field || field.value === before) return;
    field.value = before;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function take(code) {
    takeOut();
    const asked = find("dialog[open] [data-code]");
    if (asked) { asked.value = code; return; }
    find("dialog[open]")?.close();
    scan(code);
  }

  /* The end that comes after the end of a code that was taken presses nothing. */
  document.addEventListener("keydown", (event) => {
    const { key, timeStamp } = event;
    if (!find("#cart") || key === "Shift" || key === "Control") return;
    const isLast = isEnd(event);
    if (timeStamp - last >= GAP_MS || (isTaken && !isLast)) begin();
    last = timeStamp;
    if (isLast) {
      if (isScan(burst, event.target)) { isTaken = true; take(burst); }
      burst = "";
      if (isTaken) { event.preventDefault(); event.stopImmediatePropagation(); }
    } else if (key.length === 1 && !event.ctrlKey && !event.altKey && !event.metaKey) burst += key;
    else begin();
  }, true);

  Object.assign(Lapak, { scan });
})();
