// The map page: Leaflet with our ground, cells and names; state in the address, cells by tap, keyboard or buttons.

import { addBasemap, addForeignBasemap } from "./basemap.js";
import { breath } from "./breath.js";
import { Cells } from "./cells.js";
import { colours, onSchemeChange } from "./colours.js";
import { makeGo } from "./go.js";
import { labelLayer, nameNear } from "./labels.js";
import { makeSeen } from "./seen.js";
import { makeSheet } from "./sheet.js";
import { makeSlider } from "./timeline.js";

const L = window.L;
const GERMANY = [[47.27, 5.87], [55.06, 15.04]];
const LIMITS = [[41, -12], [60.5, 33]];
const FINGER = 22;

async function start(frame) {
  const stage = frame.querySelector("[data-stage]");
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(stage, {
    minZoom: 5, maxZoom: Number(frame.dataset.maxZoom), maxBounds: LIMITS, maxBoundsViscosity: 0.8, zoomControl: false,
    zoomSnap: 0.25, zoomDelta: 1, wheelPxPerZoomLevel: 90, fadeAnimation: false, zoomAnimation: !calm, inertia: !calm, markerZoomAnimation: !calm,
  });
  await breath();
  map.attributionControl.setPrefix(false);
  L.control.zoom({ zoomInTitle: frame.dataset.zoomIn, zoomOutTitle: frame.dataset.zoomOut }).addTo(map);
  L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);
  showStart(map, frame);
  frame.classList.add("map--script");
  map.invalidateSize({ animate: false });
  map.on("moveend", () => keepAddress(map));
  if (location.hash) keepAddress(map);
  addEventListener("hashchange", () => showStart(map, frame)); // another address of this page, pasted here
  return map;
}

// #zoom/latitude/longitude of the address, else the place that was asked for, else the country.
function showStart(map, frame) {
  const [zoom, lat, lon] = location.hash.slice(1).split("/").map(Number);
  const { lat: placeLat, lon: placeLon, zoom: placeZoom } = frame.dataset;
  if (Number.isFinite(zoom) && Number.isFinite(lat) && Number.isFinite(lon)) map.setView([lat, lon], zoom);
  else if (placeLat) map.setView([Number(placeLat), Number(placeLon)], Number(placeZoom));
  else map.fitBounds(GERMANY, { animate: false, padding: [6, 6] });
}

// The position goes into the address and into every link and form that leads back to this map.
function keepAddress(map) {
  const { lat, lng } = map.getCenter();
  const hash = `#${map.getZoom()}/${lat.toFixed(3)}/${lng.toFixed(3)}`;
  history.replaceState(null, "", `${location.pathname}${location.search}${hash}`);
  for (const link of document.querySelectorAll("[data-keeps-place] a, .nav__language a")) link.hash = hash;
}

// Which cell is chosen: ringed on the map, listed in the sheet; "next" goes round the cells of one view.
class Picker {
  constructor(map, cells, frame, places) {
    Object.assign(this, { map, cells, frame, places, chosen: null, ring: null, round: null });
    const { list } = frame.dataset;
    this.dialog = document.querySelector("dialog.sheet");
    this.sheet = makeSheet(this.dialog, { list, query: () => cells.query, onClose: () => this.ring?.remove(), onStep: (by) => this.step(by) });
    this.status = document.querySelector("[data-status]");
  }

  choose(cell) {
    this.ring?.remove();
    this.chosen = cell.key;
    const radius = Math.max(11, this.cells.side() * 0.85);
    this.ring = L.circleMarker(cell.middle, { className: "map__pick", interactive: false, fill: false, weight: 3, radius });
    this.ring.addTo(this.map);
    this.sheet.open(cell, nameNear(this.places(), cell.middle.lat, cell.middle.lng));
    this.uncover(cell);
  }

  // Moves the map so that the sheet does not lie on the chosen cell.
  uncover(cell) {
    const sheet = this.dialog.getBoundingClientRect();
    const beside = getComputedStyle(this.dialog).position === "absolute";
    this.frame.scrollIntoView({ block: beside ? "nearest" : "start", behavior: "instant" });
    const map = this.map.getContainer().getBoundingClientRect();
    const right = beside ? map.right - sheet.left + 30 : 30;
    const below = beside ? 30 : Math.min(map.height - 80, Math.max(30, map.bottom - sheet.top + 30));
    this.map.panInside(cell.middle, { paddingTopLeft: [30, 30], paddingBottomRight: [right, below] });
  }

  at(point) {
    const cell = this.cells.near(point, FINGER);
    this.round = null;
    if (cell) this.choose(cell);
    else this.sheet.close();
  }

  forget() {
    this.round = null;
  }

  middle() {
    this.at(this.map.getSize().divideBy(2));
    if (!this.sheet.isOpen()) this.status.textContent = this.status.dataset.middle;
  }

  step(by) {
    this.round ??= this.cells.visible();
    const all = this.round.length;
    if (!all) {
      this.status.textContent = this.status.dataset.none;
      return;
    }
    const now = this.round.findIndex((cell) => cell.key === this.chosen);
    const next = now < 0 ? 0 : (now + by + all) % all;
    this.status.textContent = this.status.dataset.place.replace("{n}", next + 1).replace("{all}", all);
    this.choose(this.round[next]);
  }
}

