// Signing in again in place. Before the page sends a form, it asks whether the session still stands: a form that was sent
// to a closed door would be lost. `newsroom:signed-out` opens the dialog, `newsroom:signed-in` says that all may go on, and
// `newsroom:keep` that the server cannot be reached.

import { page, renew, standing, tell } from "./talk.js";

const dialog = document.getElementById("sign-in");
const problem = dialog?.querySelector("[data-problem]");
const why = dialog?.querySelector("[data-why]");
const password = dialog?.querySelector("input[type=password]");
let asked = null;

const FRESH = 5000;  // so long an answer holds, whoever sends the form once more

// Resolves to whether the page's own person is signed in at the end.
function ask(who) {
  asked ??= new Promise((resolve) => {
    why.textContent = who
      ? `${who} has signed in in this browser since. What you typed is still here.`
      : "You have been signed out. What you typed is still here.";
    problem.hidden = true;
    password.value = "";
    dialog.returnValue = "";
    dialog.addEventListener("close", () => {
      asked = null;
      resolve(dialog.returnValue === "signed-in");
    }, { once: true });
    dialog.showModal();
    password.focus();
  });
  return asked;
}

function complain(sentence) {
  problem.textContent = sentence;
  problem.hidden = false;
  password.focus();
}

async function signIn() {
  const now = await standing();
  if (!now) return complain("The server cannot be reached. Try again in a moment.");
  const body = new URLSearchParams({ username: dialog.querySelector("[name=username]").value, password: password.value, user: page.user });
  let answer;
  try {
    const response = await fetch(page.signIn, {
      method: "POST", body, headers: { Accept: "application/json", "X-CSRFToken": now.token }, signal: AbortSignal.timeout(8000),
    });
    answer = await response.json();
  } catch {
    return complain("The server cannot be reached. Try again in a moment.");
  }
  if (!answer.token) return complain(answer.problem);
  password.value = "";
  renew(answer.token);
  dialog.close("signed-in");
  return tell("signed-in", { token: answer.token });
}

if (page && dialog) {
  dialog.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    signIn();
  });
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close(""));
  document.addEventListener("newsroom:signed-out", async () => {
    const now = await standing();
    if (now && String(now.user) === page.user) {  // in another window, meanwhile
      renew(now.token);
      tell("signed-in", { token: now.token });
    } else {
      ask(now?.user ? now.name : "");
    }
  });

  const under = new WeakSet();
  const cleared = new WeakMap();
  document.addEventListener("submit", async (event) => {
    const sent = event.target;
    if (sent.method !== "post" || sent.id === "logout-form" || Date.now() - (cleared.get(sent) ?? 0) < FRESH) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (under.has(sent)) return;
    under.add(sent);
    const { submitter } = event;
    try {
      const now = await standing();
      if (!now) {
        tell("keep");
        tell("not-saved");
        return;
      }
      if (String(now.user) !== page.user) {
        if (!(await ask(now.name))) return;
      } else {
        renew(now.token);
      }
    } finally {
      under.delete(sent);
    }
    cleared.set(sent, Date.now());
    sent.requestSubmit(submitter);
  }, true);
}
