/* Counting a drawer: pieces by denomination, added up as they are typed. */
(() => {
  "use strict";

  const { all, digits, dotted, find, rupiah } = Lapak;

  function sumCount(panel) {
    let sum = 0;
    for (const field of all("[data-kind]", panel)) {
      const worth = Number(digits(field.value) || 0) * Number(field.dataset.kind);
      sum += worth;
      field.nextElementSibling.textContent = dotted(worth);
    }
    find("[data-sum]", panel).textContent = rupiah(sum);
  }

  function nextField(field) {
    const fields = all("[data-kind]", field.closest("form"));
    (fields[fields.indexOf(field) + 1] ?? find("#reason")).focus();
  }

  document.addEventListener("input", ({ target }) => {
    const count = target.closest("[data-count]");
    if (count) sumCount(count);
  });

  Lapak.keys.push((event) => {
    if (event.key !== "Enter" || !event.target.closest?.("[data-count]")) return false;
    nextField(event.target);
    return true;
  });
})();
