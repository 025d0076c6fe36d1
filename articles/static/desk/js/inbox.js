// The wire inbox: one key for each button, the next and the last row by j and k, and what comes is told of while the
// page is open. Every button is a form that works without this.

import { shortcut } from "./keys.js";

const queue = document.querySelector("[data-wire-queue]");
const said = document.querySelector("[data-wire-said]");
const rows = () => [...document.querySelectorAll("[data-wire-row]")];
let at = null;

function tell(words) {
  if (said) said.textContent = words;
}

function stand(row) {
  at?.classList.remove("is-here");
  at = row ?? null;
  if (!at) return;
  at.classList.add("is-here");
  at.querySelector("[data-wire-open]").focus();
  at.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const link = document.querySelector(`[data-wire-go="${by > 0 ? "j" : "k"}"]`);
  if (link) return link.click();
  const all = rows();
  if (!all.length) return false;
  const here = all.indexOf(at);
  return stand(all[Math.max(0, Math.min(all.length - 1, here < 0 ? 0 : here + by))]);
}

function press(key) {
  const within = at ?? document.activeElement?.closest("[data-wire-row]") ?? document.querySelector("[data-wire-act-here]");
  const button = within?.querySelector(`[data-key="${key}"]`);
  if (!button) return false;
  button.form.requestSubmit(button);
  return true;
}

shortcut("wire-next", { keys: "j", label: "Wire: next item", run: () => step(1) });
shortcut("wire-last", { keys: "k", label: "Wire: previous item", run: () => step(-1) });
shortcut("wire-take", { keys: "t", label: "Wire: take it", run: () => press("t") });
shortcut("wire-park", { keys: "p", label: "Wire: park it", run: () => press("p") });
shortcut("wire-spike", { keys: "x", label: "Wire: spike it", run: () => press("x") });
shortcut("wire-back", { keys: "b", label: "Wire: put it back", run: () => press("b") });

document.addEventListener("focusin", (event) => {
  const row = event.target.closest?.("[data-wire-row]");
  if (!row || row === at) return;
  at?.classList.remove("is-here");
  at = row;
  at.classList.add("is-here");
});

// A row leaves the list when it is decided about; where that is refused, it says why.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches?.("[data-wire-act]") || !event.submitter) return;
  event.preventDefault();
  const row = form.closest("[data-wire-row]");
  const body = new FormData(form, event.submitter);
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    const { said: words } = await answer.json();
    tell(words);
    if (!answer.ok) return;
    const all = rows();
    const next = all[all.indexOf(row) + 1] ?? all[all.indexOf(row) - 1];
    row.remove();
    stand(next);
  } catch {
    form.submit();  // what went wrong, the page itself will say
  }
});

// --- what comes ---------------------------------------------------------------------------------------------------

const EVERY = 15_000;
let waiting = [];

async function look() {
  if (document.hidden) return;
  const address = `${queue.dataset.news}&after=${queue.dataset.last}`;
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) return;
    const news = await answer.json();
    queue.dataset.last = news.last;
    if (!news.count) return;
    waiting.unshift(news.rows);
    const button = document.querySelector("[data-wire-show]");
    const count = Number(button.dataset.count ?? 0) + news.count;
    button.dataset.count = count;
    button.textContent = count === 1 ? "Show 1 new item" : `Show ${count} new items`;
    button.hidden = false;
    tell(news.kills ? `A kill has come. ${button.textContent}.` : `${count} new on the wire.`);
  } catch {
    // The next look will do.
  }
}

if (queue && !("older" in queue.dataset)) {
  document.querySelector("[data-wire-show]").addEventListener("click", (event) => {
    queue.insertAdjacentHTML("afterbegin", waiting.join(""));
    document.querySelector("[data-wire-empty]")?.remove();
    waiting = [];
    event.target.hidden = true;
    event.target.dataset.count = 0;
    stand(rows()[0]);
  });
  setInterval(look, EVERY);
  document.addEventListener("wire:look", look);
  document.addEventListener("visibilitychange", look);
}
