// Ctrl+K: one box that finds stories, regions, topics, sources and pictures, and does what this page can do. On every page
// of the desk; what it may show is the server's to say.

import { inWords, isOn, shortcut, showShortcuts } from "./keys.js";

const dialog = document.getElementById("palette");
const input = dialog?.querySelector("input");
const list = dialog?.querySelector("[role=listbox]");
const said = dialog?.querySelector("[role=status]");
const GROUPS = { command: "Do", story: "Stories", region: "Regions", topic: "Topics", source: "Sources", photo: "Pictures" };
let shown = [];
let active = -1;
let timer = 0;
let asked = 0;
let found = [];

// Where one writes in a field, the likeliest first: beside it stand toolbars, and what the form sends unseen.
const WRITTEN_IN = [".ProseMirror[contenteditable=true]", ".pick-input", "textarea, select, input:not([type=hidden])", "button"];

// --- what this page can do ------------------------------------------------------------------------------------------

// Buttons and links that say so, the sections of the desk, and the fields of a story to go to.
function commands() {
  const all = [];
  const add = (text, run, hint = "") => all.push({ kind: "command", text, hint, run });
  for (const one of document.querySelectorAll("[data-save]")) add(one.textContent.trim(), () => one.click(), keysOf("save"));
  for (const one of document.querySelectorAll(".side form[data-act] button[type=submit], .side .act > summary")) {
    // Nothing goes to readers from here: this leads to the button, and the button does it.
    if (!one.disabled && !one.closest("details:not([open]) > form")) add(one.textContent.trim(), () => goTo(one), "go to the button");
  }
  for (const field of document.querySelectorAll("#story-form .field[id], .side .field[id], .side .rows[id]")) {
    if (field.closest("[data-row]")) continue;
    const label = field.querySelector("label, h2")?.textContent.trim();
    if (label) add(label, () => goTo(WRITTEN_IN.map((kind) => field.querySelector(kind)).find(Boolean)), "go to the field");
  }
  for (const link of document.querySelectorAll(".story-facts a, .button-new, .top-sections a, .top-person .bell")) {
    add(link.textContent.trim() || link.title, () => (link.target ? window.open(link.href, link.target, "noopener") : window.location.assign(link.href)), "open");
  }
  add("Keyboard shortcuts", showShortcuts, keysOf("shortcuts"));
  return all.filter(({ text }, at) => text && all.findIndex((other) => other.text === text) === at);
}

const keysOf = (id) => (isOn(id) ? inWords({ save: "mod+s", shortcuts: "?" }[id]) : "");

function goTo(element) {
  element.closest("details")?.setAttribute("open", "");
  element.focus();
  element.scrollIntoView({ block: "center" });
}

const plain = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

function matching(words) {
  const parts = plain(words).split(/\s+/).filter(Boolean);
  const fits = commands().filter(({ text }) => parts.every((part) => plain(text).includes(part)));
  return words.trim() ? fits.slice(0, 6) : fits;
}

// --- the list -------------------------------------------------------------------------------------------------------

function option(thing, at) {
  const item = document.createElement("li");
  item.id = `palette-${at}`;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  if (thing.thumb) {
    const image = document.createElement("img");
    image.src = thing.thumb;
    image.alt = "";
    item.append(image);
  }
  const words = document.createElement("span");
  words.dir = "auto";
  words.textContent = thing.text;
  item.append(words);
  if (thing.hint) {
    const hint = document.createElement("small");
    hint.dir = "auto";
    hint.textContent = thing.hint;
    item.append(hint);
  }
  item.addEventListener("click", () => choose(thing));
  item.addEventListener("pointermove", () => { if (active !== at) mark(at); });
  return item;
}

function show() {
  shown = [...matching(input.value), ...found];
  const nodes = [];
  let group = null;
  shown.forEach((thing, at) => {
    if (group?.dataset.kind !== thing.kind) {
      group = document.createElement("ul");
      group.dataset.kind = thing.kind;
      group.setAttribute("role", "group");
      group.setAttribute("aria-label", GROUPS[thing.kind]);
      const title = document.createElement("li");
      title.className = "palette-group";
      title.setAttribute("role", "presentation");
      title.textContent = GROUPS[thing.kind];
      group.append(title);
      nodes.push(group);
    }
    group.append(option(thing, at));
  });
  list.replaceChildren(...nodes);
  said.textContent = shown.length ? `${shown.length} found` : "Nothing found";
  dialog.querySelector("[data-nothing]").hidden = shown.length > 0;
  mark(shown.length ? 0 : -1);
}

function mark(at) {
  active = at;
  for (const item of list.querySelectorAll("[role=option]")) item.setAttribute("aria-selected", String(item.id === `palette-${at}`));
  const item = document.getElementById(`palette-${at}`);
  if (item) {
    input.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  } else {
    input.removeAttribute("aria-activedescendant");
  }
}

function choose(thing) {
  if (!thing) return;
  dialog.close();
  if (thing.run) thing.run();
  else window.location.assign(thing.address);
}

async function find() {
  const turn = ++asked;
  const words = input.value.trim();
  if (words.length < 2) {
    found = [];
    show();
    return;
  }
  try {
    const answer = await fetch(`${dialog.dataset.url}?${new URLSearchParams({ kind: "everything", q: words })}`, { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
    const { results } = await answer.json();
    if (turn !== asked) return;
    found = results;
    show();
  } catch {
    if (turn === asked) said.textContent = "The look-up could not be reached";
  }
}

export function openPalette() {
  if (document.querySelector("dialog[open]")) return false;
  input.value = "";
  found = [];
  asked += 1;
  show();
  dialog.showModal();
  input.focus();
  return true;
}

if (dialog) {
  // In the text, with words selected, Ctrl+K makes a link of them, as everywhere else.
  const marksText = () => Boolean(document.activeElement?.closest(".ProseMirror")) && !window.getSelection().isCollapsed;
  shortcut("palette", { keys: "mod+k", label: "Find anything, do anything", run: () => (marksText() ? false : openPalette()) });
  document.addEventListener("click", (event) => { if (event.target.closest("[data-open-palette]")) openPalette(); });
  input.addEventListener("input", () => {
    clearTimeout(timer);
    show();
    timer = setTimeout(find, 150);
  });
  input.addEventListener("keydown", (event) => {
    const to = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (to && shown.length) mark((active + to + shown.length) % shown.length);
    else if (event.key === "Enter" && !event.isComposing) choose(shown[active]);
    else return;
    event.preventDefault();
  });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
}
