// Cells on canvas tiles: 32 × 32 cells a tile, from map/<z>/<x>/<y>.json.
// Up to zoom 8 a cell is 8 pixels wide; from zoom 9 on it is 16, a finger's target, from tiles of one zoom less.

import { breath } from "./breath.js";
import { drawTile, GRID, joined, squareOf } from "./marks.js";

const GRID_ZOOM = 5; // 2 ** 5 cells a tile side: a cell is a square of zoom + 5
const SMALL_CELLS_UP_TO = 8;
const DEEPEST = 14;
const TILE = 256;
const RATIO = 2; // enough for every screen, and tiles of a zoom between two are scaled

// Draws and remembers the tiles of one cell size; `shared` holds what both sizes have in common.
function tilesOf(L, shared, options) {
  const wide = options.tileSize > TILE ? 1 : 0;
  const Tiles = L.GridLayer.extend({
    createTile(coords, done) {
      const size = this.getTileSize();
      const canvas = L.DomUtil.create("canvas", "leaflet-tile");
      canvas.width = size.x * RATIO;
      canvas.height = size.y * RATIO;
      const tile = { canvas, x: coords.x, y: coords.y, z: coords.z - wide, cells: [], people: null };
      shared.held.set(canvas, tile);
      Promise.all([shared.load(tile), shared.ready]).then(async ([failure]) => {
        await shared.turn();
        shared.draw(tile);
        done(failure, canvas);
      });
      return canvas;
    },
  });
  const layer = new Tiles({ updateWhenZooming: false, keepBuffer: 1, ...options });
  layer.on("tileunload", ({ tile }) => {
    shared.held.get(tile)?.abort?.abort();
    shared.held.delete(tile);
  });
  return layer;
}

export class Cells {
  constructor(L, { tiles, query, worksOnly, usual, palette, ready, onFailure, onDrawn }) {
    Object.assign(this, { L, tiles, query, worksOnly, usual, palette, ready, onFailure, held: new Map() });
    this.layers = [
      tilesOf(L, this, { tileSize: TILE, maxZoom: SMALL_CELLS_UP_TO + 0.49 }), // Leaflet prunes by the unrounded zoom
      tilesOf(L, this, { tileSize: 2 * TILE, minZoom: SMALL_CELLS_UP_TO + 0.5, maxZoom: 20, maxNativeZoom: DEEPEST + 1 }),
    ];
    for (const layer of this.layers) layer.on("load", onDrawn);
  }

  addTo(map) {
    this.map = map;
    for (const layer of this.layers) layer.addTo(map);
    return this;
  }

  address({ x, y, z, people }) {
    const columns = 1 << z;
    const column = ((x % columns) + columns) % columns;
    const path = this.tiles.replace("{z}", z).replace("{x}", column).replace("{y}", y);
    const parameters = [this.query.slice(1), people ? "" : "menschen=1"].filter(Boolean);
    return parameters.length ? `${path}?${parameters.join("&")}` : path;
  }

  // Fetches a tile's cells, and its inhabitants once; answers what went wrong, null if nothing did.
  async load(tile) {
    if (tile.y < 0 || tile.y >= 1 << tile.z) return null;
    tile.abort?.abort();
    tile.abort = new AbortController();
    try {
      const answer = await fetch(this.address(tile), { signal: tile.abort.signal });
      if (!answer.ok) throw new Error(`${answer.status}`);
      const data = await answer.json();
      tile.cells = joined(data, this.worksOnly);
      tile.people ??= data.people;
    } catch (error) {
      if (error.name !== "AbortError") this.onFailure();
      return error;
    }
    return null;
  }

  // Each new tile is drawn in a task of its own, so that a slow phone still answers taps.
  turn() {
    this.last = (this.last ?? Promise.resolve()).then(breath);
    return this.last;
  }

  draw(tile) {
    const { usual, palette: colours, country } = this;
    tile.drawn = drawTile({ ...tile, people: tile.people ?? [] }, { usual, colours, country, ratio: RATIO });
  }

  drawAll() {
    for (const tile of this.held.values()) this.draw(tile);
  }

  recolour(palette) {
    this.palette = palette;
    this.drawAll();
  }

  // Another selection: what is seen stays until all of the new is here.
  async ask(query) {
    this.query = query;
    await Promise.all([...this.held.values()].map((tile) => this.load(tile)));
  }

  cellZoom() {
    return this.tileZoom() + GRID_ZOOM;
  }

  tileZoom() {
    const zoom = Math.round(this.map.getZoom());
    return zoom <= SMALL_CELLS_UP_TO ? zoom : Math.min(DEEPEST, zoom - 1);
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

  // The cell under a tap, or the nearest one within a finger's width, or of the coloured square under it.
  near(point, reach) {
    const nearest = this.nearest(point, this.visible());
    return nearest && nearest.far <= Math.max(reach, this.side() * 0.71) ? nearest : this.nearest(point, this.around(point));
  }

  nearest(point, cells) {
    const measured = cells.map((cell) => ({ ...cell, far: this.map.latLngToContainerPoint(cell.middle).distanceTo(point) }));
    return measured.sort((a, b) => a.far - b.far)[0] ?? null;
  }

  // The cells of the coloured square under a point.
  around(point) {
    const z = this.tileZoom();
    const { x, y } = this.map.project(this.map.containerPointToLatLng(point), z).multiplyBy(GRID / TILE).floor();
    const tile = [...this.held.values()].find((one) => one.z === z && one.x === x >> GRID_ZOOM && one.y === y >> GRID_ZOOM);
    const square = tile?.drawn && squareOf(tile.drawn, { dx: x % GRID, dy: y % GRID });
    return square?.step ? tile.cells.filter((cell) => cell.square === square).map((cell) => this.named(tile, cell)) : [];
  }

  // How many reports lie in a rectangle of squares, which are not smaller than cells.
  countIn({ zoom, from, to }) {
    const z = this.tileZoom();
    const shift = this.cellZoom() - zoom;
    let count = 0;
    for (const tile of this.held.values()) {
      if (tile.z !== z) continue;
      for (const cell of tile.cells) {
        const [column, row] = [(tile.x * GRID + cell.dx) >> shift, (tile.y * GRID + cell.dy) >> shift];
        if (column >= from.x && column <= to.x && row >= from.y && row <= to.y) count += cell.count;
      }
    }
    return count;
  }
}
