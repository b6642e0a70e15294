// Names of towns on a canvas above the cells; which name stands where is decided once a zoom, so panning never flickers.

import { paintedLayer } from "./painted.js";

const LEAST_PEOPLE = { 5: 600, 6: 240, 7: 80, 8: 25, 9: 20, 10: 6, 11: 2 }; // thousands, by zoom
const VILLAGES_FROM = 9;
const BUCKET = 128;
const GAP = 3;
const [EDGE, BESIDE] = [4, 30]; // how far letters and dots reach beyond their boxes, and names above and below their dots
const [WHOLE_COUNTRY_BELOW, WEST] = [6.5, 5.7]; // with the whole country in view nothing begins left of it

function fontOf(people, family) {
  if (people >= 500) return `650 13.5px ${family}`;
  return people >= 90 ? `550 12.5px ${family}` : `500 11.5px ${family}`;
}

// Setting the font a context already has costs as much as a new one.
function setFont(context, font) {
  if (context.lastFont !== font) context.font = context.lastFont = font;
}

// A set of rectangles that do not touch, found through square buckets.
class Taken {
  constructor() {
    this.buckets = new Map();
  }

  *keys([left, top, right, bottom]) {
    for (let x = Math.floor(left / BUCKET); x <= Math.floor(right / BUCKET); x++)
      for (let y = Math.floor(top / BUCKET); y <= Math.floor(bottom / BUCKET); y++) yield `${x}/${y}`;
  }

  claim(box) {
    const keys = [...this.keys(box)];
    const hits = (other) => other[0] < box[2] && other[2] > box[0] && other[1] < box[3] && other[3] > box[1];
    if (keys.some((key) => this.buckets.get(key)?.some(hits))) return false;
    for (const key of keys) this.buckets.set(key, [...(this.buckets.get(key) ?? []), box]);
    return true;
  }
}

// Greedy, largest first: the first of four positions around the dot that is free.
export function place(towns, project, width, west = -Infinity) {
  const taken = new Taken();
  const placed = [];
  for (const [name, lat, lon, people] of towns) {
    const { x, y } = project(lat, lon);
    const wide = width(name, people);
    const high = people >= 500 ? 15 : 13;
    const spots = [[x + 5, y - high / 2], [x - 5 - wide, y - high / 2], [x - wide / 2, y - high - 4], [x - wide / 2, y + 4]];
    const spot = spots.find(([left, top]) => left >= west && taken.claim([left - GAP, top - GAP, left + wide + GAP, top + high + GAP]));
    if (spot) placed.push({ name, people, x, y, left: spot[0], middle: spot[1] + high / 2, right: spot[0] + wide });
  }
  return placed;
}

export function labelLayer(L, { towns, villages, palette }) {
  const measure = document.createElement("canvas").getContext("2d");
  const layer = paintedLayer(L, { pane: "labels", margin: 0.3 }, {
    recolour(colours) {
      this.palette = colours;
      this._update();
    },

    known() {
      return this.villages ? this.towns.concat(this.villages) : this.towns;
    },

    spotsAt(zoom) {
      if (zoom >= VILLAGES_FROM && !this.villages && !this.asked) this.ask();
      const key = `${zoom}/${this.villages ? 1 : 0}`;
      if (!this.cache.has(key)) {
        const least = LEAST_PEOPLE[Math.round(zoom)] ?? (zoom < 5 ? 1000 : 0);
        const wide = (name, people) => {
          setFont(measure, fontOf(people, this.palette.font));
          return measure.measureText(name).width;
        };
        const project = (lat, lon) => this._map.project([lat, lon], zoom);
        const west = zoom < WHOLE_COUNTRY_BELOW ? project(51, WEST).x : -Infinity;
        this.cache.set(key, place(this.known().filter((town) => town[3] >= least), project, wide, west));
      }
      return this.cache.get(key);
    },

    async ask() {
      this.asked = true;
      this.villages = await (await fetch(villages)).json();
      if (this._map) this._update();
    },

    paint() {
      const context = this._ctx;
      const origin = this._map.getPixelOrigin();
      const { min, max } = this._bounds;
      context.lastFont = ""; // a canvas of another size forgets its font
      context.textBaseline = "middle";
      context.lineJoin = "round";
      for (const spot of this.spotsAt(this._map.getZoom())) {
        const x = spot.x - origin.x;
        const y = spot.y - origin.y;
        const [left, right] = [Math.min(x, spot.left - origin.x), Math.max(x, spot.right - origin.x)];
        if (right < min.x - EDGE || left > max.x + EDGE || y < min.y - BESIDE || y > max.y + BESIDE) continue;
        this.write(context, spot, x, y, origin);
      }
    },

    write(context, spot, x, y, origin) {
      setFont(context, fontOf(spot.people, this.palette.font));
      context.strokeStyle = this.palette.halo;
      context.fillStyle = this.palette.label;
      context.beginPath();
      context.arc(x, y, 1.8, 0, 7);
      context.lineWidth = 2;
      context.stroke();
      context.fill();
      context.lineWidth = 3.2;
      context.strokeText(spot.name, spot.left - origin.x, spot.middle - origin.y);
      context.fillText(spot.name, spot.left - origin.x, spot.middle - origin.y);
    },
  });
  Object.assign(layer, { towns, palette, cache: new Map(), villages: null, asked: false });
  return layer;
}

// The name of the largest place near a point: within 3 km any, farther away only a town.
export function nameNear(places, lat, lon) {
  const shrink = Math.cos((lat * Math.PI) / 180);
  let best = null;
  for (const [name, placeLat, placeLon, people] of places) {
    const km = 111.2 * Math.hypot(placeLat - lat, (placeLon - lon) * shrink);
    const cost = km - Math.min(6, Math.sqrt(people) / 4);
    if (km < 40 && (!best || cost < best.cost)) best = { name, km, cost };
  }
  return best?.name ?? null;
}
