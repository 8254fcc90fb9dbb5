// The friend's page has no framework in the browser and needs none. These two are comfort: a code
// is copied by one press, and a form that is on its way is not sent twice.

addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  const words = button.querySelector("[aria-live]");
  const label = words.textContent;
  words.textContent = button.dataset.copied;
  setTimeout(() => (words.textContent = label), 2_000);
});

// Heard last, after a framework that sends forms by itself.
addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  const form = event.target;
  if (form.ariaBusy) event.preventDefault();
  form.ariaBusy = "true";
});

// A page that a browser kept comes back as it was left.
addEventListener("pageshow", () => {
  for (const form of document.forms) form.ariaBusy = null;
});
