// Files dropped onto the page or chosen: each is sent by itself, with its progress and its own outcome. What the server
// says of a file is a piece of HTML that takes the place of its line. Without this, the form sends them all at once.

const AT_ONCE = 2;
const place = document.querySelector("[data-drop]");

if (place) {
  const form = place.querySelector("form");
  const input = form.querySelector("input[type=file]");
  const list = place.querySelector("[data-drop-list]");
  const said = place.querySelector("[data-drop-said]");
  const after = place.querySelector("[data-drop-after]");
  const sheet = place.querySelector("[data-drop-sheet]");
  const again = place.querySelector("[data-drop-again]");
  const token = () => form.querySelector("[name=csrfmiddlewaretoken]").value;
  const files = [];
  let sending = 0;

  form.querySelector("[data-drop-plain]").hidden = true;

  // --- what comes in ------------------------------------------------------------------------------------------------

  const holdsFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    place.classList.add("is-over");
  });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) place.classList.remove("is-over"); });
  document.addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    place.classList.remove("is-over");
    add(event.dataTransfer.files);
  });
  document.addEventListener("paste", (event) => { if (event.clipboardData?.files.length) add(event.clipboardData.files); });
  input.addEventListener("change", () => {
    add(input.files);
    input.value = "";
  });
  form.addEventListener("submit", (event) => event.preventDefault());

  function add(chosen) {
    for (const file of chosen) {
      const line = document.createElement("li");
      list.append(line);
      files.push({ file, line, state: "waiting", decision: "" });
    }
    place.scrollIntoView({ block: "nearest" });
    next();
  }

  function next() {
    for (const one of files) {
      if (one.state === "waiting") {
        if (sending < AT_ONCE) send(one);
        else show(one, "waits");
      }
    }
    tell();
  }

  // --- one file -----------------------------------------------------------------------------------------------------

  function button(words, name, run) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button";
    made.textContent = words;
    made.setAttribute("aria-label", `${words}: ${name}`);
    made.addEventListener("click", run);
    return made;
  }

  function show(one, words, ...more) {
    const line = document.createElement("div");
    line.className = "taken-line";
    const name = document.createElement("bdi");
    name.textContent = one.file.name;
    const state = document.createElement("span");
    state.className = "quiet";
    state.textContent = words;
    line.append(name, state, ...more);
    if (["waiting", "sending"].includes(one.state)) line.append(button("Cancel", one.file.name, () => cancel(one)));
    one.line.replaceChildren(line);
    return state;
  }

  function cancel(one) {
    const was = one.state;
    one.state = "cancelled";
    one.request?.abort();
    show(one, "cancelled");
    if (was === "sending") ended();
    else next();
  }

  function ended() {
    sending -= 1;
    next();
  }

  function send(one) {
    one.state = "sending";
    sending += 1;
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", `How much of ${one.file.name} has been sent`);
    const words = show(one, "is being sent", bar);
    const body = new FormData();
    body.append("file", one.file, one.file.name);
    body.append("decision", one.decision);
    const request = one.request = new XMLHttpRequest();
    request.open("POST", place.dataset.address);
    request.setRequestHeader("X-CSRFToken", token());
    request.setRequestHeader("Accept", "text/html");
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      bar.value = (100 * event.loaded) / event.total;
      if (event.loaded === event.total) words.textContent = "has arrived and is being looked at";
    });
    request.addEventListener("load", () => {
      if (one.state !== "sending") return;
      heard(one, request);
      ended();
    });
    request.addEventListener("error", () => {
      if (one.state !== "sending") return;
      fail(one, "Not sent: the server cannot be reached. It will be sent when the connection is back.", true);
      ended();
    });
    request.send(body);
  }

  function fail(one, words, lost = false) {
    one.state = lost ? "lost" : "failed";
    show(one, words, button("Try again", one.file.name, () => retry(one))).className = "errorlist";
  }

  function retry(one) {
    one.state = "waiting";
    next();
  }

  function heard(one, request) {
    const isPiece = request.getResponseHeader("Content-Type")?.startsWith("text/html");
    const piece = isPiece && new DOMParser().parseFromString(request.responseText, "text/html").querySelector("[data-outcome]");
    if (!piece) {
      if (request.responseURL.includes("/login/")) fail(one, "Not sent: you have been signed out. Sign in in another window, then try again.");
      else if (request.status === 403) fail(one, "Not taken in: you may not add pictures, or this page is too old. Load it again.");
      else if (request.status === 413) fail(one, "Not taken in: the file is too large.");
      else fail(one, "Not taken in: the server could not answer. Try again in a moment.");
      return;
    }
    one.state = piece.dataset.outcome;
    one.photo = piece.dataset.photo || "";
    one.line.replaceChildren(document.adoptNode(piece));
    preview(one);
    for (const choice of one.line.querySelectorAll("[data-decide]")) {
      choice.addEventListener("click", () => decide(one, choice));
    }
  }

  // The file itself beside the picture that is here: drawn, because the page may show no picture that the site does not serve.
  async function preview(one) {
    const figures = one.line.querySelectorAll("[data-sent]");
    if (!figures.length) return;
    try {
      const picture = await createImageBitmap(one.file, { resizeWidth: 320, resizeQuality: "medium" });
      for (const figure of figures) {
        const canvas = document.createElement("canvas");
        [canvas.width, canvas.height] = [picture.width, picture.height];
        canvas.getContext("2d").drawImage(picture, 0, 0);
        canvas.setAttribute("role", "img");
        canvas.setAttribute("aria-label", `The file that was sent: ${one.file.name}`);
        figure.prepend(canvas);
      }
    } catch {
      // A kind that the browser cannot show, TIFF say: its size is told all the same.
    }
  }

  function decide(one, choice) {
    const { decide: decision } = choice.dataset;
    if (decision.startsWith("use:")) {
      one.state = "same";
      one.photo = decision.slice(4);
      show(one, "not kept: the picture that is here is used");
      tell();
      return;
    }
    one.decision = decision;
    retry(one);
  }

  // --- all of them --------------------------------------------------------------------------------------------------

  function tell() {
    const open = files.filter((one) => ["waiting", "sending"].includes(one.state)).length;
    const kept = [...new Set(files.filter((one) => one.photo && ["new", "replaced", "same", "former"].includes(one.state)).map((one) => one.photo))];
    const lost = files.filter((one) => ["lost", "failed"].includes(one.state)).length;
    const asked = files.filter((one) => one.state === "alike").length;
    const parts = [`${kept.length} of ${files.length} here`];
    if (open) parts.push(`${open} on the way`);
    if (asked) parts.push(`${asked} to decide on`);
    if (lost) parts.push(`${lost} failed`);
    if (files.length) said.textContent = parts.join(", ");
    after.hidden = !files.length || (!kept.length && !lost);
    again.hidden = !lost;
    if (!sheet) return;
    sheet.hidden = !kept.length;
    sheet.href = `${place.dataset.sheet}?${kept.map((id) => `photo=${encodeURIComponent(id)}`).join("&")}`;
  }

  function sendAgain() {
    for (const one of files) if (["lost", "failed"].includes(one.state)) one.state = "waiting";
    next();
  }
  again.addEventListener("click", sendAgain);
  window.addEventListener("online", () => {
    for (const one of files) if (one.state === "lost") one.state = "waiting";
    next();
  });
  window.addEventListener("beforeunload", (event) => {
    if (files.some((one) => ["waiting", "sending", "alike"].includes(one.state))) event.preventDefault();
  });
}
