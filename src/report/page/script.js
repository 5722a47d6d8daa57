"use strict";
(function () {
  const table = document.querySelector(".people table");
  if (!table) return;
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const heads = Array.from(table.tHead.rows[0].cells);
  const letters = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const key = (row, nth) => {
    const cell = row.cells[nth];
    return cell.dataset.k ?? cell.textContent;
  };
  let column = heads.findIndex((head) => head.dataset.first);
  let rising = false;

  function mark() {
    heads.forEach((head, nth) => {
      if (nth === column) head.setAttribute("aria-sort", rising ? "ascending" : "descending");
      else head.removeAttribute("aria-sort");
    });
  }

  function sort() {
    const sign = rising ? 1 : -1;
    rows
      .map((row, nth) => [key(row, column), nth, row])
      .sort((a, b) => {
        // What is not known stays last, whichever way the column runs.
        if (!a[0] || !b[0]) return (a[0] ? 0 : 1) - (b[0] ? 0 : 1) || a[1] - b[1];
        return sign * letters.compare(a[0], b[0]) || a[1] - b[1];
      })
      .forEach((entry) => body.append(entry[2]));
    mark();
  }

  heads.forEach((head, nth) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", () => {
      rising = nth === column ? !rising : !head.dataset.first;
      column = nth;
      sort();
    });
    head.replaceChildren(button);
  });
  mark();

  const box = document.querySelector(".seek");
  const field = box.querySelector("input");
  const told = box.querySelector("output");
  const texts = rows.map((row) => row.textContent.toLowerCase());
  field.addEventListener("input", () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, nth) => {
      row.hidden = !words.every((word) => texts[nth].includes(word));
      if (!row.hidden) shown += 1;
    });
    told.textContent = words.length ? shown + " of " + rows.length : "";
  });
  box.hidden = false;
})();
