// Lists inside the story: add a row from the template, move it, take it out. The order sent is the order seen.

for (const section of document.querySelectorAll("[data-rows]")) {
  const list = section.querySelector(".row-list");
  const total = section.querySelector(`input[name="${section.dataset.rows}-TOTAL_FORMS"]`);
  const empty = section.querySelector("template[data-empty]");
  section.classList.add("with-tools");

  const rows = () => [...list.querySelectorAll(":scope > [data-row]")];
  const seen = () => rows().filter((row) => !row.hidden);

  function number() {
    seen().forEach((row, at) => { row.querySelector('input[name$="-ORDER"]').value = at + 1; });
  }

  function changed() {
    number();
    section.dispatchEvent(new Event("change", { bubbles: true }));
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
      section.querySelector("[data-add]").focus();
    } else {
      button.focus();
    }
    changed();
  });

  // One lead only: ticking a picture unticks the others.
  list.addEventListener("change", (event) => {
    if (event.target.matches('input[name$="-is_lead"]') && event.target.checked) {
      for (const other of list.querySelectorAll('input[name$="-is_lead"]')) {
        if (other !== event.target) other.checked = false;
      }
    }
  });

  section.closest("form")?.addEventListener("submit", number);
}
