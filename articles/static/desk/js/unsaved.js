// What was typed and not saved is not lost by leaving the page or pressing another button without a word.

const form = document.querySelector("form[data-unsaved]");
const note = document.querySelector("[data-unsaved-note]");
let dirty = Boolean(document.querySelector(".conflict, .story .errorlist"));
let leaving = false;

function mark() {
  dirty = true;
  if (note) note.hidden = false;
}

if (form) {
  if (dirty) mark();
  // Fields of the side panel belong to the form without standing inside it.
  const ours = (event) => event.target.form === form || form.contains(event.target);
  for (const kind of ["input", "change"]) {
    document.addEventListener(kind, (event) => { if (ours(event)) mark(); });
  }
  form.addEventListener("submit", () => { leaving = true; });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-act]")) return;
    if (dirty && !window.confirm("What you typed is not saved, and this button does not save it. Go on and lose it?")) {
      event.preventDefault();
      return;
    }
    leaving = true;
  });
  window.addEventListener("beforeunload", (event) => { if (dirty && !leaving) event.preventDefault(); });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[data-save]"));
    }
  });
}
