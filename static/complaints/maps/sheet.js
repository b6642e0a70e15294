// The sheet about one cell: a non-modal dialog, so that the map stays usable beside it.

const SWIPE = 70; // pixels downwards that close it

export function makeSheet(dialog, { list, query, onClose, onStep }) {
  const [title, note, body, more] = ["title", "note", "body", "more"].map((part) => dialog.querySelector(`[data-${part}]`));
  const number = (n) => n.toLocaleString(document.documentElement.lang);
  let loading = null;
  let before = null;

  function words(element, n, replacements = {}) {
    const text = n === 1 ? element.dataset.one : element.dataset.many;
    return Object.entries({ n: number(n), ...replacements }).reduce((done, [key, value]) => done.replace(`{${key}}`, value), text);
  }

  async function fill(address) {
    loading?.abort();
    loading = new AbortController();
    body.setAttribute("aria-busy", "true");
    body.replaceChildren();
    try {
      const answer = await fetch(address, { signal: loading.signal });
      if (!answer.ok) throw new Error(`${answer.status}`);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      body.replaceChildren(...page.body.childNodes);
    } catch (error) {
      if (error.name === "AbortError") return;
      body.textContent = body.dataset.failed;
    }
    body.removeAttribute("aria-busy");
  }

  function open(cell, place) {
    const filters = new URLSearchParams(query());
    filters.set("feld", cell.key); // a form may have sent an empty one
    const address = `?${filters}`;
    const near = place ? ` ${note.dataset.near.replace("{place}", place)}` : "";
    title.textContent = words(title, cell.count, {}) + near;
    note.textContent = [cell.works ? words(note, cell.works) : ""].filter(Boolean).join(" · ");
    more.href = list + address;
    if (!dialog.open) {
      before = document.activeElement;
      dialog.show();
    }
    dialog.scrollTop = 0;
    title.focus({ preventScroll: true });
    if (title.matches(":focus-visible")) title.scrollIntoView({ block: "nearest" });
    fill(dialog.dataset.address + address);
  }

  function close() {
    if (!dialog.open) return;
    loading?.abort();
    const inside = dialog.contains(document.activeElement);
    dialog.close();
    if (inside) before?.focus({ preventScroll: true });
    onClose();
  }

  dialog.querySelector("[data-close]").addEventListener("click", close);
  for (const button of dialog.querySelectorAll("[data-step]")) button.addEventListener("click", () => onStep(Number(button.dataset.step)));
  let from = null;
  const head = dialog.querySelector(".sheet__head");
  head.addEventListener("touchstart", (event) => (from = event.touches[0].clientY), { passive: true });
  head.addEventListener("touchend", (event) => {
    if (event.changedTouches[0].clientY - from > SWIPE) close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  return { open, close, isOpen: () => dialog.open };
}
