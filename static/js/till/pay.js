/* The pay panel: opened, filled from the order's fragment, and closed again. */
(() => {
  "use strict";

  const { all, cart, cartPath, digits, dotted, find, isLost, isSending, presses, rupiah, say, wait } = Lapak;

  async function openPay() {
    if (!find("[data-pay]")) return;
    while (isSending()) await wait(20);
    const link = find("[data-pay]");
    if (isLost() || link.getAttribute("aria-disabled") === "true") return;
    if (link.dataset.due && find("#pay-cash")) payCash(link);
    else await payAnew();
  }

  /* What is due changed under an open pay panel: what was typed goes along. */
  async function payAnew() {
    const link = find("[data-pay]");
    if (link.getAttribute("aria-disabled") === "true") closePay();
    else {
      const values = new FormData(find("#pay .pay-form, #pay .split") ?? undefined);
      values.delete("csrf_token");
      await htmx.ajax("GET", (find("#pay .methods [aria-current]") ?? link).getAttribute("href"), { target: "#pay", swap: "outerHTML", values });
    }
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
    find("[name=shown]", pay).value = due;
    const keys = find(".quick", pay);
    keys.append(...quick.split(" ").map((sum) => {
      const key = document.createElement("button");
      key.type = "button";
      key.className = "button";
      key.dataset.cash = sum;
      key.textContent = sum === due ? keys.dataset.exact : dotted(sum);
      return key;
    }));
    find("#pay").replaceWith(pay);
    htmx.process(pay);
    payShown();
  }

  function closePay() {
    const pay = find("#pay");
    if (!pay || pay.hidden) return false;
    document.dispatchEvent(new CustomEvent("lapak:left", { detail: pay }));
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
    if (pay.dataset.seen) cart().dataset.seen = pay.dataset.seen;
    showChange();
    (find("#tendered, #amount, [data-next]", pay) ?? find(".take", pay))?.focus({ preventScroll: true });
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
    find("#change-words").textContent = "";
    for (const key of all("[data-cash]")) key.classList.toggle("is-pressed", key.dataset.cash === given);
  }

  Object.assign(presses, {
    back: closePay,
    next: closePay,
    cash: (button) => { find("#tendered").value = dotted(button.dataset.cash); showChange(); },
  });

  document.addEventListener("input", (event) => { if (event.target.id === "tendered") showChange(); });

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id === "pay" || event.detail.elt.id === "pay") payShown();
  });

  Object.assign(Lapak, { openPay, payAnew, payShown, closePay });
  payShown();
})();
