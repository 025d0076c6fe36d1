// Whoever logs out leaves nothing of theirs in this browser. What never reached the server would be lost by it: that is
// asked about first.

import * as copies from "./copies.js";

const form = document.getElementById("logout-form");
form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const left = await copies.of(form.dataset.user).catch(() => []);
  const asked = "Something that you typed is only in this browser and not on the server. Log out and lose it?";
  if (left.length && !window.confirm(asked)) return;
  for (const copy of left) await copies.drop(copy.id);
  form.submit();
});
