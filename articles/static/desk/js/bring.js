// Files dropped anywhere on the page or pasted are chosen as if by the button; how much is sent is shown; an import that
// runs is followed. The form works without this.

const form = document.querySelector("[data-upload]");
if (form) {
  const input = form.querySelector("[data-drop-input]");
  const list = form.querySelector("[data-drop-list]");
  const said = form.querySelector("[data-upload-said]");
  const bar = form.querySelector("[data-upload-progress]");
  const area = form.querySelector("[data-drop]");

  const show = () => {
    list.replaceChildren(...[...input.files].map((file) => {
      const item = document.createElement("li");
      item.textContent = `${file.name}, ${Math.max(1, Math.round(file.size / 1000)).toLocaleString()} kB`;
      return item;
    }));
    if (input.files.length) said.textContent = `${input.files.length} chosen.`;
  };
  const add = (files) => {
    const all = new DataTransfer();
    for (const file of [...input.files, ...files]) all.items.add(file);
    input.files = all.files;
    show();
  };
  input.addEventListener("change", show);
  document.addEventListener("dragover", (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    area.classList.add("takes");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) area.classList.remove("takes");
  });
  document.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    area.classList.remove("takes");
    add(event.dataTransfer.files);
  });
  document.addEventListener("paste", (event) => {
    if (!event.clipboardData.files.length) return;
    event.preventDefault();
    add(event.clipboardData.files);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const request = new XMLHttpRequest();
    request.open("POST", form.action || location.href);
    request.responseType = "document";
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      bar.hidden = false;
      bar.value = total ? (loaded / total) * 100 : 0;
      said.textContent = `${Math.round(bar.value)} % sent.`;
    });
    request.addEventListener("load", () => {
      // It is kept, and the address of what was kept is where the answer came from; a refusal is said here.
      if (request.status < 400 && request.responseURL !== location.href) location.assign(request.responseURL);
      else {
        bar.hidden = true;
        said.textContent = request.response?.querySelector(".errornote")?.textContent.trim() || "It was not taken.";
      }
    });
    request.addEventListener("error", () => { said.textContent = "The connection was lost. Send it again."; });
    request.send(new FormData(form));
    said.textContent = "Sending …";
  });
}

const running = document.querySelector("[data-import-progress]");
if (running) {
  const words = running.querySelector("[data-import-said]");
  const follow = async () => {
    try {
      const answer = await fetch(running.dataset.importProgress, { headers: { Accept: "application/json" } });
      const { totals, finished } = await answer.json();
      words.textContent = Object.entries(totals).filter(([, count]) => count).map(([name, count]) => `${count} ${name}`).join(", ");
      if (finished) location.reload();
    } catch {
      // The next look will do.
    }
  };
  setInterval(follow, 2000);
  follow();
}