// The same page for other days: its words, links and scale, and the cells. Nothing goes before all of it is here.
class Period {
  constructor(frame, cells, onShown) {
    Object.assign(this, { frame, cells, onShown, asked: 0 });
    const root = document.querySelector("[data-time]");
    this.slider = root && makeSlider(root, (since, until) => this.days(since, until));
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.(".windows a, .time__years a");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.show(new URL(link.href).search, true);
    });
  }

  days(since, until) {
    const query = new URLSearchParams(location.search);
    for (const [name, day] of [["von", since], ["bis", until]]) day ? query.set(name, day) : query.delete(name);
    this.show(`${query}` && `?${query}`, false);
  }

  async show(query, follow) {
    const turn = ++this.asked;
    this.frame.classList.add("map--waits");
    try {
      const [answer] = await Promise.all([fetch(location.pathname + query), this.cells.ask(query)]);
      if (!answer.ok) throw new Error(`${answer.status}`);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (turn !== this.asked) return;
      history.replaceState(null, "", `${location.pathname}${query}${location.hash}`);
      swap(page);
      if (follow) this.slider?.follow(page.querySelector("[data-time]"));
      this.cells.usual = usualRate();
      this.cells.drawAll();
      this.onShown();
    } catch {
      this.cells.onFailure();
    }
    this.frame.classList.remove("map--waits");
  }
}

// Replaces what both pages mark as depending on the period; the focus stays on the link that was used.
function swap(page) {
  const focused = document.activeElement?.closest("[data-live]")?.dataset.live;
  for (const old of document.querySelectorAll("[data-live]")) {
    const fresh = page.querySelector(`[data-live="${old.dataset.live}"]`);
    if (fresh) old.replaceWith(document.adoptNode(fresh));
  }
  for (const id of ["id_von", "id_bis"]) document.getElementById(id).value = page.getElementById(id).value;
  if (focused) document.querySelector(`[data-live="${focused}"] [aria-current]`)?.focus({ preventScroll: true });
}

const usualRate = () => Number(document.querySelector("[data-usual]").dataset.usual);

function listen(map, picker) {
  map.on("click", (event) => picker.at(event.containerPoint));
  map.on("dragstart zoomstart", () => picker.forget());
  map.on("zoomstart", () => picker.sheet.close());
  map.getContainer().addEventListener("keydown", (event) => {
    if (event.target !== map.getContainer()) return;
    if (event.key.startsWith("Arrow")) picker.forget();
    if (event.key === "Enter") picker.middle();
    if (event.key === "n" || event.key === "N") picker.step(event.shiftKey ? -1 : 1);
  });
  picker.dialog.addEventListener("keydown", (event) => {
    if (event.key === "n" || event.key === "N") picker.step(event.shiftKey ? -1 : 1);
  });
  map.getContainer().addEventListener("keydown", (event) => {
    const button = event.key === " " && event.target.closest(".leaflet-control-zoom a"); // a link that says it is a button
    if (!button) return;
    event.preventDefault();
    button.click();
  });
  document.querySelector("[data-next]").addEventListener("click", () => picker.step(1));
}

async function addGround(map, frame, palette) {
  const { basemap, tiles, pmtiles } = frame.dataset;
  if (!tiles && !pmtiles) return addBasemap(L, map, basemap, palette);
  addForeignBasemap(L, map, { tiles, pmtiles });
  return { paint: () => {}, country: null };
}

async function addNames(map, frame, palette) {
  const pane = map.createPane("labels");
  Object.assign(pane.style, { zIndex: 350, pointerEvents: "none" });
  const towns = await (await fetch(frame.dataset.towns)).json();
  return labelLayer(L, { towns, villages: frame.dataset.villages, palette });
}

async function build(frame) {
  await breath();
  const map = await start(frame);
  await breath();
  const palette = colours(frame);
  const { cells: tiles, query, tiles: foreign, pmtiles } = frame.dataset;
  const worksOnly = "worksOnly" in frame.dataset;
  const ready = addGround(map, frame, palette);
  await breath();
  const cells = new Cells(L, {
    tiles, query, worksOnly, usual: usualRate(), palette, ready: ready.then(({ country }) => (cells.country = country)),
    onFailure: () => frame.querySelector("[data-failure]").removeAttribute("hidden"),
    onDrawn: () => {
      frame.classList.add("map--live"); // until then the picture stands there
      frame.setAttribute("data-drawn", "");
    },
  }).addTo(map);
  const [names, ground] = await Promise.all([addNames(map, frame, palette), ready]);
  if (!foreign && !pmtiles) names.addTo(map);
  await breath();
  const picker = new Picker(map, cells, frame, () => names.known());
  listen(map, picker);
  await breath();
  makeGo(map);
  const look = makeSeen(L, map, cells, document.querySelector("[data-seen]"), frame.dataset.list);
  await breath();
  new Period(frame, cells, () => {
    keepAddress(map);
    picker.forget();
    picker.chosen = null;
    picker.sheet.close();
    look();
  });
  onSchemeChange(() => {
    const fresh = colours(frame);
    ground.paint(fresh);
    cells.recolour(fresh);
    if (names._map) names.recolour(fresh);
  });
  frame.setAttribute("data-ready", "");
}

const frame = document.querySelector("[data-map]");
if (frame && L) build(frame);
