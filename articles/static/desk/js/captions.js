// A picture in the story as readers will see it: its own caption and credit, or what it leaves to the picture.

const field = (row, name) => row.querySelector(`[name$="-${name}"]`);
const shown = (row, name) => field(row, name).value.trim() || field(row, name).placeholder;

// “Lina Haddad / AFP”; a name that the credit holds is not said twice.
function creditLine(photographer, credit) {
  if (photographer && credit.toLowerCase().includes(photographer.toLowerCase())) return credit;
  return [photographer, credit].filter(Boolean).join(" / ");
}

function tell(row) {
  const credit = creditLine(shown(row, "photographer"), shown(row, "credit"));
  const isFile = field(row, "is_file_photo").checked;
  row.querySelector("[data-read-caption]").textContent = shown(row, "caption");
  row.querySelector("[data-read-credit]").textContent = isFile
    ? `File photo${credit ? `: ${credit}` : ""}`
    : credit && `Photo: ${credit}`;
  const isThere = Boolean(field(row, "photo").value);
  row.querySelector("[data-read-there]").hidden = !isThere;
  row.querySelector("[data-read-awaited]").hidden = isThere;
}

document.addEventListener("input", ({ target }) => {
  const row = target.closest("[data-caption]");
  if (row) tell(row);
});
document.addEventListener("change", ({ target }) => {
  const row = target.closest("[data-caption]");
  if (!row) return;
  if (target.matches('select[name$="-photo"]')) {
    const picture = target.selectedOptions[0]?.dataset ?? {};
    for (const name of ["caption", "alt_text", "photographer", "credit"]) field(row, name).placeholder = picture[name] ?? "";
  }
  tell(row);
});
