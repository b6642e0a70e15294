// The map of the point picker; Leaflet and its style come only now, so that the form itself stays small.

import { addBasemap, addForeignBasemap } from "./basemap.js";
import { colours, onSchemeChange } from "./colours.js";
import { labelLayer } from "./labels.js";

const GERMANY = [[47.27, 5.87], [55.06, 15.04]];
const LIMITS = [[41, -12], [60.5, 33]];
const CLOSE = 12;

function added(tag, attributes) {
  return new Promise((resolve, reject) => {
    const element = Object.assign(document.createElement(tag), attributes, { onload: resolve, onerror: reject });
    document.head.append(element);
  });
}

async function loadLeaflet({ leafletJs, leafletCss, mapsCss, pmtilesJs }) {
  const styles = [leafletCss, mapsCss].map((href) => added("link", { rel: "stylesheet", href }));
  if (!window.L) await added("script", { src: leafletJs });
  if (pmtilesJs && !window.protomapsL) await added("script", { src: pmtilesJs });
  await Promise.all(styles);
  return window.L;
}

async function addGround(L, map, { tiles, pmtiles, basemap, towns, villages }, palette) {
  if (tiles || pmtiles) {
    addForeignBasemap(L, map, { tiles, pmtiles });
    return;
  }
  const [ground, names] = await Promise.all([addBasemap(L, map, basemap, palette), fetch(towns).then((answer) => answer.json())]);
  Object.assign(map.createPane("labels").style, { zIndex: 350, pointerEvents: "none" });
  const labels = labelLayer(L, { towns: names, villages, palette }).addTo(map);
  onSchemeChange(() => {
    const fresh = colours(map.getContainer());
    ground.paint(fresh);
    labels.recolour(fresh);
  });
}

export async function pickMap(stage, addresses, onPick) {
  const L = await loadLeaflet(addresses);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(stage, { minZoom: 5, maxZoom: Number(addresses.maxZoom), maxBounds: LIMITS, zoomControl: false, zoomAnimation: !calm, fadeAnimation: !calm, inertia: !calm });
  map.attributionControl.setPrefix(false);
  L.control.zoom({ zoomInTitle: addresses.zoomIn, zoomOutTitle: addresses.zoomOut }).addTo(map);
  map.fitBounds(GERMANY, { animate: false });
  await addGround(L, map, addresses, colours(stage));
  let pin = null;
  let shown = false;
  const show = (point, around = null) => {
    map.invalidateSize({ animate: false });
    pin?.remove();
    pin = point ? L.circleMarker([point.lat, point.lon], { className: "picker__pin", radius: 10, fillOpacity: 1, interactive: false }).addTo(map) : null;
    const seen = shown && point && map.getBounds().pad(-0.1).contains([point.lat, point.lon]);
    if (point && !seen) map.setView([point.lat, point.lon], Math.max(map.getZoom(), CLOSE));
    if (!point && around) map.setView(around, CLOSE, { animate: false });
    shown = true;
  };
  const pick = ({ lat, lng }) => {
    onPick(lat, lng);
    if (map.getZoom() < CLOSE - 2) map.setView([lat, lng], Math.min(CLOSE, map.getZoom() + 3));
  };
  map.on("click", (event) => pick(event.latlng));
  stage.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== stage) return;
    event.preventDefault();
    pick(map.getCenter());
  });
  stage.setAttribute("data-ready", "");
  return { show };
}
