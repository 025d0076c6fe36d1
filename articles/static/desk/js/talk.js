// What the page says to the server behind its reader's back. What came of it is told apart, so that each can be said in
// words. Imported by the modules of the story's page; it does nothing by itself.

const said = document.getElementById("keeping")?.dataset;

export const form = document.querySelector("form[data-unsaved]");
export const page = said && {
  address: said.address, drafts: said.drafts, signIn: said.signIn, user: said.user, name: said.name, place: said.place,
  key: said.key, mark: said.mark, version: said.version ?? "", taken: "taken" in said,
  window: [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join(""),
};
if (page && page.place === "new" && !page.key) {
  page.key = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const tell = (name, detail) => document.dispatchEvent(new CustomEvent(`newsroom:${name}`, { detail }));
export const isUnsaved = () => form?.dataset.unsaved === "yes";

const token = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";

// After signing in, every form of the page needs the new token.
export function renew(fresh) {
  for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = fresh;
}

// Who is signed in now: { user, name, token }, or null where the server cannot be reached.
export async function standing() {
  try {
    const answer = await fetch(page.signIn, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(8000) });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

export async function post(address, fields) {
  const body = new URLSearchParams(fields);
  const answer = await send(address, body);
  if (answer.state !== "refused" || answer.problem) return answer;
  // Refused without a word: it may be the token, where somebody signed in again in another window.
  const now = await standing();
  if (now && String(now.user) === page.user && now.token) {
    renew(now.token);
    return send(address, body);
  }
  return now ? { state: now.user ? "someone-else" : "signed-out", name: now.name } : { state: "unreachable" };
}

async function send(address, body) {
  let response;
  let answer = {};
  try {
    response = await fetch(address, {
      method: "POST", body, redirect: "manual", signal: AbortSignal.timeout(8000),
      headers: { Accept: "application/json", "X-CSRFToken": token() },
    });
    if (response.headers.get("Content-Type")?.startsWith("application/json")) answer = await response.json();
  } catch {
    return { state: "unreachable" };
  }
  // The desk sends whoever is not signed in to its door.
  if (response.type === "opaqueredirect") return { state: "signed-out" };
  if (response.ok) return { state: "ok", ...answer };
  if (answer.other) return { state: "someone-else", name: answer.other };
  if (response.status === 404) return { state: "refused", problem: "This story is not open to you any more." };
  if (response.status >= 500 || [408, 429].includes(response.status)) return { state: "unreachable" };
  return { state: "refused", problem: answer.problem ?? "" };
}

// To the address that keeps what is typed and knows who is here: what the page always says, and what is given.
export async function report(fields = []) {
  const revision = form?.elements.revision?.value ?? "";
  const always = {
    user: page.user, window: page.window, mark: page.mark, key: page.key, writing: isUnsaved() ? "1" : "",
    told: page.version, revision,
  };
  const answer = await post(page.address, [
    ...fields, ...Object.entries(always).map(([name, value]) => [`keeping-${name}`, value]),
  ]);
  tell(answer.here ? "heard" : "unheard", answer);
  return answer;
}
