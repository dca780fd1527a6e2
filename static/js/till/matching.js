/* Which products fit what was typed, the best first: by name, SKU, initials, with one slip.

   Pure: it knows neither the page nor the machine. A lower score is a better fit. */
(() => {
  "use strict";

  const EXACT = 0, WORD = 1, START = 2, INITIALS = 3, WITHIN = 4, SLIP = 9;

  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  const split = (text) => plain(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

  /* What is looked at of one product; `words` are its name's, then its variant's. */
  function known(name, variant, sku) {
    const words = split(`${name} ${variant}`);
    const codes = split(sku).join("");
    return { words, run: words.join(""), sku: codes, initials: words.map((word) => word[0]).join("") };
  }

  /* One letter wrong, missing, too many, or two swapped; what follows may be untyped yet. */
  function nearly(typed, word) {
    const start = word.slice(0, typed.length + 1);
    if (Math.abs(start.length - typed.length) > 1) return false;
    let i = 0;
    while (i < typed.length && typed[i] === start[i]) i += 1;
    const rest = (a, b) => start.slice(b).startsWith(typed.slice(a));
    return rest(i + 1, i + 1) || rest(i + 1, i) || rest(i, i + 1)
      || (typed[i] === start[i + 1] && typed[i + 1] === start[i] && rest(i + 2, i + 2));
  }

  function scoreWord(item, typed) {
    if (item.words.includes(typed)) return WORD;
    if (item.words.some((word) => word.startsWith(typed)) || item.sku.startsWith(typed)) return START;
    if (item.initials.startsWith(typed)) return INITIALS;
    return item.words.some((word) => word.includes(typed)) || item.sku.includes(typed) ? WITHIN : Infinity;
  }

  function score(item, typed, run) {
    if (item.sku === run || item.run === run) return EXACT;
    const sum = typed.reduce((so, word) => so + scoreWord(item, word), 0);
    if (sum < Infinity) return sum;
    return run.length > 2 && item.run.includes(run) ? WITHIN : Infinity;
  }

  /* Only where nothing fits: all words but one fit, and that one nearly; or all run together. */
  function scoreWithSlip(item, typed, run) {
    if (run.length > 1 && nearly(run, item.run)) return SLIP;
    const missed = typed.filter((word) => scoreWord(item, word) === Infinity);
    const near = missed.every((word) => item.words.some((own) => nearly(word, own)));
    const plainly = missed.length === 1 ? run.length > 1 : missed.every((word) => word.length > 3);
    return near && plainly ? SLIP + missed.length : Infinity;
  }

  /* Those of `items` (each with what `known` gives) that fit, the best first. */
  function rank(items, text) {
    const typed = split(text);
    if (!typed.length) return items.map((item) => ({ item, score: EXACT }));
    const run = typed.join("");
    const by = (scored) => items
      .map((item) => ({ item, score: scored(item, typed, run) }))
      .filter((one) => one.score < Infinity)
      .sort((one, other) => one.score - other.score);
    const found = by(score);
    return found.length ? found : by(scoreWithSlip);
  }

  Object.assign(Lapak, { known, rank, hasWords: (text) => split(text).length > 0 });
})();
