// Times of the newsroom's clock: the schedule button says what it will do, in newsroom time and in UTC, and a time that
// the clock shows twice or never is told at once. The server decides, and says the same.

const minute = 60000;

// What the clock of that zone shows at that instant, as if it were UTC.
function shown(zone, at) {
  const parts = Object.fromEntries(new Intl.DateTimeFormat("en-CA", {
    timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
  }).formatToParts(at).map(({ type, value }) => [type, value]));
  return Date.parse(`${parts.year.padStart(4, "0")}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}:00Z`);
}

// The instants at which the zone's clock shows that time: one; two where it is put back; none where it is put forward.
function instants(zone, local) {
  const wanted = Date.parse(`${local}:00Z`);
  if (Number.isNaN(wanted)) return { found: [], offsets: [] };
  const offsets = [...new Set([-1, 1].map((day) => {
    const near = wanted + day * 86400000;
    return shown(zone, near) - near;
  }))].sort((a, b) => b - a);
  return { found: offsets.map((offset) => wanted - offset).filter((at) => shown(zone, at) === wanted), offsets, wanted };
}

const city = (zone) => zone.split("/").at(-1).replaceAll("_", " ");
const time = (zone, at) => new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" }).format(at);
const day = (zone, at, more = {}) => new Intl.DateTimeFormat("en-GB", { timeZone: zone, weekday: "short", ...more }).format(at).replace(",", "");
const dayOf = (zone, at) => Math.floor(shown(zone, at) / 86400000);

// “Tue 14:00 Beirut (11:00 UTC)”; with its date where the day of the week would not tell, and its year in another year.
export function told(zone, at, now = Date.now()) {
  const apart = dayOf(zone, at) - dayOf(zone, now);
  const sameYear = new Date(shown(zone, at)).getUTCFullYear() === new Date(shown(zone, now)).getUTCFullYear();
  const date = apart >= 0 && apart < 7 ? "" : { day: "numeric", month: "short", ...(sameYear ? {} : { year: "numeric" }) };
  const when = day(zone, at, date || {});
  const utcDay = dayOf("UTC", at) === dayOf(zone, at) ? "" : `${day("UTC", at)} `;
  return `${when}${date ? "," : ""} ${time(zone, at)} ${city(zone)} (${utcDay}${time("UTC", at)} UTC)`;
}

// Why that time cannot be meant, in the server's words; empty where it can.
function refused(zone, { found, offsets, wanted }) {
  const face = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", hour: "2-digit", minute: "2-digit" }).format(wanted);
  if (found.length === 2) {
    const [first, second] = [...found].sort((a, b) => a - b);
    return `The clocks go back that night: ${face} comes twice in ${city(zone)}, at ${time("UTC", first)} UTC and again at ${time("UTC", second)} UTC. Choose a time outside that hour.`;
  }
  if (found.length) return "";
  const [earlier, later] = offsets.map((offset) => wanted - offset).sort((a, b) => a - b);
  return `The clocks go forward that night: there is no ${face} in ${city(zone)}. Choose ${time(zone, earlier)} (${time("UTC", earlier)} UTC) or ${time(zone, later)} (${time("UTC", later)} UTC).`;
}

function tell(field) {
  const zone = field.dataset.clock;
  const note = document.getElementById(`${field.id}-clock`);
  const button = field.form?.querySelector("[data-schedule-button]");
  const verb = button && (button.dataset.scheduleButton || "Schedule");
  if (note) note.textContent = "";
  field.setCustomValidity("");
  if (button) button.textContent = verb;
  if (!field.value) return;
  const read = instants(zone, field.value.slice(0, 16));
  if (!read.offsets.length) return;
  const problem = refused(zone, read);
  if (problem) {
    field.setCustomValidity(problem);
    if (note) note.textContent = problem;
    note?.classList.add("clock-refused");
    return;
  }
  note?.classList.remove("clock-refused");
  const [at] = read.found;
  if (button) button.textContent = `${verb} for ${told(zone, at)}`;
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const words = [];
  if (shown(own, at) !== shown(zone, at)) words.push(`${dayOf(own, at) === dayOf(zone, at) ? "" : `${day(own, at)} `}${time(own, at)} where you are (${city(own)}).`);
  if (at < Date.now() - minute) words.push("That time has passed.");
  if (note) note.textContent = words.join(" ");
}

document.addEventListener("input", ({ target }) => { if (target.matches("[data-clock]")) tell(target); });
document.querySelectorAll("[data-clock]").forEach((field) => { if (field.value) tell(field); });
