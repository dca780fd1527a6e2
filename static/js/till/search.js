/* Search and filters, over the tiles that are there. */
(() => {
  "use strict";

  const { all, find, presses } = Lapak;
  const filter = { words: [], category: "", stall: "" };
  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  let index = null;

  function build() {
    index = all(".tile").map((tile) => {
      const words = plain(find("b", tile).textContent).split(/[^a-z0-9]+/).filter(Boolean);
      return { tile, words, sku: plain(tile.dataset.k), initials: words.map((word) => word[0]).join("") };
    });
  }

  /* One letter wrong, missing, too many or swapped. */
  function nearly(typed, word) {
    if (typed.length < 4) return false;
    const start = word.slice(0, typed.length + 1);
    if (Math.abs(start.length - typed.length) > 1) return false;
    let i = 0;
    while (i < typed.length && typed[i] === start[i]) i += 1;
    const rest = (a, b) => start.slice(b).startsWith(typed.slice(a));
    return rest(i + 1, i + 1) || rest(i + 1, i) || rest(i, i + 1)
      || (typed[i] === start[i + 1] && typed[i + 1] === start[i] && rest(i + 2, i + 2));
  }

  const fits = (item, typed) => item.sku.includes(typed) || item.initials.startsWith(typed)
    || item.words.some((word) => word.includes(typed));

  function applyFilter() {
    if (!index) build();
    const { words, category, stall } = filter;
    const within = ({ tile }) => (!category || tile.dataset.c === category) && (!stall || tile.dataset.s === stall);
    const search = (fit) => index.filter((item) => within(item) && words.every((typed) => fit(item, typed)));
    let shown = search(fits);
    if (!shown.length && words.length) {
      shown = search((item, typed) => fits(item, typed) || item.words.some((word) => nearly(typed, word)));
    }
    const visible = new Set(shown.map(({ tile }) => tile));
    for (const { tile } of index) tile.hidden = !visible.has(tile);
    find("#none-found").hidden = shown.length > 0 || !index.length;
    return shown;
  }

  function searchFor(text) {
    filter.words = plain(text).split(/\s+/).filter(Boolean);
    return applyFilter();
  }

  function addFirst(field) {
    const typed = plain(field.value).trim();
    if (!typed) return;
    const shown = searchFor(field.value);
    const hit = shown.find(({ sku }) => sku === typed) ?? shown[0];
    if (!hit) return;
    Lapak.add(hit.tile.dataset.n, hit.tile);
    field.value = "";
    searchFor("");
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

  document.addEventListener("input", (event) => { if (event.target.id === "search") searchFor(event.target.value); });

  Lapak.keys.push((event) => {
    const search = find("#search");
    if (!search) return false;
    if (event.target === search && event.key === "Enter") { addFirst(search); return true; }
    if (event.key === "Escape" && search.value) { search.value = ""; searchFor(""); return false; }
    if (Lapak.typing() || event.ctrlKey || event.metaKey || document.body.classList.contains("is-paying")) return false;
    if (event.key === "/") { search.focus(); search.select(); return true; }
    if (/^[\p{L}\p{N}]$/u.test(event.key)) search.focus();
    return false;
  });

  Object.assign(Lapak, { searchFor });
})();
