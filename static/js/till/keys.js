/* Keys: the till's own first, then whoever else put a word in for one. */
(() => {
  "use strict";

  const { closePay, find, keys, openPay, presses, typing } = Lapak;

  function leave() {
    find("main").classList.remove("is-open");
    return closePay();
  }

  function shortcut(event) {
    if (event.key === "Escape") return leave();
    if (event.key === "?" && !typing()) { presses.help(); return true; }
    if (!find("#cart")) return false;
    if (event.key === "F9" || (event.ctrlKey && event.key === "Enter")) { openPay(); return true; }
    if (event.key === "F8") { find('[data-act="park"]').click(); return true; }
    if (event.ctrlKey && event.key === "z" && !typing()) { find('[data-act="undo"]').click(); return true; }
    if (event.key === "Enter" && event.target.closest?.("#cart li input")) { event.target.blur(); return true; }
    return false;
  }

  document.addEventListener("keydown", (event) => {
    if (find("dialog[open]") || event.altKey || event.isComposing) return;
    if (shortcut(event) || keys.some((key) => key(event))) event.preventDefault();
  });
})();
