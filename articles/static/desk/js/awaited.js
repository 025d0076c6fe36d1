// A file dropped on a picture awaited is sent to fulfil it. The row's own page does the same without a script.

const said = document.querySelector("[data-awaited-said]");
const rowAt = (event) => event.target.closest?.("[data-takes-file]");
const holdsFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

document.addEventListener("dragover", (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  const row = rowAt(event);
  for (const other of document.querySelectorAll(".is-over")) other.classList.toggle("is-over", other === row);
  row?.classList.add("is-over");
  if (!row) event.dataTransfer.dropEffect = "none";
});
document.addEventListener("dragleave", (event) => rowAt(event)?.classList.remove("is-over"));
document.addEventListener("drop", (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  const row = rowAt(event);
  row?.classList.remove("is-over");
  if (row) send(row, event.dataTransfer.files);
});

function say(row, words, address = "") {
  const line = row.querySelector("[data-row-said]");
  line.replaceChildren(words);
  if (address) {
    const link = document.createElement("a");
    link.href = address;
    link.textContent = "Open it";
    line.append(" ", link);
  }
  said.textContent = `${row.dataset.name}: ${words}`;
}

async function send(row, files) {
  if (files.length !== 1) {
    say(row, "Drop one file on it: it awaits one picture.");
    return;
  }
  say(row, `${files[0].name} is being sent …`);
  const body = new FormData();
  body.append("file", files[0], files[0].name);
  body.append("csrfmiddlewaretoken", document.querySelector("[data-token] [name=csrfmiddlewaretoken]").value);
  try {
    const answer = await fetch(row.dataset.address, { method: "POST", body, headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answer.redirected && answer.url.includes("/login/")) {
      say(row, "Not sent: you have been signed out.", answer.url);
    } else if (answer.redirected) {
      row.removeAttribute("data-takes-file");
      say(row, page.querySelector(".messagelist li:last-child")?.textContent.trim() ?? "It has its picture.");
      row.querySelector("a")?.removeAttribute("href");
    } else {
      const why = page.querySelector("main .errorlist")?.textContent.trim().replace(/\s+/g, " ");
      say(row, why || "Not taken in: somebody may have fulfilled it already.", row.dataset.address);
    }
  } catch {
    say(row, "Not sent: the server cannot be reached. Drop it again.");
  }
}
