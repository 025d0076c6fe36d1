// What a machine suggested: one key keeps it, one drops it; what its text offers besides is added by one press. What is
// dropped leaves its field at once and the story with the next save.

import { form } from "./talk.js";

const KEYS = { k: "keep", d: "drop" };
const fieldOf = (list) => form.querySelector(`select[name="${list}"]`) ?? document.querySelector(`select[name="${list}"]`);
const nameOf = (item) => item.querySelector("legend bdi").textContent;

function put(select, key, name) {
  if ([...select.options].some((option) => option.value === key)) return;
  select.append(new Option(name, key, true, true));
  select.dispatchEvent(new Event("desk:chosen"));
}

function takeOut(select, key) {
  const option = [...select.options].find((one) => one.value === key);
  if (!option) return;
  option.remove();
  select.dispatchEvent(new Event("desk:chosen"));
}

function judged(item) {
  const verdict = item.querySelector("input:checked")?.value;
  item.dataset.verdict = verdict ?? "";
  const select = fieldOf(item.dataset.list);
  if (select) (verdict === "drop" ? takeOut : put)(select, item.dataset.key, nameOf(item));
  const said = item.closest("[data-suggested]").querySelector("[data-said]");
  said.textContent = `${nameOf(item)}: ${verdict === "drop" ? "dropped" : "kept"}`;
}

function nextOf(item) {
  const all = [...item.parentElement.children];
  return [...all.slice(all.indexOf(item) + 1), ...all].find((one) => one !== item && !one.dataset.verdict);
}

// A source is a row of its own: the last one, once "Add a source" has made it.
function addSource(key, name) {
  const section = document.querySelector('[data-rows="citations"]');
  section.querySelector("[data-add]").click();
  const selects = section.querySelectorAll('.row-list select[name$="-source"]');
  put(selects[selects.length - 1], key, name);
}

if (form) {
  document.addEventListener("change", (event) => {
    const item = event.target.closest?.("[data-suggested] li");
    if (item) judged(item);
  });
  document.addEventListener("keydown", (event) => {
    const item = event.target.closest?.("[data-suggested] li");
    const verdict = KEYS[event.key.toLowerCase()];
    if (!item || !verdict || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const radio = item.querySelector(`input[value=${verdict}]`);
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
    (nextOf(item)?.querySelector("input") ?? radio).focus();
  });
  document.addEventListener("click", (event) => {
    const offer = event.target.closest?.("[data-offer]");
    if (!offer) return;
    const { list, key, name } = offer.dataset;
    if (list === "citations") addSource(key, name);
    else put(fieldOf(list), key, name);
    const next = offer.closest("li").nextElementSibling?.querySelector("[data-offer]");
    offer.closest("li").remove();
    next?.focus();
  });
}
