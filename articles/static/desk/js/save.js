// Ctrl+S and Save keep the story without leaving it: focus, scrolling and what can be undone stay as they are. What the
// server makes of the page is taken over piece by piece; a save that it refuses is shown as it shows it.

import { shortcut } from "./keys.js";
import { form, renew, tell } from "./talk.js";

const said = document.createElement("span");
said.className = "save-said";
said.setAttribute("role", "status");

const PLACE = "desk:place";

// Everything that the form would send, but for what each page has of its own.
function written(root, of) {
  const own = /^(csrfmiddlewaretoken|version|revision|keeping-.*|suggested:.*|.*-(INITIAL|TOTAL|MIN_NUM|MAX_NUM)_FORMS)$/;
  const fields = [...new FormData(of)].filter(([name]) => !own.test(name));
  const lists = new Map();
  const plain = [];
  for (const [name, value] of fields) {
    const row = name.match(/^(captions|citations|bylines)-(\d+)-(.+)$/);
    if (!row) {
      plain.push([name, tidy(name, value)]);
      continue;
    }
    const key = `${row[1]}-${row[2]}`;
    lists.set(key, { ...lists.get(key), [row[3]]: tidy(row[3], value) });
  }
  // Rows by the order in which they stand; what was taken out is gone.
  const rows = [...lists].filter(([, row]) => !row.DELETE).sort(([a, one], [b, two]) => (
    a.split("-")[0].localeCompare(b.split("-")[0]) || Number(one.ORDER) - Number(two.ORDER)
  )).map(([key, { ORDER, ...row }]) => [key.split("-")[0], Object.entries(row).filter(([, value]) => value).sort()]);
  return JSON.stringify([plain.filter(([, value]) => value).sort(), rows]);
}

function tidy(name, value) {
  if (name !== "body") return value.replace(/\s+/g, " ").trim();
  // The same text in other words of HTML is the same text.
  const { body } = new DOMParser().parseFromString(value, "text/html");
  for (const link of body.querySelectorAll("a")) link.removeAttribute("rel");
  for (const empty of [...body.querySelectorAll("p")].reverse()) {
    if (empty.nextElementSibling || empty.textContent.trim()) break;
    empty.remove();
  }
  return body.innerHTML.replace(/\s+/g, " ").replace(/> </g, "><").trim();
}

// Puts the server's piece of the page where the old one stands, with what was typed into it.
function take(fresh) {
  for (const old of document.querySelectorAll("[data-fresh]")) {
    const next = fresh.querySelector(`[data-fresh="${old.dataset.fresh}"]`);
    if (!next) continue;
    const focus = old.contains(document.activeElement) ? document.activeElement.id : "";
    for (const field of old.querySelectorAll("input[id], textarea[id]")) {
      const same = next.querySelector(`#${CSS.escape(field.id)}`);
      if (same && field.value !== field.defaultValue) {
        same.value = field.value;
        same.closest("details")?.setAttribute("open", "");
      }
    }
    old.replaceWith(document.adoptNode(next));
    if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
  }
  for (const name of ["version", "revision"]) {
    const value = fresh.querySelector(`#story-form [name=${name}]`)?.value;
    if (value) form.elements[name].value = value;
  }
  const token = fresh.querySelector("#story-form [name=csrfmiddlewaretoken]")?.value;
  if (token) renew(token);
  document.title = fresh.title;
  form.querySelectorAll(".has-errors").forEach((field) => field.classList.remove("has-errors"));
  form.querySelectorAll(".errorlist").forEach((list) => list.remove());
}

// Next to Save, where it is seen wherever one writes; until the next word is typed.
function say(words, kind = "") {
  said.textContent = words;
  said.dataset.kind = kind;
}

const wordsOf = (page) => page.querySelector(".messagelist")?.textContent.trim().replace(/\s+/g, " ") ?? "";

function message(fresh) {
  document.querySelectorAll("main > [role=status]:has(> .messagelist), main .errornote").forEach((old) => old.remove());
  say(wordsOf(fresh));
}

// The whole page anew, with the reader where they were. What the server said was said to this page: it is taken along.
function reload(address, fresh) {
  const at = document.activeElement?.id || (document.activeElement?.closest(".ProseMirror") ? "body" : "");
  sessionStorage.setItem(PLACE, JSON.stringify({
    path: new URL(address).pathname, top: window.scrollY, at, told: wordsOf(fresh),
  }));
  tell("saved", {});
  window.location.assign(address);
}

function comeBack() {
  const kept = sessionStorage.getItem(PLACE);
  sessionStorage.removeItem(PLACE);
  const { path, top, at, told } = kept ? JSON.parse(kept) : {};
  if (path !== window.location.pathname) return;
  say(told);
  const put = () => {
    (at === "body" ? document.querySelector(".ProseMirror[contenteditable=true]") : document.getElementById(at))?.focus({ preventScroll: true });
    window.scrollTo(0, top);
  };
  put();
  if (at === "body") document.addEventListener("prose-editor:ready", put, { once: true });
}

let saving = false;

// Resolves to false where the browser has to send the form by itself, to show what the server says.
async function save(button) {
  saving = true;
  button.setAttribute("aria-busy", "true");
  const body = new FormData(form);
  const sent = written(document, form);
  tell("saving");
  let answer;
  try {
    answer = await fetch(form.action || window.location.href, { method: "POST", body, headers: { Accept: "text/html" } });
  } catch {
    say("Not saved: the server cannot be reached.", "trouble");
    tell("keep");
    tell("not-saved");
    return true;
  } finally {
    saving = false;
    button.removeAttribute("aria-busy");
  }
  const path = new URL(answer.url).pathname;
  if (!answer.ok || !answer.redirected) {
    tell("not-saved");
    return false;
  }
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const theirs = fresh.getElementById("story-form");
  if (fresh.body.classList.contains("login")) {
    say("Not saved: you have been signed out.", "trouble");
    tell("keep");
    tell("not-saved");
    tell("signed-out");
    return true;
  }
  if (!theirs || path !== new URL(form.action || window.location.href).pathname) {
    reload(answer.url, fresh);  // the first save of a new story, or a story that has left this desk
    return true;
  }
  const same = written(fresh, theirs) === sent;
  if (!same && written(document, form) === sent) {
    reload(answer.url, fresh);  // it was merged with what others have saved, or tidied
    return true;
  }
  if (!same) {
    // Typed on meanwhile, and the server holds something else: the next save is merged, from the version that stands here.
    message(fresh);
    tell("saved", {});
    return true;
  }
  take(fresh);
  message(fresh);
  window.history.replaceState(null, "", path);
  tell("saved", { version: form.elements.version.value });
  return true;
}

if (form) {
  form.querySelector("[data-save]").before(said);
  document.addEventListener("newsroom:typed", () => say(""));
  comeBack();
  let plain = false;
  form.addEventListener("submit", async (event) => {
    // Choices between two texts are a page of their own.
    if (event.defaultPrevented || document.querySelector(".conflict")) return;
    if (plain) {
      plain = false;
      return;
    }
    event.preventDefault();
    if (saving) return;
    const button = event.submitter ?? form.querySelector("[data-save]");
    if (await save(button)) return;
    plain = true;
    form.requestSubmit(button);
  });
  shortcut("save", {
    keys: "mod+s",
    label: "Save, and stay where you are",
    run: () => { form.requestSubmit(form.querySelector("[data-save]")); },
  });
}
