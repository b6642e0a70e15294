// How many reports are seen, and beside the map, where there is room for it, a list of the newest.

const DEBOUNCE = 350;
const MOST_SQUARES = 600; // as in filters.py
const GERMANY = [[47.3, 5.9], [55.05, 15]];

export function makeSeen(L, map, cells, root, list) {
  const [title, body, more] = [root.querySelector("h2"), root.querySelector("[data-body]"), root.querySelector("[data-more]")];
  let waiting = 0;
  let loading = null;

  // The seen part in the smallest squares that the site takes, so that list and number mean the same.
  function part() {
    const bounds = map.getBounds();
    for (let zoom = cells.cellZoom(); ; zoom--) {
      const corner = (point) => map.project(point, zoom).divideBy(256).floor();
      const [from, to] = [corner(bounds.getNorthWest()), corner(bounds.getSouthEast())];
      if ((to.x - from.x + 1) * (to.y - from.y + 1) <= MOST_SQUARES) return { zoom, from, to };
    }
  }

  // Its name in an address; all of Germany needs no filter.
  function named({ zoom, from, to }) {
    return map.getBounds().contains(GERMANY) ? "" : `ausschnitt=${zoom}-${from.x}-${from.y}-${to.x}-${to.y}`;
  }

  async function refresh() {
    const seen = part();
    const count = cells.countIn(seen);
    const text = count === 0 ? title.dataset.none : count === 1 ? title.dataset.one : title.dataset.many;
    title.textContent = text.replace("{n}", count.toLocaleString(document.documentElement.lang));
    const query = [cells.query.slice(1), named(seen)].filter(Boolean).join("&");
    more.href = query ? `${list}?${query}` : list;
    if (!body.offsetParent) return;
    loading?.abort();
    loading = new AbortController();
    try {
      const answer = await fetch(`${root.dataset.address}?${query}`, { signal: loading.signal });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      body.replaceChildren(...page.body.childNodes);
      root.scrollTop = 0;
    } catch (error) {
      if (error.name !== "AbortError") body.replaceChildren();
    }
  }

  function later() {
    clearTimeout(waiting);
    if (root.offsetParent) waiting = setTimeout(refresh, DEBOUNCE);
  }

  map.on("moveend resize", later);
  for (const layer of cells.layers) layer.on("load", later);
  later();
  return later;
}
