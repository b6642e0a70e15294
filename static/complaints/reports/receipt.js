// The receipt's helpers: share or copy its link, print it, remember carrier and device for the next time.

import { forget, keep, read } from "./memory.js";

function share(button) {
  const { url, title } = button.dataset;
  button.hidden = !navigator.share;
  button.addEventListener("click", () => navigator.share({ url, title }).catch(() => {}));
}

function copy(button) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    const { url, done, failed } = button.dataset;
    const copied = await navigator.clipboard.writeText(url).then(() => true, () => false);
    button.parentElement.querySelector("[data-copied]").textContent = copied ? done : failed;
  });
}

function print(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// The author's key is not for whoever gets the address from the bar; the link to change stands in the page, also after
// a way back or a reload, which know it from this tab's history.
const query = new URLSearchParams(location.search);
if (query.has("key") || query.has("neu")) history.replaceState({ key: query.get("key") }, "", location.pathname);
else if (history.state?.key) location.replace(`?${new URLSearchParams(history.state)}`);

// Whoever asked for it once is asked no more, unless the report is of another carrier: somebody else's, perhaps.
function remember(place) {
  const [yes, no] = ["keep", "forget"].map((name) => place.querySelector(`[data-${name}]`));
  const known = () => read()?.carrier === place.dataset.carrier;
  const show = () => {
    yes.hidden = known();
    no.hidden = !yes.hidden;
  };
  if (known()) keep(place.dataset);
  yes.addEventListener("click", () => {
    keep(place.dataset);
    show();
    no.querySelector("button").focus();
  });
  no.querySelector("button").addEventListener("click", () => {
    forget();
    show();
    yes.focus();
  });
  show();
  place.hidden = false;
}

for (const [name, start] of Object.entries({ share, copy, print, remember })) {
  for (const place of document.querySelectorAll(`[data-${name}]`)) start(place);
}
