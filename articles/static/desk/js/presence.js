// Who else has the story open, what they ask, and what has been saved since. Nobody is ever locked out.

import { form, isUnsaved, page, report } from "./talk.js";

const OFTEN = 15000;
const AWAY = 10 * 60 * 1000;  // a window that nobody has looked at for so long is not “here”

const section = document.getElementById("presence");
const part = (name) => section.querySelector(`[data-${name}]`);
let timer = 0;
let hiddenSince = 0;
let shown = "";

function element(name, text, className = "") {
  const one = document.createElement(name);
  one.textContent = text;
  one.className = className;
  return one;
}

function showOthers(others) {
  const now = JSON.stringify(others);
  if (now === shown) return;
  shown = now;
  const list = element("ul", "", "presence-list");
  for (const one of others) {
    const item = element("li", "");
    const name = element("bdi", one.name, "presence-name");
    item.append(name, element("span", ` here since ${one.since}`), element("span", one.writing ? ", has unsaved changes" : ""));
    if (one.words) item.append(element("span", ` – “${one.words}”${one.passage ? ` (${short(one.passage)})` : ""}`, "presence-words-shown"));
    list.append(item);
  }
  part("here").replaceChildren(...(others.length ? [list] : []));
}

const short = (passage) => (passage.length > 40 ? `${passage.slice(0, 40)}…` : passage);

// --- what has come ------------------------------------------------------------------------------------------------

function showNews(news) {
  const line = element("p", news.words);
  const button = element("button", "", "button");
  button.type = "button";
  const label = () => { button.textContent = isUnsaved() ? "Save mine and take it in" : "Take it in"; };
  label();
  document.addEventListener("newsroom:typed", label);
  button.addEventListener("click", () => {
    if (isUnsaved()) form.requestSubmit(document.querySelector("[data-save]"));
    else window.location.assign(window.location.pathname);
  });
  line.append(" ", button);
  part("news").replaceChildren(line);
}

// --- a paragraph to be left alone ---------------------------------------------------------------------------------

let passage = "";
const marks = element("div", "", "paragraph-marks");
let asks = [];

const paragraphs = () => [...document.querySelectorAll(".ProseMirror[contenteditable] > *, .content-body dd > p")];
const begins = (node) => node.textContent.replace(/\s+/g, " ").trim().slice(0, 80);

// The paragraph that begins as it did, or at least as nearly as no other.
function find(beginning) {
  let best = null;
  let most = Math.min(12, beginning.length) - 1;
  for (const node of paragraphs()) {
    const start = begins(node);
    let same = 0;
    while (same < start.length && start[same] === beginning[same]) same += 1;
    if (same > most) [best, most] = [node, same];
  }
  return best;
}

function drawMarks() {
  const box = paragraphs()[0]?.closest(".prose-editor, .content-list");
  if (!box) return;
  if (marks.parentElement !== box) {
    box.append(marks);
    const watch = new ResizeObserver(drawMarks);
    for (const part of box.children) if (part !== marks) watch.observe(part);
  }
  const frame = marks.getBoundingClientRect();
  marks.replaceChildren(...asks.flatMap(({ name, words, passage: beginning }) => {
    const node = find(beginning);
    if (!node) return [];
    const place = node.getBoundingClientRect();
    const mark = element("p", "", "paragraph-mark");
    mark.append(element("span", `${name}: ${words}`));
    mark.dir = getComputedStyle(node).direction;
    mark.style.insetBlockStart = `${place.top - frame.top}px`;
    mark.style.blockSize = `${place.height}px`;
    return [mark];
  }));
}

function showAsked({ words, passage: about }) {
  const line = part("asked");
  line.hidden = !words;
  line.querySelector("span").textContent = words ? `You ask of the others: “${words}” (${short(about)})` : "";
  part("asking").hidden = Boolean(words);
}

const ask = (words, about) => beat([["keeping-note", "1"], ["keeping-words", words], ["keeping-passage", about]]);

function watchParagraph() {
  const selection = window.getSelection();
  const node = selection?.anchorNode;
  const at = (node instanceof Element ? node : node?.parentElement)?.closest(".ProseMirror[contenteditable] > *");
  if (!at || !begins(at)) return;
  passage = begins(at);
  part("passage").textContent = `About the paragraph that begins “${short(passage)}”`;
  part("send").disabled = false;
}

// --- the heartbeat ------------------------------------------------------------------------------------------------

async function beat(fields = []) {
  clearTimeout(timer);
  timer = setTimeout(beat, OFTEN);
  if (document.hidden && hiddenSince && Date.now() - hiddenSince > AWAY) {
    clearTimeout(timer);
    leave();
    return;
  }
  await report(fields);
}

function leave() {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
  const said = { csrfmiddlewaretoken: token, "keeping-leave": "1", "keeping-user": page.user };
  navigator.sendBeacon(page.address, new URLSearchParams(said));
}

if (section && page) {
  document.addEventListener("newsroom:heard", ({ detail }) => {
    clearTimeout(timer);
    timer = setTimeout(beat, OFTEN);
    showOthers(detail.here);
    part("ask").hidden = !form || !(detail.here.length || detail.asked.words);
    showAsked(detail.asked);
    asks = detail.here.filter((one) => one.words);
    drawMarks();
    if (detail.news) {
      page.version = String(detail.news.version);
      showNews(detail.news);
    }
  });
  document.addEventListener("newsroom:saved", ({ detail }) => {
    if (detail?.version) page.version = String(detail.version);
    part("news").replaceChildren();
    beat();
  });
  document.addEventListener("selectionchange", watchParagraph);
  document.addEventListener("newsroom:typed", () => { if (asks.length) requestAnimationFrame(drawMarks); });
  part("send").addEventListener("click", () => {
    ask(section.querySelector("#presence-words").value, passage);
    part("asking").open = false;
  });
  part("withdraw").addEventListener("click", () => ask("", ""));
  document.addEventListener("visibilitychange", () => {
    hiddenSince = document.hidden ? Date.now() : 0;
    if (!document.hidden) beat();
  });
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", ({ persisted }) => { if (persisted) beat(); });
  document.addEventListener("newsroom:signed-in", () => beat());
  beat();
}
