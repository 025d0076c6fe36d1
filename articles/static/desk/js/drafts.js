// Unsaved drafts given back. What an earlier page left in this browser goes to the server first, which offers it like any
// other; what the server does not take is shown as it is, so that it can be copied.

import * as copies from "./copies.js";
import { page, post } from "./talk.js";

const place = () => document.getElementById("unsaved-drafts");

async function hand() {
  const left = (await copies.of(page.user, page.place).catch(() => []))
    .filter((copy) => copy.window !== page.window);
  let came = false;
  for (const copy of left) {
    const control = { user: page.user, window: copy.window, mark: copy.mark, key: copy.key, typed: "1", again: "1" };
    const answer = await post(page.address, [
      ...copy.fields, ...Object.entries(control).map(([name, value]) => [`keeping-${name}`, value]),
    ]);
    if (answer.state === "refused") show(copy, answer.problem);
    if (answer.state !== "ok" || answer.waiting) continue;  // the one that is in the way is decided about first
    await copies.drop(copy.id);
    came ||= Boolean(answer.kept);
  }
  if (came) offer();
}

async function offer() {
  if (!place() || place().querySelector("[data-offer]")) return;
  const answer = await fetch(page.drafts).catch(() => null);
  if (!answer?.ok || answer.status === 204) return;
  const piece = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("unsaved-drafts");
  if (piece) place().replaceWith(document.adoptNode(piece));
  later();
}

function element(name, text = "", className = "") {
  const one = document.createElement(name);
  one.textContent = text;
  one.className = className;
  return one;
}

function show(copy, problem) {
  const panel = element("section", "", "unsaved-draft");
  const at = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", day: "numeric", month: "long" }).format(copy.at);
  const lines = element("div", "", "lines");
  for (const [name, value] of copy.fields) {
    if (!["headline", "standfirst", "body"].includes(name) || !value) continue;
    const text = new DOMParser().parseFromString(name === "body" ? value.replaceAll("</p>", "</p>\n") : "", "text/html");
    for (const line of (name === "body" ? text.body.textContent : value).split("\n").filter((one) => one.trim())) {
      const paragraph = element("p", line);
      paragraph.dir = "auto";
      lines.append(paragraph);
    }
  }
  const out = element("button", "Throw it away", "button danger");
  out.type = "button";
  out.addEventListener("click", async () => {
    await copies.drop(copy.id);
    panel.remove();
  });
  panel.append(element("h2", `What you typed on ${at} is only in this browser`), element("p", problem), lines, out);
  place()?.before(panel);
}

function later() {
  for (const button of document.querySelectorAll("[data-later]")) {
    button.hidden = false;
    button.onclick = () => {
      const panel = button.closest("[data-offer]");
      panel.open = false;
      panel.querySelector("summary").focus();
    };
  }
}

if (page) {
  later();
  document.addEventListener("newsroom:waiting", offer);
  hand();
}
