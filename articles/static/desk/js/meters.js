// How long the headline and standfirst are for page, search and push, and how many words the text has.

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const length = (words) => [...segmenter.segment(words.trim())].length;

for (const meter of document.querySelectorAll("[data-meter]")) {
  const field = document.getElementById(meter.dataset.meter);
  const update = () => {
    const now = length(field.value);
    for (const mark of meter.querySelectorAll("[data-most]")) {
      const most = Number(mark.dataset.most);
      mark.dataset.fits = now === 0 ? "" : now > most ? "no" : "yes";
      mark.querySelector("[data-says]").textContent = now > most ? `${now - most} too long` : `${now} of ${most}`;
      mark.querySelector(".meter-bar").style.setProperty("--full", Math.min(1, now / most));
    }
  };
  if (!field) continue;
  field.addEventListener("input", update);
  update();
}

// A headline is one line, however it is typed or pasted.
for (const field of document.querySelectorAll("textarea[data-line]")) {
  field.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.isComposing) event.preventDefault(); });
  field.addEventListener("input", () => {
    if (field.value.includes("\n")) field.value = field.value.replace(/\s*\n\s*/g, " ");
  });
}

const WORD = /[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu;
for (const count of document.querySelectorAll("[data-count]")) {
  const field = document.getElementById(count.dataset.count);
  const update = () => {
    const text = new DOMParser().parseFromString(field.value.replaceAll("<", " <"), "text/html").body.textContent;
    const words = (text.match(WORD) || []).length;
    count.textContent = `${words.toLocaleString("en")} ${words === 1 ? "word" : "words"}${words ? ` · ${Math.max(1, Math.round(words / 230))} min to read` : ""}`;
  };
  field?.addEventListener("input", update);
  if (field) update();
}

// The body editor has no name of its own for screen readers, and writes in the story's language.
function nameEditor(dom) {
  dom.setAttribute("role", "textbox");
  dom.setAttribute("aria-multiline", "true");
  dom.setAttribute("aria-label", "Text of the story");
  const language = document.getElementById("id_language");
  const turn = () => {
    const rtl = ["ar", "fa", "he", "ur"].includes(language?.value);
    for (const part of [dom, ...document.querySelectorAll("#id_headline, #id_standfirst")]) {
      part.dir = rtl ? "rtl" : "ltr";
      if (language) part.lang = language.value;
    }
  };
  language?.addEventListener("change", turn);
  turn();
}

document.querySelectorAll(".ProseMirror[contenteditable]").forEach(nameEditor);
document.addEventListener("prose-editor:ready", (event) => nameEditor(event.detail.editor.view.dom));
