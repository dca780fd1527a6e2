/* Search and filters, over the tiles that are there; Enter adds what is marked. */
(() => {
  "use strict";

  const { all, find, hasWords, known, presses, rank, typing, variantsOf, wait } = Lapak;
  const QUICK = "*";
  const STILL_MS = 200;
  const filter = { text: "", category: "", stall: "" };
  let items = null;
  let moved = false;
  let best = null;

  const tiles = () => [...new Set(items.map(({ tile }) => tile))];

  function build() {
    items = all(".tile").flatMap((tile) => {
      const name = find("b", tile).textContent;
      return variantsOf(tile).map((one) => ({ ...one, tile, ...known(name, one.words, one.sku), variant: one.words }));
    });
  }

  const within = ({ tile }) => (!filter.stall || tile.dataset.s === filter.stall)
    && (!filter.category || (filter.category === QUICK ? "f" in tile.dataset : tile.dataset.c === filter.category));

  /* What fits in the chosen category and stall; where nothing does, what fits anywhere. */
  function search() {
    const near = rank(items.filter(within), filter.text);
    return near.length || !hasWords(filter.text) ? near : rank(items, filter.text);
  }

  function applyFilter() {
    if (!items) build();
    const found = search();
    const isSearch = hasWords(filter.text);
    const shown = [...new Set(found.map(({ item }) => item.tile))];
    const visible = new Set(shown);
    for (const tile of tiles()) tile.hidden = !visible.has(tile);
    if (filter.category === QUICK && !isSearch) shown.sort((one, other) => one.dataset.f - other.dataset.f);
    arrange(shown, isSearch || filter.category === QUICK);
    mark(isSearch ? found : []);
    const isEmpty = !shown.length && items.length > 0;
    find("#none-found").hidden = !isEmpty || (!isSearch && filter.category === QUICK);
    find("#none-quick").hidden = !isEmpty || isSearch || filter.category !== QUICK;
    return shown.length;
  }

  /* The best stand first while something is looked for; else every tile has its own place. */
  function arrange(shown, asRanked) {
    if (asRanked || moved) find("#grid").prepend(...(asRanked ? shown : tiles()));
    moved = asRanked;
  }

  function mark(found) {
    if (best) { best.tile.classList.remove("is-hit"); delete best.tile.dataset.hit; }
    best = null;
    const said = find("#found");
    said.textContent = "";
    if (!found.length) return;
    const [{ item, score }] = found;
    const rivals = found.filter((one) => one.score === score && one.item.tile === item.tile);
    best = { ...item, isOne: rivals.length === 1, isExact: !score };
    item.tile.classList.add("is-hit");
    if (best.isOne && item.variant) item.tile.dataset.hit = item.variant;
    said.textContent = `${found.length} ${said.dataset.found} ${find("b", item.tile).textContent} ${best.isOne ? item.variant : ""}`;
  }

  function searchFor(text) {
    filter.text = text;
    const count = applyFilter();
    if (!count && /^\d{4,}$/.test(text)) searchBarcodes(text);
    return count;
  }

  /* Barcodes are not in the page: a thousand of them would be heavy. */
  async function searchBarcodes(digits) {
    await wait(STILL_MS);
    if (filter.text !== digits) return;
    const answer = await fetch(`/barcodes/${digits}`, { headers: { "HX-Request": "true" } });
    if (!answer.ok || filter.text !== digits) return;
    for (const number of await answer.json()) {
      const tile = Lapak.tileOf(number);
      if (tile) tile.hidden = false;
    }
    find("#none-found").hidden = items.some(({ tile }) => !tile.hidden);
  }

  function clear() {
    find("#search").value = "";
    searchFor("");
  }

  /* Variants that fit alike are a question for the sheet, and so are choices; a SKU is not. */
  function addBest(field) {
    const text = field.value.trim();
    if (!text) return;
    searchFor(text);
    const hit = best;
    if (/^\d{6,}$/.test(text) && !hit?.isExact) { Lapak.scan(text); clear(); return; }
    if (!hit) return;
    const isChosen = !hit.tile.dataset.v || hit.isExact || variantsOf(hit.tile).length > 1;
    if (hit.isOne && isChosen && !hit.tile.classList.contains("is-out")) Lapak.add(hit.number, hit.tile);
    else Lapak.openSheet(hit.number);
    clear();
  }

  presses.category = (button) => {
    for (const tab of all("[data-category]")) tab.setAttribute("aria-pressed", String(tab === button));
    filter.category = button.dataset.category;
    applyFilter();
    find("#grid").scrollTop = 0;
  };

  document.addEventListener("change", (event) => {
    if (event.target.id === "stall") { filter.stall = event.target.value; applyFilter(); }
  });

  document.addEventListener("input", (event) => {
    if (event.target.id !== "search") return;
    Lapak.say("");
    searchFor(event.target.value);
  });

  Lapak.keys.push((event) => {
    const field = find("#search");
    if (!field) return false;
    if (event.target === field && event.key === "Enter") { addBest(field); return true; }
    if (event.key === "Escape") {
      if (field.value) clear();
      else field.blur();
      return false;
    }
    if (typing() || event.ctrlKey || event.metaKey || document.body.classList.contains("is-paying")) return false;
    if (event.key === "/") { field.focus(); field.select(); return true; }
    if (/^[\p{L}\p{N}]$/u.test(event.key)) field.focus();
    return false;
  });

  Lapak.refilter = () => { items = null; moved = false; best = null; if (find("#grid")) applyFilter(); };
  Object.assign(Lapak, { searchFor, clearSearch: clear });
})();
