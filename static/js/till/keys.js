/* Keys: the till's own first, then whoever else put a word in for one. */
(() => {
  "use strict";

  const { closePay, find, keys, openPay, presses, typing } = Lapak;

  const click = (what) => () => find(`[data-act="${what}"]`)?.click();
  const last = (button) => () => find(`#cart li:last-child ${button}`)?.click();
  const chords = {
    "Ctrl+arrowup": last("[data-more]"),
    "Ctrl+arrowdown": last("[data-less]"),
    F6: () => Lapak.openQueue(),
    F8: click("park"),
    "Ctrl+z": click("undo"),
    "Ctrl+y": click("redo"),
    "Ctrl+Shift+z": click("redo"),
  };

  /* The search field has the focus most of the time; empty, it keeps no key to itself. */
  const writing = () => typing() && !(document.activeElement.id === "search" && !document.activeElement.value);

  function leave() {
    const menu = find(".menu[open]");
    if (menu) { menu.open = false; find("summary", menu).focus(); return true; }
    find("main").classList.remove("is-open");
    return closePay();
  }

  function shortcut(event) {
    if (event.key === "Escape") return leave();
    if (event.key === "?" && !writing()) { presses.help(); return true; }
    if (!find("#cart")) return false;
    if (event.key === "F9" || (event.ctrlKey && event.key === "Enter")) { openPay(); return true; }
    const does = chords[event.ctrlKey ? `Ctrl+${event.shiftKey ? "Shift+" : ""}${event.key.toLowerCase()}` : event.key];
    if (does && (event.key.startsWith("F") || !writing())) { does(); return true; }
    if (event.key === "Enter" && event.target.closest?.("#cart li input")) { event.target.blur(); return true; }
    return false;
  }

  document.addEventListener("keydown", (event) => {
    if (find("dialog[open]") || event.altKey || event.isComposing) return;
    if (shortcut(event) || keys.some((key) => key(event))) event.preventDefault();
  });
})();
