// Lists inside the story: add a row from the template, move it by its buttons or its handle, take it out. The order sent
// is the order seen.

for (const section of document.querySelectorAll("[data-rows]")) {
  const list = section.querySelector(".row-list");
  const total = section.querySelector(`input[name="${section.dataset.rows}-TOTAL_FORMS"]`);
  const empty = section.querySelector("template[data-empty]");
  const said = section.querySelector("[data-moved]");
  section.classList.add("with-tools");

  const rows = () => [...list.querySelectorAll(":scope > [data-row]")];
  const seen = () => rows().filter((row) => !row.hidden);

  function number() {
    seen().forEach((row, at) => { row.querySelector('input[name$="-ORDER"]').value = at + 1; });
  }

  function changed() {
    number();
    total.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function say(row) {
    const all = seen();
    said.textContent = `Now number ${all.indexOf(row) + 1} of ${all.length}`;
  }

  section.querySelector("[data-add]").addEventListener("click", () => {
    const row = empty.content.cloneNode(true).querySelector("[data-row]");
    const at = Number(total.value);
    for (const node of row.querySelectorAll("*")) {
      for (const attribute of [...node.attributes]) {
        if (attribute.value.includes("__prefix__")) {
          node.setAttribute(attribute.name, attribute.value.replaceAll("__prefix__", at));
        }
      }
    }
    total.value = at + 1;
    list.append(row);
    row.dispatchEvent(new Event("desk:row-added", { bubbles: true }));
    changed();
    row.querySelector("input:not([type=hidden]):not(.order):not([hidden]), textarea")?.focus();
  });

  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-up], [data-down], [data-out]");
    const row = button?.closest("[data-row]");
    if (!row) return;
    const others = seen();
    const at = others.indexOf(row);
    if (button.matches("[data-up]") && at > 0) others[at - 1].before(row);
    if (button.matches("[data-down]") && at < others.length - 1) others[at + 1].after(row);
    if (button.matches("[data-out]")) {
      row.querySelector('input[name$="-DELETE"]').checked = true;
      row.hidden = true;
      said.textContent = "Taken out";
      section.querySelector("[data-add]").focus();
    } else {
      button.focus();
      say(row);
    }
    changed();
  });

  // By its handle, with a mouse, a pen or a finger.
  list.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest("[data-handle]");
    const row = handle?.closest("[data-row]");
    if (!row || event.button !== 0) return;
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    row.classList.add("is-dragged");
    const before = seen().indexOf(row);
    const move = ({ clientY }) => {
      for (const other of seen()) {
        const { top, height } = other.getBoundingClientRect();
        if (other === row || clientY < top || clientY > top + height) continue;
        // Past the middle only, or two rows of different height would change places to and fro.
        if (clientY < top + height / 2 && seen().indexOf(other) < seen().indexOf(row)) other.before(row);
        else if (clientY > top + height / 2 && seen().indexOf(other) > seen().indexOf(row)) other.after(row);
      }
    };
    const drop = () => {
      handle.removeEventListener("pointermove", move);
      row.classList.remove("is-dragged");
      if (seen().indexOf(row) !== before) {
        say(row);
        changed();
      }
    };
    handle.addEventListener("pointermove", move);
    handle.addEventListener("lostpointercapture", drop, { once: true });
  });

  // One lead only: ticking a picture unticks the others.
  list.addEventListener("change", (event) => {
    if (!event.target.matches('input[name$="-is_lead"]')) return;
    for (const tick of list.querySelectorAll('input[name$="-is_lead"]')) {
      if (tick !== event.target && event.target.checked) tick.checked = false;
      tick.closest("[data-row]").querySelector("[data-lead-mark]").hidden = !tick.checked;
    }
  });

  document.getElementById("story-form")?.addEventListener("submit", number);
}
