// The page of a picture: its caption and credit as readers will see them, what the file said taken over with one press,
// and what asks for a second look, asked of the server when typing pauses.

import { asPrinted } from "./credit.js";

const PAUSE = 900;

// --- as readers will see it ------------------------------------------------------------------------------------------

function tell(box) {
  const form = box.closest("form") ?? document;
  const field = (name) => form.querySelector(`[name="${box.dataset.asRead}${name}"]`);
  box.querySelector("[data-read-caption]").textContent = field("caption")?.value.trim() ?? "";
  box.querySelector("[data-read-credit]").textContent = asPrinted(
    field("photographer")?.value.trim() ?? "", field("credit")?.value.trim() ?? "", field("is_file_photo")?.checked,
    box.dataset.creditStyle,
  );
}

const boxes = [...document.querySelectorAll("[data-as-read]")];
const tellAll = () => boxes.forEach(tell);
document.addEventListener("input", tellAll);
document.addEventListener("change", tellAll);
tellAll();

// --- what the file said ----------------------------------------------------------------------------------------------

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-take]");
  const field = button && document.getElementById(button.dataset.take);
  if (!field) return;
  event.preventDefault();
  if (field.type === "checkbox") field.checked = button.dataset.value === "True";
  else field.value = button.dataset.value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
});

// --- a second look ---------------------------------------------------------------------------------------------------

for (const box of document.querySelectorAll("[data-checks]")) {
  const form = box.closest("form");
  const { prefix } = box.dataset;
  let timer = 0;
  let asked = 0;
  const ask = async () => {
    const turn = ++asked;
    const body = new FormData();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && (name === "csrfmiddlewaretoken" || name.startsWith(prefix))) body.append(name, value);
    }
    body.append("prefix", prefix);
    try {
      const answer = await fetch(box.dataset.checks, { method: "POST", body, headers: { Accept: "text/html" } });
      if (!answer.ok || answer.redirected) return;
      const piece = new DOMParser().parseFromString(await answer.text(), "text/html").body;
      if (turn === asked && !box.contains(document.activeElement)) box.replaceChildren(...piece.childNodes);
    } catch {
      // Saving will say that the server is away.
    }
  };
  form.addEventListener("input", (event) => {
    if (!event.target.name?.startsWith(prefix)) return;
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest(".checks-soft a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1))?.querySelector("textarea, input:not([type=hidden]), .pick-input");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.scrollIntoView({ block: "center" });
});
