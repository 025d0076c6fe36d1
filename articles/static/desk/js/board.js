// The board: a card is dragged from its column onto another, which sends the form of that move; where a reason is due,
// the form opens and asks for it. The same forms stand in each card for the keyboard, and without this script. And
// where the reader's own clock differs from the newsroom's, times are told by it too.

const said = document.querySelector("[data-board-said]");
let held = null;

function moveTo(card, column) {
  const form = card.querySelector(`form[data-target="${column.dataset.state}"]`);
  if (!form) {
    if (said) said.textContent = `That story cannot be moved to ${column.dataset.label}.`;
    return;
  }
  if ("reason" in form.dataset) {
    form.closest("details").open = true;
    form.querySelector("input[name=reason]").focus();
  } else {
    form.requestSubmit();
  }
}

for (const card of document.querySelectorAll(".board-card[draggable]")) {
  card.addEventListener("dragstart", (event) => {
    held = card;
    card.classList.add("dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", card.dataset.story);
    for (const column of document.querySelectorAll(".column")) {
      column.classList.toggle("takes", Boolean(card.querySelector(`form[data-target="${column.dataset.state}"]`)));
    }
  });
  card.addEventListener("dragend", () => {
    card.classList.remove("dragged");
    for (const column of document.querySelectorAll(".column")) column.classList.remove("takes", "under");
    held = null;
  });
}

for (const column of document.querySelectorAll("[data-board] .column")) {
  column.addEventListener("dragover", (event) => {
    if (!held || !column.classList.contains("takes")) return;
    event.preventDefault();
    column.classList.add("under");
  });
  column.addEventListener("dragleave", (event) => {
    if (!column.contains(event.relatedTarget)) column.classList.remove("under");
  });
  column.addEventListener("drop", (event) => {
    if (!held) return;
    event.preventDefault();
    moveTo(held, column);
  });
}

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
for (const place of document.querySelectorAll("[data-own-zone]")) {
  const time = place.querySelector("time");
  const shown = clock.format(new Date(time.dateTime));
  if (shown === time.dateTime.slice(11, 16)) continue; // the instant is written with the newsroom's own offset
  time.textContent = shown;
  place.hidden = false;
}
