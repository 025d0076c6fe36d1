// Panels that a page fetches after itself, and whose forms work in place. Each is also a page of its own, which is what
// its links and forms lead to without this script.

const wait = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

async function read(address, options = {}) {
  const answer = await fetch(address, { credentials: "same-origin", ...options });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector("[data-panel]");
}

function put(place, fresh) {
  const open = [...place.querySelectorAll("details[open] > summary")].map((one) => one.textContent.trim());
  place.replaceWith(fresh);
  for (const summary of fresh.querySelectorAll("details:not(.act) > summary")) {
    if (open.includes(summary.textContent.trim())) summary.parentElement.open = true;
  }
  fresh.querySelector("[data-select]")?.select();
  return fresh;
}

// Ask again until there is an answer that is newer than what is shown, for half a minute.
async function follow(panel, address) {
  const before = panel.dataset.asked;
  for (let turn = 0; turn < 15; turn += 1) {
    await wait(2);
    const fresh = await read(address);
    if (fresh && fresh.dataset.asked !== before) return put(panel, fresh);
  }
  panel.querySelector("[data-panel-form] button")?.removeAttribute("disabled");
  return panel;
}

async function send(form, button) {
  const panel = form.closest("[data-panel]");
  const address = panel.dataset.address || location.href;
  button.disabled = true;
  try {
    const fresh = await read(form.action, { method: "POST", body: new FormData(form) });
    if (!fresh) throw new Error("no panel");
    const now = put(panel, fresh);
    now.dataset.address = address;
    if (form.dataset.panelForm === "poll") {
      now.querySelector("[data-panel-form] button").disabled = true;
      (await follow(now, address)).dataset.address = address;
    } else {
      (now.querySelector("[data-select], .errornote, .errorlist") ?? now.querySelector("summary"))?.focus?.();
    }
  } catch {
    button.disabled = false;
    form.removeAttribute("data-panel-form");
    form.requestSubmit();
  }
}

function fetchAll() {
  for (const place of document.querySelectorAll("[data-later]")) {
    const address = place.dataset.later;
    place.removeAttribute("data-later");
    read(address).then((fresh) => { if (fresh && place.isConnected) put(place, fresh).dataset.address = address; }, () => {});
  }
}

fetchAll();
// A part of the page that was put in anew after a save holds such a place again.
new MutationObserver(fetchAll).observe(document.body, { childList: true, subtree: true });

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-panel-form]")) return;
  event.preventDefault();
  send(event.target, event.submitter ?? event.target.querySelector("button"));
});
