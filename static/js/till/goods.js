/* Goods as they change: sold out, running low, added at the bazaar, on every screen.

   Asked for now and then and after a refusal or a sale; nothing comes where nothing changed.
   A grid with other products in it is fetched only while no finger is near. */
(() => {
  "use strict";

  const { all, find, isLost, wait } = Lapak;
  const EVERY_MS = 15000;
  const CALM_MS = 3000;
  let { seen, goods } = find("#grid")?.dataset ?? {};
  let touched = 0;

  function tell(tile, [words, isOut]) {
    const price = find("i", tile);
    find("em", price)?.remove();
    if (words) price.insertAdjacentHTML("beforeend", " <em></em>");
    if (words) find("em", price).textContent = words;
    tile.classList.toggle("is-out", isOut);
  }

  async function checkGoods() {
    if (isLost() || !find("#grid")) return;
    try {
      const answer = await fetch(`/goods?seen=${encodeURIComponent(seen)}`, { headers: { "HX-Request": "true" } });
      if (answer.status !== 200) return;
      const now = await answer.json();
      if (goods !== now.goods) await fetchGrid();
      ({ seen, goods } = now);
      for (const tile of all(".tile")) tell(tile, now.tiles[Lapak.variantsOf(tile)[0].number] ?? ["", false]);
    } catch { /* asked again */ }
  }

  async function fetchGrid() {
    while (Date.now() - touched < CALM_MS) await wait(CALM_MS);
    const old = find("#grid");
    const top = old.scrollTop;
    await htmx.ajax("GET", "/grid", { target: "#grid", swap: "outerHTML" });
    find("#grid").scrollTop = top;
    Lapak.gridChanged();
    Lapak.refilter();
    Lapak.cartShown();
  }

  for (const touch of ["pointerdown", "keydown"]) document.addEventListener(touch, () => { touched = Date.now(); }, true);
  Object.assign(Lapak, { checkGoods });
  if (find("#grid")) setInterval(checkGoods, EVERY_MS);
})();
