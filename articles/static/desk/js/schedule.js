// The schedule button says what it will do, in newsroom time and in UTC. The server decides, and refuses a time that the
// clock shows twice or never.

const field = document.querySelector("[data-schedule]");
const button = document.querySelector("[data-schedule-button]");
const zone = field?.dataset.schedule;

function instant(local) {
  // Which instant has these wall-clock hands in the newsroom's zone: guess as if UTC, then correct by what it shows.
  const guess = Date.parse(`${local}:00Z`);
  const shown = (at) => {
    const parts = Object.fromEntries(new Intl.DateTimeFormat("en-CA", {
      timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
    }).formatToParts(at).map(({ type, value }) => [type, value]));
    return Date.parse(`${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}:00Z`);
  };
  let at = guess - (shown(guess) - guess);
  at -= shown(at) - guess;
  return new Date(at);
}

if (field && button && zone) {
  field.addEventListener("input", () => {
    if (!field.value) { button.textContent = "Schedule"; return; }
    const at = instant(field.value.slice(0, 16));
    const say = (timeZone, extra) => new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", ...extra }).format(at);
    const city = zone.split("/").at(-1).replaceAll("_", " ");
    button.textContent = `Schedule for ${say(zone, { weekday: "short", day: "numeric", month: "short" })} ${city} (${say("UTC")} UTC)`;
  });
}
