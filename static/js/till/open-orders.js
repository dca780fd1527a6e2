/* The queue of open orders: a sheet with their list, opened, searched, and left again. */
(() => {
  "use strict";

  const { act, all, find, press, presses } = Lapak;
  const sheet = () => find("#queue-dialog");
  const close = () => sheet()?.close();

  async function openQueue() {
    if (!sheet() || sheet().open) return;
    sheet().showModal();
    await htmx.ajax("GET", "/queue", { target: "#queue-sheet", swap: "outerHTML" });
    find("#called")?.focus();
  }

  /* Only rows that have what is typed, as number, name or goods. */
  function narrow() {
    const typed = (find("#called")?.value ?? "").trim().toLowerCase();
    for (const row of all("#orders li")) row.hidden = !row.textContent.toLowerCase().includes(typed);
  }

  Object.assign(presses, {
    resume: (button) => {
      act(() => `/carts/${button.dataset.resume}/resume`, button, close);
      return true;
    },
    shut: (button) => button.closest("dialog").close(),
  });

  const forms = {
    call: (form) => ["/queue/open", { called: form.elements.called.value }],
    parkAs: (form) => ["/carts", { name: form.elements.name.value }],
  };

  document.addEventListener("submit", (event) => {
    const kind = find("#cart") && Object.keys(forms).find((name) => name in event.target.dataset);
    if (!kind) return;
    event.preventDefault();
    const request = forms[kind](event.target);
    press({ from: event.submitter, request: () => request, done: close });
  }, true);

  document.addEventListener("click", (event) => {
    if (!sheet() || !event.target.closest("[data-queue]")) return;
    event.preventDefault();
    openQueue();
  });
  document.addEventListener("input", (event) => { if (event.target.id === "called") narrow(); });
  document.addEventListener("htmx:afterSwap", (event) => { if (event.detail.target.id === "orders") narrow(); });
  /* A sheet that is shut asks for nothing. */
  sheet()?.addEventListener("close", () => { find("#queue-sheet").replaceChildren(); Lapak.say(""); });

  Object.assign(Lapak, { openQueue });
})();
