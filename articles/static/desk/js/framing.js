// Focal point and the part that must survive, set on the picture by mouse, pen, touch and keys. What is set stands in
// number fields, which are what is sent and which can be typed into; the crops show at once what becomes of it.

import { cropBox, keeps } from "./crop_box.js";

const RATIOS = { "16x9": 16 / 9, "4x3": 4 / 3, "1x1": 1, "3x4": 3 / 4 };
const STEP = 0.01;
const BIG = 0.1;
const LEAST = 0.05; // of the part to keep

const clamp = (value, least, most) => Math.max(least, Math.min(most, value));
const rounded = (value) => Math.round(value * 1000) / 1000;
const percent = (value) => `${Math.round(value * 100)}%`;

function setUp(root) {
  if (root.dataset.ready || root.closest("template")) return;
  root.dataset.ready = "1";
  const stage = root.querySelector("[data-stage]");
  const dot = root.querySelector("[data-focus]");
  const box = root.querySelector("[data-keep]");
  const said = root.querySelector("[data-framing-said]");
  const mark = root.querySelector("[data-keep-mark]");
  const out = root.querySelector("[data-keep-out]");
  const asPicture = root.querySelector("[data-framing-as-picture]");
  const field = (name) => root.querySelector(`input[name$="${name}"]`);
  const fields = Object.fromEntries(["focal_x", "focal_y", "keep_x", "keep_y", "keep_w", "keep_h"].map((name) => [name, field(name)]));

  // Where nothing of its own is set, a story's crop is the picture's: [x, y, left, top, width, height], empty where none.
  const fallback = () => (root.dataset.fallback ?? "").split(" ").map((one) => (one === "-" || one === "" ? null : Number(one)));
  const number = (name) => {
    const value = fields[name].value.trim().replace(",", ".");
    return value === "" || Number.isNaN(Number(value)) ? null : Number(value);
  };
  const isOwn = () => number("focal_x") !== null && number("focal_y") !== null;

  function focus() {
    if (isOwn()) return [clamp(number("focal_x"), 0, 1), clamp(number("focal_y"), 0, 1)];
    const [x, y] = fallback();
    return [x ?? 0.5, y ?? 0.5];
  }

  function keep() {
    const four = ["keep_x", "keep_y", "keep_w", "keep_h"].map(number);
    if (four.every((one) => one !== null && one >= 0) && four[2] > 0 && four[3] > 0) return four;
    if (isOwn() || !root.dataset.fallback) return null;
    const rest = fallback().slice(2);
    return rest.length === 4 && rest.every((one) => one !== null) ? rest : null;
  }

  // --- showing ------------------------------------------------------------------------------------------------------

  function draw() {
    const [x, y] = focus();
    const part = keep();
    dot.style.left = percentOf(x);
    dot.style.top = percentOf(y);
    box.hidden = !part;
    if (part) {
      [box.style.left, box.style.top, box.style.width, box.style.height] = part.map(percentOf);
    }
    mark.hidden = Boolean(part);
    out.hidden = !part;
    if (asPicture) asPicture.hidden = !isOwn();
    const { width, height } = root.dataset;
    stage.style.setProperty("--ratio", width / height);
    for (const crop of root.querySelectorAll("[data-crop]")) {
      const shown = cropBox(Number(width), Number(height), RATIOS[crop.dataset.crop], [x, y], part);
      const image = crop.querySelector("img");
      image.style.left = percentOf(-shown[0] / shown[2]);
      image.style.top = percentOf(-shown[1] / shown[3]);
      image.style.width = percentOf(1 / shown[2]);
      image.style.height = percentOf(1 / shown[3]);
      crop.dataset.shows = shown.map((one) => one.toFixed(4)).join(" ");
      crop.parentElement.querySelector("[data-cuts]").hidden = keeps(shown, part);
    }
  }

  const percentOf = (value) => `${value * 100}%`;

  function say(words) { said.textContent = words; }

  let writing = false;
  function write(values) {
    writing = true;
    for (const [name, value] of Object.entries(values)) fields[name].value = value === null ? "" : String(rounded(value));
    draw();
    fields.focal_x.dispatchEvent(new Event("input", { bubbles: true }));
    fields.focal_x.dispatchEvent(new Event("change", { bubbles: true }));
    writing = false;
  }

  function writeFocus(x, y) {
    const part = keep();
    write({ ...asFields(part), focal_x: clamp(x, 0, 1), focal_y: clamp(y, 0, 1) });
    const [a, b] = focus();
    say(`Focal point ${percent(a)} from the left, ${percent(b)} from the top`);
  }

  const asFields = (part) => ({ keep_x: part?.[0] ?? null, keep_y: part?.[1] ?? null, keep_w: part?.[2] ?? null, keep_h: part?.[3] ?? null });

  function writeKeep(left, top, wide, high) {
    const [x, y] = focus();
    const w = clamp(wide, LEAST, 1);
    const h = clamp(high, LEAST, 1);
    const part = [clamp(left, 0, 1 - w), clamp(top, 0, 1 - h), w, h].map(rounded);
    write({ focal_x: x, focal_y: y, ...asFields(part) });
    const cut = [...root.querySelectorAll("[data-crop]")].filter((one) => !one.parentElement.querySelector("[data-cuts]").hidden);
    const cuts = cut.length ? `. Cut into by ${cut.map((one) => one.dataset.crop.replace("x", " to ")).join(", ")}` : "";
    say(`The part that must survive: ${percent(part[0])} from the left, ${percent(part[1])} from the top, ${percent(part[2])} wide, ${percent(part[3])} high${cuts}`);
  }

  // --- keys ---------------------------------------------------------------------------------------------------------

  const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  dot.addEventListener("keydown", (event) => {
    const way = WAYS[event.key];
    if (!way || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const step = event.shiftKey ? BIG : STEP;
    const [x, y] = focus();
    writeFocus(x + way[0] * step, y + way[1] * step);
  });

  box.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey) return;
    const [left, top, wide, high] = keep();
    const step = event.shiftKey ? BIG : STEP;
    const way = WAYS[event.key];
    if (way && event.altKey) writeKeep(left, top, wide + way[0] * step, high + way[1] * step);
    else if (way) writeKeep(left + way[0] * step, top + way[1] * step, wide, high);
    else if (event.key === "+" || event.key === "=") writeKeep(left - step / 2, top - step / 2, wide + step, high + step);
    else if (event.key === "-" || event.key === "_") writeKeep(left + step / 2, top + step / 2, wide - step, high - step);
    else if (event.key === "Delete" || event.key === "Backspace") noKeep();
    else return;
    event.preventDefault();
  });

  function noKeep() {
    const [x, y] = focus();
    write({ focal_x: x, focal_y: y, ...asFields(null) });
    mark.focus();
    say("No part must survive");
  }

  mark.addEventListener("click", () => {
    const [x, y] = focus();
    writeKeep(x - 0.2, y - 0.2, 0.4, 0.4);
    box.focus();
  });
  out.addEventListener("click", noKeep);
  asPicture?.addEventListener("click", () => {
    write({ focal_x: null, focal_y: null, ...asFields(null) });
    say("Cropped as the picture has it");
    dot.focus();
  });

  // --- mouse, pen and touch -----------------------------------------------------------------------------------------

  const at = ({ clientX, clientY }) => {
    const { left, top, width, height } = stage.getBoundingClientRect();
    return [(clientX - left) / width, (clientY - top) / height];
  };

  stage.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    const began = at(event);
    const isCorner = Boolean(event.target.closest("[data-corner]"));
    const isBox = Boolean(event.target.closest("[data-keep]"));
    const was = keep();
    (isBox ? box : dot).focus({ preventScroll: true });
    const move = (now) => {
      const [x, y] = at(now);
      if (isCorner) writeKeep(was[0], was[1], was[2] + x - began[0], was[3] + y - began[1]);
      else if (isBox) writeKeep(was[0] + x - began[0], was[1] + y - began[1], was[2], was[3]);
      else writeFocus(x, y);
    };
    if (!isBox && !event.target.closest("[data-focus]")) move(event);
    stage.setPointerCapture(event.pointerId);
    stage.addEventListener("pointermove", move);
    stage.addEventListener("lostpointercapture", () => stage.removeEventListener("pointermove", move), { once: true });
  });

  for (const input of Object.values(fields)) input.addEventListener("input", () => { if (!writing) draw(); });
  // Another picture was chosen for the row of a story.
  root.addEventListener("framing:picture", draw);
  root.classList.add("is-ready");
  draw();
}

const all = () => document.querySelectorAll("[data-framing]").forEach(setUp);
all();
document.addEventListener("desk:row-added", all);
