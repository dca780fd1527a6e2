/* Barcode scanners: a keyboard that types a code very fast and ends it with Enter or Tab.

   It needs no focused field. What it typed into one is taken out again; an amount is left
   alone unless the code is one that no amount can be. The form for a new product takes it. */
(() => {
  "use strict";

  const { all, cartPath, find, press } = Lapak;
  const GAP_MS = 60;
  const SHORTEST = 4;
  const ARTICLE = /^(\d{12,14})$/;
  const CODE = /^[!-~]+$/;
  const ORDER = /^pesanan-\d+$/i;
  const AMOUNT = "input[type=password], input[inputmode=numeric], input[inputmode=none], [data-amount]";

  let burst = "";
  let last = 0;

  const newTap = () => Math.random().toString(36).slice(2, 10) + Date.now().toString(36);

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

  function isScan(code, field) {
    if (code.length < SHORTEST || !CODE.test(code) || !isCode(code) || field?.matches?.("[data-code]")) return false;
    if (field?.matches?.(AMOUNT)) return isArticle(code);
    return true;
  }

  /* A field that got the code typed into it is as it was before. */
  function takeOut(code, field) {
    if (!field || !("value" in field) || !field.value.includes(code)) return;
    field.value = field.value.replace(code, "");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  document.addEventListener("keydown", (event) => {
    if (!find("#cart") || event.ctrlKey || event.altKey || event.metaKey) { burst = ""; return; }
    const isFast = event.timeStamp - last < GAP_MS;
    if (event.key.length === 1) {
      burst = isFast ? burst + event.key : event.key;
      last = event.timeStamp;
      return;
    }
    if (event.key !== "Enter" && event.key !== "Tab") { if (event.key !== "Shift") burst = ""; return; }
    const code = isFast ? burst : "";
    burst = "";
    if (!isScan(code, event.target)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    takeOut(code, document.activeElement);
    const asked = find("dialog[open] [data-code]");
    if (asked) { asked.value = code; return; }
    find("dialog[open]")?.close();
    scan(code);
  }, true);

  Object.assign(Lapak, { scan });
})();
