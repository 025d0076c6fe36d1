// Shortcuts: each has a name, its keys and what it does. Any of them can be turned off, and this browser remembers that.
// `?` lists them; where it is turned off, the menu under one's name still does.

const PLACE = "desk:shortcuts-off";
const known = new Map();
const dialog = document.getElementById("shortcuts");
const isApple = /Mac|iPhone|iPad/.test(navigator.platform);

function off() {
  try {
    return new Set(JSON.parse(localStorage.getItem(PLACE)) ?? []);
  } catch {
    return new Set();  // private browsing, or something else wrote there
  }
}

function turn(id, on) {
  const names = off();
  if (on) names.delete(id);
  else names.add(id);
  try {
    localStorage.setItem(PLACE, JSON.stringify([...names]));
  } catch {
    // Then it holds for this page alone.
    known.get(id).isOff = !on;
  }
}

// `keys`: "mod+s" is Ctrl+S, on a Mac ⌘S; a single sign is never listened to while somebody types.
export function shortcut(id, { keys, label, run }) {
  known.set(id, { keys, label, run, isOff: false });
}

export const isOn = (id) => known.has(id) && !known.get(id).isOff && !off().has(id);

export const inWords = (keys) => keys.split("+").map((key) => (
  key === "mod" ? (isApple ? "⌘" : "Ctrl") : key.toUpperCase()
)).join(isApple ? " " : " + ");

const isTyping = (target) => target instanceof Element
  && Boolean(target.closest("input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]:not([contenteditable=false])"));

function means(event, keys) {
  const mod = keys.startsWith("mod+");
  const key = keys.split("+").at(-1);
  if (mod !== (event.ctrlKey || event.metaKey) || event.altKey) return false;
  // By the letter, or by its place where the keyboard writes another script.
  const isKey = event.key.toLowerCase() === key || (mod && event.code === `Key${key.toUpperCase()}`);
  return isKey && (mod ? !event.shiftKey : !isTyping(event.target));
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.defaultPrevented) return;
  for (const [id, { keys, run }] of known) {
    if (!means(event, keys) || !isOn(id)) continue;
    if (run(event) === false) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
}, true);

// --- the list of them -----------------------------------------------------------------------------------------------

function list() {
  const rows = [...known].map(([id, { keys, label }]) => {
    const row = document.createElement("li");
    const words = document.createElement("label");
    const tick = document.createElement("input");
    tick.type = "checkbox";
    tick.checked = isOn(id);
    tick.addEventListener("change", () => turn(id, tick.checked));
    const press = document.createElement("kbd");
    press.textContent = inWords(keys);
    const what = document.createElement("span");
    what.textContent = label;
    words.append(tick, what, press);
    row.append(words);
    return row;
  });
  dialog.querySelector("ul").replaceChildren(...rows);
}

export function showShortcuts() {
  if (dialog.open) return;
  list();
  dialog.showModal();
}

if (dialog) {
  shortcut("shortcuts", {
    keys: "?",
    label: "List the shortcuts",
    run: () => (document.querySelector("dialog[open]") ? false : showShortcuts()),
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-show-shortcuts]")) return;
    event.target.closest("details")?.removeAttribute("open");
    showShortcuts();
  });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
}
