/* Sheets over the grid: a line, an open price, a discount. They are asked for when opened. */
(() => {
  "use strict";

  const { all, cart, cartPath, closePay, find, isLost, isSending, keys, presses, say, wait } = Lapak;

  async function openSheet(rest) {
    if (!find("[data-pay]")) return;
    while (isSending()) await wait(20);
    if (isLost() || cart().dataset.cart === "active") return;
    say("");
    await htmx.ajax("GET", cartPath(rest), { target: "#pay", swap: "outerHTML" });
  }

  const openLine = (row) => row && openSheet(`/line/${row.dataset.l}`);
  const lastLine = () => all("#cart li[data-l]").at(-1);

  /* The keypad types into the amount that was touched last. */
  document.addEventListener("focusin", ({ target }) => {
    const keypad = target.matches?.(".sheet-form [data-amount]") && find(".sheet-form .keypad");
    if (keypad) keypad.dataset.keypad = target.id;
  });

  function step({ dataset }) {
    const field = find(`#${dataset.for}`);
    field.value = Math.max(0, Number(Lapak.digits(field.value)) + Number(dataset.step));
    field.focus();
  }

  function shown(sheet) {
    const field = find("#pin", sheet) ?? find("[data-amount]", sheet);
    field.focus({ preventScroll: true });
    field.select();
  }

  /* Over a change of the order a sheet that somebody typed into stays; others close. */
  function keepSheet() {
    const form = find("#pay .sheet-form");
    if (!form) return;
    const path = form.getAttribute("action");
    const key = path.match(/line\/(\d+)$/)?.[1];
    const row = find(`#cart li[data-l="${key}"]`);
    const isTyped = all("input", form).some((one) => one.value !== one.defaultValue || one.checked !== one.defaultChecked);
    if (!isTyped || (key && !row) || !path.startsWith(cartPath("/"))) { closePay(); return; }
    const { version, qty } = form.elements;
    if (version) version.value = cart().dataset.version;
    if (qty?.value === qty?.defaultValue && row) qty.value = qty.defaultValue = row.dataset.q;
  }

  /* Said once that the order is another one now, the next press takes what was typed. */
  document.addEventListener("htmx:afterRequest", async ({ detail }) => {
    if (detail.xhr.status !== 409 || !detail.elt.matches(".sheet-form")) return;
    await Lapak.reloadCart();
    keepSheet();
  });

  /* An answer to a press that asks for more comes as a sheet. */
  function showSheet(html) {
    find("#pay").outerHTML = html;
    htmx.process(find("#pay"));
    Lapak.payShown();
    shown(find("#pay"));
  }

  document.addEventListener("htmx:afterSwap", ({ detail }) => {
    // Its class comes a moment later, when htmx has settled it.
    const sheet = find("#pay .sheet-form");
    if (!sheet) return;
    if (detail.target.id === "cart") {
      const wasOpen = find("main").classList.contains("is-open");
      closePay();
      find("main").classList.toggle("is-open", wasOpen);
      Lapak.cartShown();
    } else if (detail.target.id === "pay" || detail.elt.id === "pay") shown(sheet);
  });

  document.addEventListener("click", ({ target }) => {
    const row = target.closest("#cart li[data-l]");
    if (row && !target.closest("button, input")) openLine(row);
  });
  document.addEventListener("contextmenu", (event) => {
    const row = event.target.closest("#cart li[data-l]");
    if (row) { event.preventDefault(); openLine(row); }
  });

  Object.assign(presses, {
    edit: (button) => openLine(button.closest("li")),
    discount: () => openSheet("/discount"),
    step,
  });

  keys.push((event) => {
    if (event.key === "F2") { openLine(event.target.closest?.("#cart li[data-l]") ?? lastLine()); return true; }
    if (event.key === "F7" && find("#cart")) { openSheet("/discount"); return true; }
    return false;
  });

  Object.assign(Lapak, { keepSheet, openLine, showSheet });
})();
