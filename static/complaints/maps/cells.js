// Counts as squares on canvas tiles: 32 × 32 cells a tile, from map/<z>/<x>/<y>.json.

export const GRID = 32;
export const GRID_ZOOM = 5; // 2 ** 5 cells a tile side: a cell is a square of zoom + 5
const DEEPEST = 14;
const SHARES = [0.44, 0.58, 0.72, 0.86, 1]; // side of the mark over the side of its cell, by class

export function classOf(count, scale) {
  return scale.filter((bound) => count >= bound).length;
}

export function scaleFor(largest, scales) {
  return scales.find((scale) => largest < scale.at(-1) * 4) ?? scales.at(-1);
}

// Trouble and "everything works" arrive apart; a selection of works alone arrives as `cells`.
function joined({ cells, works = [] }, worksOnly) {
  const found = new Map();
  const add = (rows, kind) => {
    for (const [dx, dy, count] of rows) {
      const cell = found.get(dx * GRID + dy) ?? { dx, dy, trouble: 0, works: 0, count: 0 };
      cell[kind] += count;
      cell.count += count;
      found.set(dx * GRID + dy, cell);
    }
  };
  add(cells, worksOnly ? "works" : "trouble");
  add(works, "works");
  return [...found.values()];
}

// Device pixels, so that edges are crisp on every screen.
function mark(context, cell, side, scale, colours) {
  const count = cell.works > cell.trouble ? cell.works : cell.trouble;
  const step = classOf(count, scale);
  if (!step) return;
  const room = side * 0.94;
  const size = Math.max(3, Math.round(room * SHARES[step - 1]));
  const left = Math.round(cell.dx * side + (side - size) / 2);
  const top = Math.round(cell.dy * side + (side - size) / 2);
  if (cell.works <= cell.trouble) {
    context.fillStyle = colours.steps[step - 1];
    context.fillRect(left, top, size, size);
    return;
  }
  const line = Math.max(1.4, side / 5.5);
  context.strokeStyle = colours.ring;
  context.lineWidth = line;
  context.beginPath();
  context.arc(left + size / 2, top + size / 2, Math.max(1, (size - line) / 2 + 0.5), 0, 7);
  context.stroke();
}

export function cellLayer(L, { tiles, query, worksOnly, scales, palette, onScale, onFailure }) {
  const Cells = L.GridLayer.extend({
    createTile(coords, done) {
      const size = this.getTileSize();
      const ratio = window.devicePixelRatio || 1;
      const canvas = L.DomUtil.create("canvas", "leaflet-tile");
      canvas.width = Math.round(size.x * ratio);
      canvas.height = Math.round(size.y * ratio);
      const tile = { canvas, coords, cells: [], abort: new AbortController() };
      this.held.set(canvas, tile);
      this.load(tile).then((failure) => done(failure, canvas));
      return canvas;
    },

    async load(tile) {
      const { x, y, z } = tile.coords;
      const columns = 1 << z;
      if (y < 0 || y >= columns) return null;
      const address = `${tiles.replace("{z}", z).replace("{x}", ((x % columns) + columns) % columns).replace("{y}", y)}${query}`;
      try {
        const answer = await fetch(address, { signal: tile.abort.signal });
        if (!answer.ok) throw new Error(`${answer.status}`);
        tile.cells = joined(await answer.json(), worksOnly);
      } catch (error) {
        if (error.name !== "AbortError") onFailure();
        return error;
      }
      this.widen(tile);
      this.draw(tile);
      return null;
    },

    // Within a zoom the scale only grows, so that colours do not change their meaning while panning.
    widen(tile) {
      const largest = tile.cells.reduce((most, cell) => Math.max(most, cell.trouble, cell.works), 1);
      if (largest <= (this.largest.get(tile.coords.z) ?? 0)) return;
      this.largest.set(tile.coords.z, largest);
      const scale = scaleFor(largest, scales);
      if (scale === this.scaleAt.get(tile.coords.z)) return;
      this.scaleAt.set(tile.coords.z, scale);
      for (const other of this.held.values()) if (other.coords.z === tile.coords.z) this.draw(other);
      this.tell();
    },

    draw(tile) {
      const context = tile.canvas.getContext("2d");
      context.clearRect(0, 0, tile.canvas.width, tile.canvas.height);
      const side = tile.canvas.width / GRID;
      const scale = this.scaleAt.get(tile.coords.z) ?? scales[0];
      for (const cell of tile.cells) mark(context, cell, side, scale, this.palette);
    },

    recolour(colours) {
      this.palette = colours;
      for (const tile of this.held.values()) this.draw(tile);
    },

    tileZoom() {
      return Math.min(DEEPEST, Math.round(this._map.getZoom()));
    },

    tell() {
      if (this._map) onScale(this.scaleAt.get(this.tileZoom()) ?? scales[0]);
    },

    // Every cell with reports whose middle is on the screen, most reports first.
    visible() {
      const zoom = this.tileZoom();
      const bounds = this._map.getBounds();
      const found = [];
      for (const tile of this.held.values()) {
        if (tile.coords.z !== zoom) continue;
        for (const cell of tile.cells) {
          const named = this.named(tile.coords, cell);
          if (bounds.contains(named.middle)) found.push(named);
        }
      }
      return found.sort((a, b) => b.count - a.count || a.key.localeCompare(b.key));
    },

    named({ x, y, z }, cell) {
      const [column, row, zoom] = [x * GRID + cell.dx, y * GRID + cell.dy, z + GRID_ZOOM];
      const corner = (dx, dy) => this._map.unproject(L.point(column + dx, row + dy).multiplyBy(256 / GRID), z);
      return { ...cell, key: `${zoom}-${column}-${row}`, middle: corner(0.5, 0.5), bounds: L.latLngBounds(corner(0, 0), corner(1, 1)) };
    },

    // The cell under a tap, or the nearest one within a finger's width.
    near(point, reach) {
      const distance = (cell) => this._map.latLngToContainerPoint(cell.middle).distanceTo(point);
      const half = (256 / GRID / 2) * this._map.getZoomScale(this._map.getZoom(), this.tileZoom());
      const close = this.visible().map((cell) => ({ cell, far: distance(cell) })).filter(({ far }) => far <= Math.max(reach, half * 1.42));
      return close.sort((a, b) => a.far - b.far)[0]?.cell ?? null;
    },
  });
  const layer = new Cells({ maxNativeZoom: DEEPEST, minZoom: 0, maxZoom: 20, updateWhenZooming: false, keepBuffer: 1 });
  Object.assign(layer, { held: new Map(), largest: new Map(), scaleAt: new Map(), palette });
  layer.on("tileunload", ({ tile }) => {
    layer.held.get(tile)?.abort.abort();
    layer.held.delete(tile);
  });
  return layer;
}
