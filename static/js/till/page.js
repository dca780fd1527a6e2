/* The till's pages in the browser: what every other file here stands on.

   The files are joined to one script (see BUNDLES in kiosk/app.py), each in a scope of its
   own; what one offers to the others it hangs on `Lapak`, and what it needs of a later file
   it takes from there when it is used. No amount is kept here and none is decided: the page
   shows what the server answered.

   `Lapak.presses` says what a button does, by the name of its data attribute; `Lapak.keys`
   is asked in turn about a key, and whoever took it answers true. */
const Lapak = { presses: {}, keys: [] };

(() => {
  "use strict";

  const find = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));
  const digits = (text) => text.replace(/\D/g, "").slice(0, 10);
  const dotted = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ".");
  const rupiah = (number) => (number < 0 ? "-Rp" : "Rp") + dotted(Math.abs(number));
  const say = (html) => { const place = find("dialog[open] [data-told]") ?? find("#message"); if (place) place.innerHTML = html; };
  const typing = () => document.activeElement?.matches("input:not([type=radio], [type=checkbox]), textarea, select");

  Object.assign(Lapak, { find, all, wait, digits, dotted, rupiah, say, typing });
})();
