// A list of which many can be chosen: all of a page at once, a run with Shift, and how many are chosen. In a grid,
// arrows lead from one to the next. The form works without it.

const bar = document.querySelector("[data-choose]");
if (bar) {
  const all = bar.querySelector("[data-choose-all]");
  const tick = all.querySelector("input");
  const said = bar.querySelector("[data-chosen]");
  const boxes = [...document.querySelectorAll(`input[type=checkbox][name="${bar.dataset.choose || "story"}"]`)];
  const placeOf = (box) => box.closest("[data-choosable], tr");
  let last = null;

  function tell() {
    const chosen = boxes.filter((box) => box.checked).length;
    said.textContent = chosen ? `(${chosen})` : "";
    tick.checked = chosen === boxes.length;
    tick.indeterminate = chosen > 0 && chosen < boxes.length;
    for (const box of boxes) placeOf(box).classList.toggle("is-chosen", box.checked);
  }

  tick.addEventListener("change", () => {
    for (const box of boxes) box.checked = tick.checked;
    tell();
  });
  let isRun = false; // a click that Space makes does not say whether Shift was held
  for (const box of boxes) {
    box.addEventListener("keydown", (event) => { if (event.key === " ") isRun = event.shiftKey; });
    box.addEventListener("click", (event) => {
      if ((event.shiftKey || isRun) && last && last !== box) {
        const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
        for (const one of boxes.slice(from, to + 1)) one.checked = box.checked;
      }
      isRun = false;
      last = box;
      tell();
    });
  }

  const grid = document.querySelector("[data-choosable]")?.parentElement;
  grid?.addEventListener("keydown", (event) => {
    const at = boxes.indexOf(event.target);
    if (at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    const isRight = getComputedStyle(grid).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    let next = null;
    if (event.key === "Home") [next] = boxes;
    else if (event.key === "End") next = boxes.at(-1);
    else if (/^Arrow(Left|Right)$/.test(event.key)) next = boxes[at + (event.key === isRight ? 1 : -1)];
    else if (/^Arrow(Up|Down)$/.test(event.key)) next = besides(boxes, at, event.key === "ArrowDown" ? 1 : -1);
    if (!next) return;
    event.preventDefault();
    next.focus();
    if (event.shiftKey) {
      next.checked = event.target.checked;
      last = next;
      tell();
    }
  });

  // The nearest one in the row above or below.
  function besides(list, at, step) {
    const here = placeOf(list[at]).getBoundingClientRect();
    const middle = here.left + here.width / 2;
    let found = null;
    let row = null;
    for (let one = at + step; one >= 0 && one < list.length; one += step) {
      const box = placeOf(list[one]).getBoundingClientRect();
      if (Math.abs(box.top - here.top) < 4) continue;
      if (row !== null && Math.abs(box.top - row) >= 4) break;
      row = box.top;
      const away = Math.abs(box.left + box.width / 2 - middle);
      if (!found || away < found.away) found = { away, box: list[one] };
    }
    return found?.box ?? null;
  }

  all.hidden = false;
  tell(); // a page that the browser kept has boxes that are ticked already
}
