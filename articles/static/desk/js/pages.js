// A fixed page: its text's editor is called what the label of the field says, and writes in the direction of its words.

function nameEditor(dom) {
  const label = dom.closest(".form-row")?.querySelector("label")?.textContent.replace(":", "").trim();
  if (label) dom.setAttribute("aria-label", label);
  dom.setAttribute("aria-multiline", "true");
  dom.dir = "auto";
}

document.querySelectorAll(".ProseMirror[contenteditable]").forEach(nameEditor);
document.addEventListener("prose-editor:ready", (event) => nameEditor(event.detail.editor.view.dom));
