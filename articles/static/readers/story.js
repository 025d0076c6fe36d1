// What a story gains from a script: the reader's own clock, the link to copy or hand on, the printer, pictures on request.
const root = document.documentElement;

const own = document.querySelector("[data-own-time]");
const published = document.querySelector(".times .updated time, .times time");
if (own && published) {
  const at = new Date(published.dateTime);
  const shown = (options, zone) => new Intl.DateTimeFormat(root.lang === "ar" ? "ar-u-nu-latn" : "en-GB", { ...options, timeZone: zone }).format(at);
  const clock = { hour: "2-digit", minute: "2-digit" };
  const day = { day: "numeric", month: "long" };
  const newsroom = own.dataset.zone;
  if (shown({ ...clock, ...day }) !== shown({ ...clock, ...day }, newsroom)) {
    const words = shown(day) === shown(day, newsroom) ? shown(clock) : shown({ ...day, ...clock });
    own.textContent = `${words} ${own.dataset.label}`;
  }
}

const ready = (button, act) => {
  if (!button) return;
  button.dataset.ready = "";
  button.hidden = false;
  button.addEventListener("click", act);
};
const copy = document.querySelector("[data-copy]");
if (copy && navigator.clipboard) {
  copy.setAttribute("aria-live", "polite");
  ready(copy, async () => {
    await navigator.clipboard.writeText(copy.dataset.copy);
    copy.textContent = copy.dataset.done;
  });
}
if (navigator.share && copy) {
  ready(document.querySelector("[data-share]"), () =>
    navigator.share({ title: document.querySelector("h1").textContent, url: copy.dataset.copy }).catch(() => { /* thought better of it */ }));
}
ready(document.querySelector("[data-print]"), () => window.print());

// Who saves data is told what a picture shows, and asks for it or not.
const offer = (picture) => {
  const image = picture.querySelector("img");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "ask";
  button.textContent = [root.querySelector("[data-ask]").dataset.ask, image.alt].filter(Boolean).join(": ");
  button.addEventListener("click", () => {
    const asked = (list) => list.replace(/(\S+)( \d+w)/g, "$1?asked$2");
    picture.dataset.asked = "";
    for (const one of picture.children) one.srcset = asked(one.srcset);
    image.src += "?asked";
    button.remove();
  });
  picture.before(button);
};
const ask = () => {
  for (const button of document.querySelectorAll(".ask")) button.remove();
  if (root.dataset.save) document.querySelectorAll(".figure picture:not([data-asked])").forEach(offer);
};
document.addEventListener("reading", (event) => event.detail === "save" && ask());
ask();
