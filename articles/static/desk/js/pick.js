// Pickers: a <select data-pick> becomes a text box that looks things up, with what was chosen as chips (many) or as the
// box's own words (one). The <select> stays in the form and is what is sent; keyboard and screen reader per the ARIA
// combobox pattern.

// What the server tells of a thing beside its words.
const TOLD = ["hint", "thumb", "wide", "size", "framed", "caption", "alt_text", "photographer", "credit"];
let count = 0;

function setUp(select) {
  if (select.dataset.ready || select.id.includes("__prefix__")) return;
  select.dataset.ready = "1";
  const many = select.multiple;
  const name = `pick-${++count}`;
  const box = document.createElement("div");
  box.className = many ? "pick pick-many" : "pick pick-one";
  const chips = document.createElement("ul");
  chips.className = "chips";
  const input = document.createElement("input");
  input.type = "text";
  input.id = `${select.id}-find`;
  input.autocomplete = "off";
  input.spellcheck = false;
  input.dir = "auto";
  input.className = "pick-input";
  for (const [key, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": name,
  })) input.setAttribute(key, value);
  const list = document.createElement("ul");
  list.id = name;
  list.className = "pick-list";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  const said = document.createElement("span");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  const picture = document.createElement("img");
  picture.className = "pick-picture";
  picture.alt = "";
  picture.hidden = true;
  const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
  if (label) {
    label.htmlFor = input.id;
    list.setAttribute("aria-label", label.textContent.trim());
  } else {
    const words = select.getAttribute("aria-label") || select.dataset.pick;
    input.setAttribute("aria-label", words);
    list.setAttribute("aria-label", words);
  }
  input.placeholder = many ? "Type to add" : "Type to find";
  select.hidden = true;
  select.tabIndex = -1;
  if (!many) box.append(picture);
  if (many) box.append(chips);
  box.append(input, list, said);
  select.before(box);

  let results = [];
  let active = -1;
  let timer = 0;
  let asked = 0;

  const chosen = () => [...select.selectedOptions].filter((option) => option.value);

  function changed() {
    show();
    select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function show() {
    if (!many) {
      const option = chosen()[0];
      input.value = option ? option.textContent.trim() : "";
      input.title = option?.dataset.hint || "";
      picture.hidden = !option?.dataset.thumb;
      if (option?.dataset.thumb) picture.src = option.dataset.thumb;
      return;
    }
    chips.replaceChildren(...chosen().map((option) => {
      const chip = document.createElement("li");
      const words = document.createElement("span");
      words.textContent = option.textContent.trim();
      words.dir = "auto";
      words.title = option.dataset.hint || "";
      const out = document.createElement("button");
      out.type = "button";
      out.textContent = "✕";
      out.setAttribute("aria-label", `Take out ${words.textContent}`);
      out.addEventListener("click", () => { option.remove(); changed(); input.focus(); });
      chip.append(words, out);
      return chip;
    }));
  }

  function choose(thing) {
    if (!many) select.replaceChildren(new Option("", ""));
    let option = [...select.options].find((one) => one.value === thing.id);
    if (option) option.remove();
    option = new Option(thing.text, thing.id, true, true);
    for (const name of TOLD) if (thing[name]) option.dataset[name] = thing[name];
    select.append(option);
    option.selected = true;
    if (many) input.value = "";
    close();
    changed();
    said.textContent = `${thing.text} chosen`;
  }

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function mark(next) {
    active = next;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === active)));
    const item = list.children[active];
    if (item) {
      input.setAttribute("aria-activedescendant", item.id);
      item.scrollIntoView({ block: "nearest" });
    }
  }

  function open(things) {
    const held = new Set(chosen().map((option) => option.value));
    results = things.filter((thing) => !many || !held.has(thing.id));
    list.replaceChildren(...results.map((thing, at) => {
      const item = document.createElement("li");
      item.id = `${name}-${at}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      if (thing.thumb) {
        const image = document.createElement("img");
        image.src = thing.thumb;
        image.alt = "";
        image.loading = "lazy";
        item.append(image);
      }
      const words = document.createElement("span");
      words.dir = "auto";
      words.textContent = thing.text;
      item.append(words);
      if (thing.hint) {
        const hint = document.createElement("small");
        hint.textContent = thing.hint;
        item.append(hint);
      }
      item.addEventListener("pointerdown", (event) => { event.preventDefault(); choose(thing); });
      return item;
    }));
    list.hidden = results.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    said.textContent = results.length ? `${results.length} found` : "Nothing found";
    if (results.length) mark(0);
  }

  async function find() {
    const turn = ++asked;
    const address = `${select.dataset.url}?${new URLSearchParams({ kind: select.dataset.pick, q: input.value.trim() })}`;
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.statusText);
      const { results: things } = await answer.json();
      if (turn === asked && document.activeElement === input) open(things);
    } catch {
      said.textContent = "The look-up could not be reached";
    }
  }

  input.addEventListener("input", (event) => {
    event.stopPropagation();  // what is typed here is a search, not the story
    clearTimeout(timer);
    timer = setTimeout(find, 150);
  });
  input.addEventListener("focus", () => { if (!many) input.select(); });
  input.addEventListener("click", () => { if (list.hidden) find(); });
  input.addEventListener("blur", () => {
    clearTimeout(timer);
    asked++;
    close();
    if (!many && input.value.trim() === "" && chosen().length) {
      select.replaceChildren(new Option("", "", true, true));
      changed();
    }
    show();
    if (many) input.value = "";
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) { find(); return; }
      const step = event.key === "ArrowDown" ? 1 : -1;
      mark((active + step + results.length) % results.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (!list.hidden && results[active]) choose(results[active]);
    } else if (event.key === "Escape") {
      if (!list.hidden) { event.preventDefault(); close(); }
    } else if (event.key === "Backspace" && many && input.value === "") {
      const last = chosen().at(-1);
      if (last) { last.remove(); changed(); }
    }
  });
  select.addEventListener("desk:chosen", changed);  // by another part of the page
  show();
}

export function setUpAll(root = document) {
  root.querySelectorAll("select[data-pick]").forEach(setUp);
}

setUpAll();
document.addEventListener("desk:row-added", (event) => setUpAll(event.target));
