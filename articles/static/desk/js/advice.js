// Checks lead to what they are about. Advice is asked for again when typing pauses, of what stands in the form then.

import { form } from "./talk.js";

const PAUSE = 1500;
const box = () => document.querySelector("[data-advice]");
const address = box()?.dataset.advice;
let timer = 0;
let asked = 0;
let leaving = new AbortController();

// --- going there ----------------------------------------------------------------------------------------------------

const plain = (words) => words.replace(/\s+/g, " ").trim();

// The passage as a range of that block, white space apart.
function rangeOf(block, passage) {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  const places = [];
  let words = "";
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (let at = 0; at < node.data.length; at += 1) {
      const isSpace = /\s/.test(node.data[at]);
      if (isSpace && (words === "" || words.endsWith(" "))) continue;
      words += isSpace ? " " : node.data[at];
      places.push([node, at]);
    }
  }
  const from = words.indexOf(plain(passage));
  if (from < 0) return null;
  const [start, end] = [places[from], places[from + plain(passage).length - 1]];
  const range = document.createRange();
  range.setStart(...start);
  range.setEnd(end[0], end[1] + 1);
  return range;
}

function toText(editor, passage) {
  editor.focus({ preventScroll: true });
  const range = passage && [...editor.children].map((block) => rangeOf(block, passage)).find(Boolean);
  if (range) {
    window.getSelection().removeAllRanges();
    window.getSelection().addRange(range);
  }
  const block = range ? range.startContainer.parentElement : editor;
  block.scrollIntoView({ block: range ? "center" : "start" });
}

function goTo(link) {
  const target = document.getElementById(link.hash.slice(1));
  if (!target) return false;
  target.closest("details")?.setAttribute("open", "");
  const { passage } = link.dataset;
  const editor = target.querySelector(".ProseMirror[contenteditable=true]");
  if (editor) {
    toText(editor, passage);
    return true;
  }
  const control = target.querySelector(".pick-input, textarea, select:not([hidden]), input:not([type=hidden], [hidden]), [data-add]");
  control?.focus({ preventScroll: true });
  target.scrollIntoView({ block: "center" });
  const at = passage && control?.setSelectionRange ? control.value.indexOf(passage) : -1;
  if (at >= 0) control.setSelectionRange(at, at + passage.length);
  return true;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-jump]");
  if (link && goTo(link)) event.preventDefault();
});

// --- asking again ---------------------------------------------------------------------------------------------------

const isFilled = (one) => (one.type === "checkbox" ? one.checked : Boolean(one.value));

// Advice counts the pictures as they stand; their fields go by the number that each row began with.
function rowNames() {
  const rows = [...document.querySelectorAll('[data-rows="captions"] [data-row]')].filter((row) => !row.hidden
    && [...row.querySelectorAll("select, textarea, input[name]:not(.order)")].some(isFilled));
  return rows.map((row) => row.querySelector(".order").name.replace(/-ORDER$/, ""));
}

async function ask() {
  const turn = ++asked;
  const body = new FormData(form);
  const names = rowNames();
  let answer;
  try {
    answer = await fetch(address, { method: "POST", body, signal: leaving.signal });
    if (!answer.ok || answer.redirected) return;  // signed out, or gone: saving will say so
  } catch {
    return;
  }
  const piece = new DOMParser().parseFromString(await answer.text(), "text/html").body;
  if (turn !== asked) return;
  for (const link of piece.querySelectorAll("a[data-jump]")) {
    link.setAttribute("href", link.getAttribute("href").replace(/captions-(\d+)/, (all, at) => names[at] ?? all));
  }
  const here = box();
  if (!here || here.innerHTML.trim() === piece.innerHTML.trim()) return;
  if (here.contains(document.activeElement)) return;  // never from under somebody's finger
  here.replaceChildren(...piece.childNodes);
}

if (form && address) {
  const plan = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  };
  document.addEventListener("newsroom:typed", plan);
  // What is sent may move the story out of one's hands: nothing is asked about it any more.
  document.addEventListener("submit", () => {
    clearTimeout(timer);
    leaving.abort();
    leaving = new AbortController();
  });
}
