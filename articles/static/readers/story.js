// What a story gains from a script: the reader's own clock, the link to copy, the printer.
const own = document.querySelector("[data-own-time]");
const published = document.querySelector(".times .updated time, .times time");
if (own && published) {
  const at = new Date(published.dateTime);
  const offset = published.dateTime.match(/([+-])(\d\d):(\d\d)$/);
  const newsroom = offset ? (offset[1] === "-" ? 1 : -1) * (Number(offset[2]) * 60 + Number(offset[3])) : 0;
  if (at.getTimezoneOffset() !== newsroom) {
    const language = document.documentElement.lang;
    const clock = new Intl.DateTimeFormat(language === "ar" ? "ar-u-nu-latn" : "en-GB", { hour: "2-digit", minute: "2-digit" }).format(at);
    own.textContent = `${clock} ${own.dataset.label}`;
  }
}

const copy = document.querySelector("[data-copy]");
if (copy && navigator.clipboard) {
  copy.dataset.ready = "";
  copy.setAttribute("aria-live", "polite");
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(copy.dataset.copy);
    copy.textContent = copy.dataset.done;
  });
}

const print = document.querySelector("[data-print]");
if (print) {
  print.dataset.ready = "";
  print.addEventListener("click", () => window.print());
}
