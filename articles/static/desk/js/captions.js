// A picture in the story as readers will see it: its own caption and credit, or what it leaves to the picture.

import { asPrinted } from "./credit.js";

const field = (row, name) => row.querySelector(`[name$="-${name}"]`);
const shown = (row, name) => field(row, name).value.trim() || field(row, name).placeholder;

function tell(row) {
  row.querySelector("[data-read-caption]").textContent = shown(row, "caption");
  const isFile = field(row, "is_file_photo").checked;
  const { creditStyle } = row.querySelector("[data-credit-style]").dataset;
  row.querySelector("[data-read-credit]").textContent = asPrinted(
    shown(row, "photographer"), shown(row, "credit"), isFile, creditStyle,
  );
  const isThere = Boolean(field(row, "photo").value);
  row.querySelector("[data-read-there]").hidden = !isThere;
  row.querySelector("[data-read-awaited]").hidden = isThere;
}

// Another picture: its own crop, and none of this story's.
function frame(row, picture) {
  const box = row.querySelector("[data-caption-framing]");
  const framing = box.querySelector("[data-framing]");
  box.hidden = !picture.wide;
  if (!picture.wide) return;
  const [width, height] = picture.size.split(" ");
  Object.assign(framing.dataset, { width, height, fallback: picture.framed });
  for (const image of framing.querySelectorAll("img")) image.src = picture.wide;
  Object.assign(framing.querySelector("[data-stage] img"), { width, height, alt: picture.alt_text ?? "" });
  for (const input of framing.querySelectorAll("input")) input.value = "";
  framing.dispatchEvent(new Event("framing:picture"));
}

document.addEventListener("input", ({ target }) => {
  const row = target.closest("[data-caption]");
  if (row) tell(row);
});
document.addEventListener("change", ({ target }) => {
  const row = target.closest("[data-caption]");
  if (!row) return;
  if (target.matches('select[name$="-photo"]')) {
    const picture = target.selectedOptions[0]?.dataset ?? {};
    for (const name of ["caption", "alt_text", "photographer", "credit"]) field(row, name).placeholder = picture[name] ?? "";
    frame(row, picture);
  }
  tell(row);
});
