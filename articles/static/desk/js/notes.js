// Notes beside a story: left and resolved without leaving the page, with what is typed in the story untouched. A colleague
// is found by typing @; a note can lead to its paragraph. Without this script the same forms work as pages of their own.

const panel = () => document.querySelector("[data-notes]");
const said = document.createElement("span");
said.className = "visually-hidden";
said.setAttribute("role", "status");
document.body.append(said);

// --- sending --------------------------------------------------------------------------------------------------------

function put(markup, { keep }) {
  const fresh = new DOMParser().parseFromString(markup, "text/html").querySelector("[data-notes]");
  if (!fresh) return false;
  const typed = panel().querySelector("#note-text");
  const field = fresh.querySelector("#note-text");
  if (keep && typed && field) field.value = typed.value;
  const open = panel().querySelector(".notes-resolved")?.open;
  panel().replaceWith(fresh);
  const resolved = fresh.querySelector(".notes-resolved");
  if (resolved && open) resolved.open = true;
  setUp();
  return true;
}

async function send(form, button) {
  const isNew = form.classList.contains("note-form");
  button.disabled = true;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "X-Panel": "1" } });
    if (!put(await answer.text(), { keep: !isNew })) throw new Error(answer.statusText);
    said.textContent = answer.ok ? (isNew ? "The note is left." : "Done.") : "";
    (isNew ? panel().querySelector("#note-text") : panel().querySelector(".note-list button"))?.focus();
  } catch {
    button.disabled = false;
    let words = form.querySelector(".errornote");
    if (!words) {
      words = document.createElement("p");
      words.className = "errornote";
      words.setAttribute("role", "alert");
      form.prepend(words);
    }
    words.textContent = "The note could not be sent: the desk cannot be reached, or you are no longer signed in. It still stands here.";
  }
}

// Before anything else hears of it: what is typed in the story is not left by this.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!panel()?.contains(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  send(form, event.submitter || form.querySelector("button"));
}, { capture: true });

// --- colleagues -----------------------------------------------------------------------------------------------------

const MENTION = /(?:^|[^\w.@+-])@([\w.@+-]*)$/;

function findPeople(field) {
  const list = document.createElement("ul");
  list.id = "note-people";
  list.className = "people-list";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Colleagues who may see this story");
  field.after(list);
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  let active = -1;
  let timer = 0;
  let asked = 0;

  const begun = () => MENTION.exec(field.value.slice(0, field.selectionStart));

  function close() {
    asked++;
    list.hidden = true;
    active = -1;
    field.removeAttribute("aria-activedescendant");
  }

  function mark(next) {
    active = next;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === active)));
    if (list.children[active]) field.setAttribute("aria-activedescendant", list.children[active].id);
  }

  function choose(name) {
    const match = begun();
    if (match) {
      const end = field.selectionStart;
      field.setRangeText(`${name} `, end - match[1].length, end, "end");
    }
    close();
    said.textContent = `${name} will be told`;
    field.focus();
  }

  async function find() {
    const match = begun();
    if (!match) { close(); return; }
    const turn = ++asked;
    try {
      const answer = await fetch(`${field.dataset.people}?${new URLSearchParams({ q: match[1] })}`);
      if (!answer.ok || turn !== asked) return;
      const { results } = await answer.json();
      if (turn !== asked) return;
      list.replaceChildren(...results.map((person, at) => {
        const item = document.createElement("li");
        item.id = `note-person-${at}`;
        item.setAttribute("role", "option");
        const name = document.createElement("span");
        name.textContent = person.text;
        const account = document.createElement("small");
        account.textContent = `@${person.id}`;
        item.append(name, account);
        item.addEventListener("pointerdown", (event) => { event.preventDefault(); choose(person.id); });
        item.dataset.account = person.id;
        return item;
      }));
      list.hidden = !results.length;
      said.textContent = results.length ? `${results.length} found` : "Nobody of that name may see this story";
      if (results.length) mark(0);
    } catch { close(); }
  }

  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(find, 150); });
  field.addEventListener("blur", () => { clearTimeout(timer); close(); });
  field.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) mark((active + step + list.children.length) % list.children.length);
    else if (event.key === "Enter" || event.key === "Tab") choose(list.children[active].dataset.account);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
}

// --- paragraphs -----------------------------------------------------------------------------------------------------

const plain = (words) => words.replace(/\s+/g, " ").trim();
const blocks = () => [...document.querySelectorAll(".ProseMirror[contenteditable] :is(p, h2, h3, li)")];
let last = "";  // the paragraph that the caret was in

document.addEventListener("selectionchange", () => {
  const at = document.getSelection()?.anchorNode;
  const block = (at?.nodeType === Node.TEXT_NODE ? at.parentElement : at)?.closest?.(".ProseMirror[contenteditable] :is(p, h2, h3, li)");
  if (block) last = plain(block.textContent);
});

function offerParagraph(form) {
  const select = form.querySelector("#note-about");
  let chosen = Boolean(select.value);
  select.addEventListener("change", () => { chosen = true; });
  form.addEventListener("focusin", () => {
    const option = last && [...select.options].find((one) => one.dataset.passage === last);
    if (!chosen && option) option.selected = true;
  });
}

function leadToParagraph(passage) {
  const words = plain(passage.textContent);
  const block = blocks().find((one) => plain(one.textContent) === words);
  if (!block) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button small";
  button.textContent = "Show in the text";
  button.addEventListener("click", () => {
    const now = blocks().find((one) => plain(one.textContent) === words);
    if (!now) { said.textContent = "That paragraph has changed"; return; }
    now.scrollIntoView({ block: "center" });
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    now.animate([{ outline: "2px solid" }, { outline: "2px solid transparent" }], { duration: still ? 1 : 2500 });
    now.closest(".ProseMirror").focus({ preventScroll: true });
    document.getSelection().collapse(now, 0);
  });
  passage.after(button);
}

function setUp() {
  const form = panel()?.querySelector(".note-form");
  if (form) {
    findPeople(form.querySelector("#note-text"));
    offerParagraph(form);
  }
  panel()?.querySelectorAll("[data-passage]:not(option)").forEach(leadToParagraph);
  // A link to a resolved note opens what it stands in.
  const wanted = /^#note-\d+$/.test(location.hash) && document.querySelector(location.hash);
  const folded = wanted && wanted.closest("details");
  if (folded && !folded.open) { folded.open = true; wanted.scrollIntoView(); }
}

setUp();
// The body editor may come after this script.
document.addEventListener("prose-editor:ready", () => {
  panel()?.querySelectorAll("blockquote[data-passage]").forEach((one) => {
    if (!one.nextElementSibling?.matches("button")) leadToParagraph(one);
  });
});
