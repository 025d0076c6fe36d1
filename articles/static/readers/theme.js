// How somebody likes to read, kept in this browser alone. Every input of the panel is a choice by its name: it becomes a
// data attribute of the page, on which the styles go by. The page reads without any of it.
(() => {
  const root = document.documentElement;
  const read = () => {
    try { return JSON.parse(localStorage.getItem("reading")) || {}; } catch { return {}; /* a private window */ }
  };
  let chosen = read();
  const saves = navigator.connection?.saveData || matchMedia("(prefers-reduced-data: reduce)").matches;
  const usual = { keep: "on", save: saves ? "on" : "" };
  const now = (name) => chosen[name] ?? usual[name] ?? "";
  const show = (name) => {
    if (now(name)) root.dataset[name] = now(name);
    else delete root.dataset[name];
  };
  Object.keys({ ...usual, ...chosen }).filter((name) => /^[a-z]+$/.test(name)).forEach(show);
  root.dataset.js = "";

  // The worker asks for no picture, and keeps no page, while this stands in its store.
  const tellWorker = async () => {
    if (!navigator.serviceWorker) return;
    const store = await caches.open("reading");
    for (const [name, holds] of [["/saving", now("save")], ["/unkept", !now("keep")]]) {
      await (holds ? store.put(name, new Response("on")) : store.delete(name));
    }
    if (!now("keep")) for (const name of ["pages", "pictures"]) await caches.delete(name);
    if (now("keep") || now("save")) await navigator.serviceWorker.register("/sw.js");
    else for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
  };
  const quietly = () => tellWorker().catch(() => { /* no store in this browser */ });
  // The frame that some browsers put around the page.
  const frame = () => {
    for (const meta of document.querySelectorAll("meta[name=theme-color]")) {
      meta.dataset.usual ??= meta.content;
      meta.content = { light: "#fbfaf6", dark: "#131518" }[now("theme")] || meta.dataset.usual;
    }
  };
  addEventListener("load", () => { frame(); quietly(); });

  const reflect = () => {
    for (const input of document.querySelectorAll("[data-reading] input")) input.checked = now(input.name) === input.value;
  };
  addEventListener("pageshow", reflect);
  document.addEventListener("change", ({ target }) => {
    if (!target.closest("[data-reading]")) return;
    // Read again: something else may have been chosen meanwhile, in another window.
    chosen = { ...chosen, ...read(), [target.name]: target.checked ? target.value : "" };
    try { localStorage.setItem("reading", JSON.stringify(chosen)); } catch { /* a private window */ }
    show(target.name);
    frame();
    quietly();
    document.dispatchEvent(new CustomEvent("reading", { detail: target.name }));
  });

  const close = (focus) => {
    const panel = document.querySelector("[data-reading][open]");
    if (!panel) return;
    panel.open = false;
    if (focus) panel.querySelector("summary").focus();
  };
  document.addEventListener("keydown", (event) => event.key === "Escape" && close(true));
  document.addEventListener("click", ({ target }) => target.closest("[data-reading]") || close());
})();
