// What was typed and not saved is not lost by leaving the page or pressing another button without a word.
// Says `newsroom:typed` for each change; the form's data-unsaved is “yes” while there is something to save.

import { form, page, tell } from "./talk.js";

const note = document.querySelector("[data-unsaved-note]");
let typed = 0;
let sent = 0;
let leaving = false;

function show() {
  const unsaved = typed > 0;
  form.dataset.unsaved = unsaved ? "yes" : "";
  if (note) note.hidden = !unsaved;
}

function mark() {
  typed += 1;
  show();
  tell("typed");
}

if (form) {
  // Fields of the side panel belong to the form without standing inside it.
  const ours = (event) => event.target.form === form || form.contains(event.target);
  document.addEventListener("input", (event) => { if (ours(event)) mark(); });
  // What is typed has told of itself letter by letter: that its field is left later is no change, least of all after a save.
  const typing = "textarea, input:not([type=checkbox], [type=radio], [type=hidden])";
  document.addEventListener("change", (event) => { if (ours(event) && !event.target.matches(typing)) mark(); });
  if (page?.taken || document.querySelector(".conflict, .story .errorlist")) mark();

  form.addEventListener("submit", () => { leaving = true; });
  // A save that leaves the page where it is: what was typed while it was under way is not saved yet.
  document.addEventListener("submit", (event) => { if (event.target === form) sent = typed; }, true);
  document.addEventListener("newsroom:saving", () => { sent = typed; });
  document.addEventListener("newsroom:saved", () => {
    typed -= sent;
    sent = 0;
    leaving = false;
    show();
    if (typed) queueMicrotask(() => tell("typed"));  // after all others have heard of the save
  });
  document.addEventListener("newsroom:not-saved", () => { leaving = false; });

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-act]")) return;
    const asked = "What you typed is not saved, and this button does not save it. Go on without it? It stays as your unsaved draft.";
    if (typed && !window.confirm(asked)) {
      event.preventDefault();
      return;
    }
    leaving = true;
  });
  window.addEventListener("beforeunload", (event) => { if (typed && !leaving) event.preventDefault(); });
}
