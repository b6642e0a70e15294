// A change is sent only while the site can be reached; without network it stays in the form, which says so.

const [SMALL, WAIT] = ["/melden/marke.json", 10_000];
const form = document.querySelector("form.report-form");
const said = form.querySelector("[data-progress]");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  said.textContent = said.dataset.sending;
  try {
    await fetch(SMALL, { cache: "no-store", signal: AbortSignal.timeout(WAIT) });
    HTMLFormElement.prototype.submit.call(form);
  } catch {
    said.textContent = said.dataset.unsaved;
  }
});
