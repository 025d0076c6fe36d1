// Two texts side by side: Ctrl+S saves what was chosen, the body editors have names, and choices are not left by accident.

const form = document.querySelector("form.settle");
let chosen = false;
let leaving = false;

// The label of a body editor names the text area that it takes the place of.
function nameEditor(dom) {
  const label = dom.closest(".both-own")?.querySelector("label")?.textContent.trim();
  if (!label) return;
  dom.setAttribute("role", "textbox");
  dom.setAttribute("aria-multiline", "true");
  dom.setAttribute("aria-label", label);
  dom.dir = "auto";
}

if (form) {
  document.querySelectorAll(".ProseMirror[contenteditable]").forEach(nameEditor);
  document.addEventListener("prose-editor:ready", (event) => nameEditor(event.detail.editor.view.dom));

  form.addEventListener("change", () => { chosen = true; });
  form.addEventListener("submit", () => { leaving = true; });
  window.addEventListener("beforeunload", (event) => { if (chosen && !leaving) event.preventDefault(); });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[data-save]"));
    }
  });
}
