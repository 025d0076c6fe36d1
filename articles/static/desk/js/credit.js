// Who is credited, as readers see it: the same sum as `articles.models.caption.credit_line`. `style` is the newsroom's:
// “{photographer} / {agency}”.

// “Lina Haddad / AFP”; a name that the credit holds is not said twice.
export function creditLine(photographer, credit, style) {
  if (!photographer || !credit || credit.toLowerCase().includes(photographer.toLowerCase())) return credit || photographer;
  return style.replace("{photographer}", () => photographer).replace("{agency}", () => credit);
}

// The same with what stands before it on the page.
export function asPrinted(photographer, credit, isFile, style) {
  const line = creditLine(photographer, credit, style);
  if (isFile) return `File photo${line ? `: ${line}` : ""}`;
  return line && `Photo: ${line}`;
}
