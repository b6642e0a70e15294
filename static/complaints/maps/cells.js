// Counts as squares on canvas tiles: 32 × 32 cells a tile, from map/<z>/<x>/<y>.json.
// Up to zoom 8 a cell is 8 pixels wide; from zoom 9 on it is 16, a finger's target, from tiles of one zoom less.

const GRID = 32;
const GRID_ZOOM = 5; // 2 ** 5 cells a tile side: a cell is a square of zoom + 5
const SMALL_CELLS_UP_TO = 8;
const DEEPEST = 14;
const TILE = 256;
const SHARES = [0.44, 0.58, 0.72, 0.86, 1]; // side of the mark over the side of its cell, by class

function classOf(count, scale) {
  return scale.filter((bound) => count >= bound).length;
}

function scaleFor(largest, scales) {
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
  const line = Math.max(1.5, side / 6.5);
  context.strokeStyle = colours.ring;
  context.lineWidth = line;
  context.beginPath();
  context.arc(left + size / 2, top + size / 2, Math.max(side * 0.22, (size - line) / 2), 0, 7);
  context.stroke();
}

// Draws and remembers the tiles of one cell size; `shared` holds what both sizes have in common.
function tilesOf(L, shared, options) {
  const wide = options.tileSize > TILE ? 1 : 0;
  const Tiles = L.GridLayer.extend({
    createTile(coords, done) {
      const size = this.getTileSize();
      const ratio = window.devicePixelRatio || 1;
      const canvas = L.DomUtil.create("canvas", "leaflet-tile");
      canvas.width = Math.round(size.x * ratio);
      canvas.height = Math.round(size.y * ratio);
      const tile = { canvas, x: coords.x, y: coords.y, z: coords.z - wide, cells: [], abort: new AbortController() };
      shared.held.set(canvas, tile);
      shared.load(tile).then((failure) => done(failure, canvas));
      return canvas;
    },
  });
  const layer = new Tiles({ updateWhenZooming: false, keepBuffer: 1, ...options });
  layer.on("tileunload", ({ tile }) => {
    shared.held.get(tile)?.abort.abort();
    shared.held.delete(tile);
  });
  return layer;
}

export class Cells {
  constructor(L, { tiles, query, worksOnly, scales, palette, onScale, onFailure, onDrawn }) {
    Object.assign(this, { L, tiles, query, worksOnly, scales, palette, onScale, onFailure });
    Object.assign(this, { held: new Map(), largest: new Map(), scaleAt: new Map() });
    this.layers = [
      tilesOf(L, this, { tileSize: TILE, maxZoom: SMALL_CELLS_UP_TO }),
      tilesOf(L, this, { tileSize: 2 * TILE, minZoom: SMALL_CELLS_UP_TO + 1, maxZoom: 20, maxNativeZoom: DEEPEST + 1 }),
    ];
    for (const layer of this.layers) layer.on("load", onDrawn);
  }

  addTo(map) {
    this.map = map;
    for (const layer of this.layers) layer.addTo(map);
    map.on("zoomend", () => this.tell());
    return this;
  }

  async load(tile) {
    const { x, y, z } = tile;
    const columns = 1 << z;
    if (y < 0 || y >= columns) return null;
    const column = ((x % columns) + columns) % columns;
    const address = this.tiles.replace("{z}", z).replace("{x}", column).replace("{y}", y) + this.query;
    try {
      const answer = await fetch(address, { signal: tile.abort.signal });
      if (!answer.ok) throw new Error(`${answer.status}`);
      tile.cells = joined(await answer.json(), this.worksOnly);
    } catch (error) {
      if (error.name !== "AbortError") this.onFailure();
      return error;
    }
    this.widen(tile);
    this.draw(tile);
    return null;
  }

  // Within a zoom the scale only grows, so that colours do not change their meaning while panning.
  widen({ cells, z }) {
    const largest = cells.reduce((most, cell) => Math.max(most, cell.trouble, cell.works), 1);
    if (largest <= (this.largest.get(z) ?? 0)) return;
    this.largest.set(z, largest);
    const scale = scaleFor(largest, this.scales);
    if (scale === this.scaleAt.get(z)) return;
    this.scaleAt.set(z, scale);
    for (const tile of this.held.values()) if (tile.z === z) this.draw(tile);
    this.tell();
  }

  draw(tile) {
    const context = tile.canvas.getContext("2d");
    context.clearRect(0, 0, tile.canvas.width, tile.canvas.height);
    const side = tile.canvas.width / GRID;
    const scale = this.scaleAt.get(tile.z) ?? this.scales[0];
    for (const cell of tile.cells) mark(context, cell, side, scale, this.palette);
  }

  recolour(palette) {
    this.palette = palette;
    for (const tile of this.held.values()) this.draw(tile);
  }

  tileZoom() {
    const zoom = Math.round(this.map.getZoom());
    return zoom <= SMALL_CELLS_UP_TO ? zoom : Math.min(DEEPEST, zoom - 1);
  }

  tell() {
    this.onScale(this.scaleAt.get(this.tileZoom()) ?? this.scales[0]);
  }

  // Every cell with reports whose middle is on the screen, most reports first.
  visible() {
    const zoom = this.tileZoom();
    const bounds = this.map.getBounds();
    const tiles = [...this.held.values()].filter((tile) => tile.z === zoom);
    const cells = tiles.flatMap((tile) => tile.cells.map((cell) => this.named(tile, cell)));
    return cells.filter((cell) => bounds.contains(cell.middle)).sort((a, b) => b.count - a.count || a.key.localeCompare(b.key));
  }

  named({ x, y, z }, cell) {
    const [column, row] = [x * GRID + cell.dx, y * GRID + cell.dy];
    const middle = this.map.unproject(this.L.point(column + 0.5, row + 0.5).multiplyBy(TILE / GRID), z);
    return { ...cell, key: `${z + GRID_ZOOM}-${column}-${row}`, middle };
  }

  // Side of a cell on the screen, in pixels.
  side() {
    return (TILE / GRID) * this.map.getZoomScale(this.map.getZoom(), this.tileZoom());
  }

  // The cell under a tap, or the nearest one within a finger's width.
  near(point, reach) {
    const far = (cell) => this.map.latLngToContainerPoint(cell.middle).distanceTo(point);
    const close = this.visible().map((cell) => ({ cell, far: far(cell) }));
    const nearest = close.sort((a, b) => a.far - b.far)[0];
    return nearest && nearest.far <= Math.max(reach, this.side() * 0.71) ? nearest.cell : null;
  }
}
