// The list of stories: choose all of a page at once, a run with Shift, and see how many are chosen. The form works
// without it.

const bar = document.querySelector("[data-choose]");
if (bar) {
  const all = bar.querySelector("[data-choose-all]");
  const tick = all.querySelector("input");
  const said = bar.querySelector("[data-chosen]");
  const boxes = [...document.querySelectorAll('.story-rows input[name="story"]')];
  let last = null;

  function tell() {
    const chosen = boxes.filter((box) => box.checked).length;
    said.textContent = chosen ? `(${chosen})` : "";
    tick.checked = chosen === boxes.length;
    tick.indeterminate = chosen > 0 && chosen < boxes.length;
    for (const box of boxes) box.closest("tr").classList.toggle("is-chosen", box.checked);
  }

  tick.addEventListener("change", () => {
    for (const box of boxes) box.checked = tick.checked;
    tell();
  });
  for (const box of boxes) {
    box.addEventListener("click", (event) => {
      if (event.shiftKey && last && last !== box) {
        const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
        for (const one of boxes.slice(from, to + 1)) one.checked = box.checked;
      }
      last = box;
      tell();
    });
  }
  all.hidden = false;
  tell(); // a page that the browser kept has boxes that are ticked already
}
