// The front page at the desk: a story is dragged from its slot onto another, and the two change places. The buttons
// “Up” and “Down” do the same for the keyboard, and without this script.

const form = document.getElementById("front-move");
let from = null;

if (form) {
  for (const slot of document.querySelectorAll(".front-slot[draggable]")) {
    slot.addEventListener("dragstart", (event) => {
      from = slot;
      slot.classList.add("dragged");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", slot.dataset.slot);
    });
    slot.addEventListener("dragend", () => {
      slot.classList.remove("dragged");
      from = null;
    });
    slot.addEventListener("dragover", (event) => {
      if (!from || from === slot) return;
      event.preventDefault();
      slot.classList.add("under");
    });
    slot.addEventListener("dragleave", () => slot.classList.remove("under"));
    slot.addEventListener("drop", (event) => {
      if (!from || from === slot) return;
      event.preventDefault();
      slot.classList.remove("under");
      form.elements.slot.value = from.dataset.slot;
      form.elements.to.value = slot.dataset.slot;
      form.submit();
    });
  }
}

for (const link of document.querySelectorAll("[data-put]")) {
  link.addEventListener("click", (event) => {
    const choice = document.querySelector("#put select[name=slot]");
    if (!choice) return;
    event.preventDefault();
    choice.value = link.dataset.put;
    const story = document.querySelector("#put .pick-input");
    story?.focus();
    document.getElementById("put").scrollIntoView({ block: "nearest" });
  });
}
