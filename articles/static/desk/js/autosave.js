// What is typed is on the server soon after: as the one unsaved draft of this person and story. Until the server says that
// it holds it, a copy is in the browser; so it stays there while the server cannot be reached.

import * as copies from "./copies.js";
import { form, isUnsaved, page, report, tell } from "./talk.js";

const PAUSE = 1000;  // after the last key …
const LONGEST = 4000;  // … or since the first that was not kept, whoever types on and on
const RETRIES = [2, 4, 8, 15, 30];

const id = page && `${page.user}/${page.place}/${page.window}`;
let changes = 0;
let kept = 0;
let since = 0;
let timer = 0;
let sending = false;
let failures = 0;
let notBefore = 0;
let stopped = false;

// --- in words, next to Save ---------------------------------------------------------------------------------------

const words = document.createElement("span");
words.className = "keeping-words quiet";
words.setAttribute("role", "status");
const door = document.createElement("button");
door.type = "button";
door.className = "keeping-door";
door.hidden = true;
door.addEventListener("click", () => tell("signed-out"));

function say(sentence, kind = "", button = "") {
  // Said again in the same words, it would be read aloud again.
  if (words.textContent !== sentence) words.textContent = sentence;
  words.dataset.kind = kind;
  door.hidden = !button;
  door.textContent = button;
}

const WHY = {
  unreachable: () => ["Kept in this browser: the server cannot be reached"],
  "signed-out": () => ["Kept in this browser. Signed out:", "sign in here"],
  "someone-else": ({ name }) => [`Kept in this browser. ${name} is signed in:`, `sign in as ${page.name}`],
  refused: ({ problem }) => [`Kept in this browser only. ${problem}`],
  waiting: ({ waiting }) => [`Kept in this browser: first decide about your unsaved draft of ${waiting}`],
};

// --- keeping ------------------------------------------------------------------------------------------------------

function plan() {
  changes += 1;
  stopped = false;
  const now = performance.now();
  since ||= now;
  clearTimeout(timer);
  timer = setTimeout(keep, Math.max(0, Math.min(PAUSE, since + LONGEST - now)));
}

// The token goes by the header: an old one in a copy would shut the door.
const typed = () => [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken" && !name.startsWith("keeping-"));

async function keep() {
  clearTimeout(timer);
  since = 0;
  const upTo = changes;
  const fields = typed();
  let inBrowser = true;
  try {
    await copies.put({
      id, user: page.user, place: page.place, key: page.key, window: page.window, mark: page.mark, at: Date.now(), fields,
    });
  } catch {
    inBrowser = false;
  }
  if (sending || stopped) return;
  if (Date.now() < notBefore) {
    timer = setTimeout(keep, notBefore - Date.now());
    return;
  }
  sending = true;
  const answer = await report([...fields, ["keeping-typed", "1"]]);
  sending = false;
  if (stopped) return;
  if (answer.state === "ok" && answer.kept !== undefined) {
    failures = 0;
    page.mark = answer.kept?.mark ?? "";  // null: it is saved already, or differs in nothing
    kept = upTo;
    if (answer.kept) say(`Kept on the server ${answer.kept.at}`, "kept");
    else say("");
    if (changes === upTo) await copies.drop(id).catch(() => {});
    else if (!since) keep();  // its time came while the last one was under way
    return;
  }
  const state = answer.waiting ? "waiting" : answer.state;
  const [sentence, button] = WHY[state](answer);
  say(inBrowser ? sentence : `Not kept anywhere: ${sentence.replace(/^Kept in this browser( only)?[.:] /, "")}`, "trouble", button);
  if (state === "waiting") tell("waiting");
  else if (state === "unreachable") retry();
}

function retry() {
  const wait = RETRIES[Math.min(failures, RETRIES.length - 1)] * 1000 * (0.8 + Math.random() * 0.4);
  failures += 1;
  notBefore = Date.now() + wait;
  clearTimeout(timer);
  timer = setTimeout(keep, wait);
}

function now() {
  notBefore = 0;
  failures = 0;
  if (changes > kept) keep();
}

// The heartbeat notices it as well, where nothing is typed.
function unheard({ detail }) {
  if (changes > kept || !["signed-out", "someone-else"].includes(detail.state)) return;
  const [sentence, button] = WHY[detail.state](detail);
  say(sentence.replace("Kept in this browser. ", ""), "trouble", button);
}

async function saved() {
  // What was typed during the save is a change of its own, of which unsaved.js tells next.
  clearTimeout(timer);
  stopped = true;
  since = 0;
  kept = changes;
  page.mark = "";
  say("");
  await copies.drop(id).catch(() => {});
}

if (form && page) {
  const bar = document.querySelector("[data-unsaved-note]") ?? document.querySelector("[data-save]");
  bar.after(words, door);
  document.addEventListener("newsroom:typed", plan);
  document.addEventListener("newsroom:saved", saved);
  document.addEventListener("newsroom:signed-in", () => { say(""); now(); });
  document.addEventListener("newsroom:unheard", unheard);
  document.addEventListener("newsroom:keep", () => {
    say("Not saved: the server cannot be reached", "trouble");
    now();
  });
  window.addEventListener("online", now);
  document.addEventListener("visibilitychange", () => { if (document.hidden && changes > kept) keep(); });
  // The save says which draft it makes needless.
  form.addEventListener("formdata", ({ formData }) => {
    for (const name of ["window", "mark", "key"]) formData.set(`keeping-${name}`, page[name]);
  });
  if (isUnsaved()) plan();
}
