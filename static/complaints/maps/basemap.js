// The quiet ground: sea, land, Germany and its Länder, drawn by Leaflet's canvas renderer in a pane below the cells.

export const ATTRIBUTION =
  '<a href="https://www.naturalearthdata.com/">Natural Earth</a>, <a href="https://www.geonames.org/">GeoNames</a>';
const PANE = "basemap";
const PHONE = 700;

// Steps in thousandths of a degree back to [latitude, longitude] pairs.
function unpack(steps, units) {
  const points = [];
  for (let n = 0, x = 0, y = 0; n < steps.length; n += 2) {
    x += steps[n];
    y += steps[n + 1];
    points.push([y / units, x / units]);
  }
  return points;
}

// Rings of [latitude, longitude] as one path in a world of 256 × 256 units (Web Mercator).
function pathOf(rings) {
  const path = new Path2D();
  for (const ring of rings) {
    ring.forEach(([lat, lon], n) => {
      const y = 0.5 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI);
      path[n ? "lineTo" : "moveTo"]((lon / 360 + 0.5) * 256, y * 256);
    });
    path.closePath();
  }
  return path;
}

// Answers what paints it in other colours, and the country as a path.
export async function addBasemap(L, map, address, palette) {
  const pane = map.createPane(PANE);
  pane.style.zIndex = 150;
  const data = await (await fetch(address)).json();
  const renderer = L.canvas({ pane: PANE, padding: innerWidth < PHONE ? 0.35 : 0.6 }); // how far one pans before it is drawn anew
  const common = { renderer, pane: PANE, interactive: false, smoothFactor: 0.7 };
  const shapes = (name) => data[name].map((steps) => unpack(steps, data.units));
  const area = (name) => L.polygon(shapes(name).map((ring) => [ring]), common);
  const lines = (name) => L.polyline(shapes(name), { ...common, fill: false });
  const layers = { land: area("land"), germany: area("germany"), borders: lines("borders"), laender: lines("laender") };
  const paint = (colours) => {
    map.getContainer().style.backgroundColor = colours.sea;
    layers.land.setStyle({ stroke: false, fillColor: colours.land, fillOpacity: 1 });
    layers.germany.setStyle({ color: colours.outline, weight: 1.4, fillColor: colours.country, fillOpacity: 1 });
    layers.borders.setStyle({ color: colours.border, weight: 1 });
    layers.laender.setStyle({ color: colours.laender, weight: 1 });
  };
  paint(palette);
  for (const layer of Object.values(layers)) {
    layer.addTo(map);
    await new Promise((done) => setTimeout(done)); // a slow phone draws each in a task of its own
  }
  map.attributionControl?.addAttribution(ATTRIBUTION);
  return { paint, country: pathOf(shapes("germany")) };
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
