// The quiet ground: sea, land, Germany and its Länder, drawn by Leaflet's canvas renderer in a pane below the cells.

import { breath } from "./breath.js";
import { paintedLayer } from "./painted.js";

export const ATTRIBUTION =
  '<a href="https://www.naturalearthdata.com/">Natural Earth</a>, <a href="https://www.geonames.org/">GeoNames</a>';
const PANE = "basemap";
const PHONE = 700;

// Lines or rings, in steps of parts of a degree, as one path in a world of 256 × 256 units (Web Mercator).
function pathOf(shapes, units, closed) {
  const path = new Path2D();
  for (const steps of shapes) {
    for (let n = 0, lon = 0, lat = 0; n < steps.length; n += 2) {
      lon += steps[n];
      lat += steps[n + 1];
      const y = 0.5 - Math.asinh(Math.tan((lat / units) * (Math.PI / 180))) / (2 * Math.PI);
      path[n ? "lineTo" : "moveTo"]((lon / units / 360 + 0.5) * 256, y * 256);
    }
    if (closed) path.closePath();
  }
  return path;
}

// Paths on one canvas: much cheaper than layers of Leaflet, which move every point by script.
function groundLayer(L, options, paths) {
  return paintedLayer(L, options, {
    paint() {
      const [context, origin, scale] = [this._ctx, this._map.getPixelOrigin(), 2 ** this._map.getZoom()];
      const { sea, land, outline, country, border, laender } = this.colours;
      const draw = (path, fill, stroke, width) => {
        Object.assign(context, { fillStyle: fill, strokeStyle: stroke, lineWidth: width / scale });
        if (fill) context.fill(path, "evenodd");
        if (stroke) context.stroke(path);
      };
      this._map.getContainer().style.backgroundColor = sea;
      context.save();
      context.translate(-origin.x, -origin.y);
      context.scale(scale, scale);
      Object.assign(context, { lineCap: "round", lineJoin: "round" });
      draw(paths.land, land);
      draw(paths.germany, country, outline, 1.4);
      draw(paths.borders, null, border, 1);
      draw(paths.laender, null, laender, 1);
      context.restore();
    },
  });
}

// Answers what paints it in other colours, and the country as a path.
export async function addBasemap(L, map, address, palette) {
  const pane = map.createPane(PANE);
  pane.style.zIndex = 150;
  const data = await (await fetch(address)).json();
  const path = (name, closed) => pathOf(data[name], data.units, closed);
  const paths = { land: path("land", true), germany: path("germany", true), borders: path("borders"), laender: path("laender") };
  await breath();
  const margin = innerWidth < PHONE ? 0.35 : 0.6; // how far one pans before it is drawn anew
  const ground = groundLayer(L, { pane: PANE, margin }, paths);
  const paint = (colours) => {
    ground.colours = colours;
    if (ground._map) ground._update();
  };
  paint(palette);
  ground.addTo(map);
  map.attributionControl?.addAttribution(ATTRIBUTION);
  return { paint, country: paths.germany };
}

// A raster or PMTiles basemap of the operator's own instead of the embedded one.
export function addForeignBasemap(L, map, { tiles, pmtiles }) {
  const pane = map.createPane(PANE);
  pane.style.zIndex = 150;
  const attribution = '© <a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a>';
  if (!pmtiles) {
    L.tileLayer(tiles, { pane: PANE, maxZoom: 19, attribution }).addTo(map);
    return;
  }
  const flavor = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const lang = document.documentElement.lang;
  window.protomapsL.leafletLayer({ url: pmtiles, flavor, lang, pane: PANE, attribution }).addTo(map);
}
