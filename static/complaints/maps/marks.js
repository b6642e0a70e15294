// How a cell looks: its colour says the rate, its form how sure the rate is; hatched where nobody has reported.
// The same rules as complaints/base/ratescale.py.

export const GRID = 32;
const MULTIPLES = [0.5, 1, 2, 4];
const FEWEST_PEOPLE = 1000;
const INHABITED = 100;
const PRIOR = 3;
const [FAIR, SURE] = [5, 20];
const SHARES = [0.4, 0.66, 0.94];
const HATCH = 8; // divides a tile, so that lines go on from tile to tile

// Trouble and "everything works" arrive apart; a selection of works alone arrives as `cells`.
export function joined({ cells, works = [] }, worksOnly) {
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

// The square around a cell.
export function squareOf({ side, found }, { dx, dy }) {
  const per = GRID / side;
  return found[Math.floor(dy / per) * side + Math.floor(dx / per)];
}

// The squares whose inhabitants are known: as many as there are cells, or larger ones with several cells each.
function squares({ cells, people }, usual) {
  const side = Math.sqrt(people.length) || GRID;
  const found = Array.from({ length: side * side }, (_, n) => ({ people: people[n] ?? 0, trouble: 0, count: 0, step: 0 }));
  for (const cell of cells) {
    cell.square = squareOf({ side, found }, cell);
    cell.square.trouble += cell.trouble;
    cell.square.count += cell.count;
  }
  for (const square of found) if (square.trouble) square.step = stepOf(square, usual);
  return { side, found };
}

function stepOf({ trouble, people }, usual) {
  if (people < FEWEST_PEOPLE) return 0;
  const ratio = (trouble + PRIOR) / ((people * usual) / 100000 + PRIOR);
  return 1 + MULTIPLES.filter((multiple) => ratio >= multiple).length;
}

const shareOf = (count) => SHARES[(count >= FAIR) + (count >= SURE)];

function circle(context, x, y, radius) {
  context.beginPath();
  context.arc(x, y, radius, 0, 7);
}

function mark(context, cell, side, colours) {
  const [x, y] = [(cell.dx + 0.5) * side, (cell.dy + 0.5) * side];
  const line = Math.max(1.5, side / 8);
  const works = cell.works > cell.trouble;
  const step = works ? 0 : cell.square.step;
  const size = Math.max(3, Math.round(side * shareOf(works ? cell.works : cell.trouble)));
  context.fillStyle = colours.steps[step - 1];
  context.strokeStyle = works ? colours.ring : colours.label;
  context.lineWidth = line;
  if (works) {
    circle(context, x, y, Math.max(side * 0.25, (size - line) / 2));
    context.stroke();
  } else if (!step) {
    const width = Math.max(side * 0.34, size - 2 * line);
    context.strokeRect(x - width / 2, y - width / 2, width, width);
  } else if (size < side / 2) {
    circle(context, x, y, size / 2);
    context.fill();
  } else {
    context.fillRect(Math.round(x - size / 2), Math.round(y - size / 2), size, size);
  }
}

const patterns = new Map();

function hatch(context, ratio, colour) {
  const key = `${colour}/${ratio}`;
  if (!patterns.has(key)) {
    const side = HATCH * ratio;
    const tile = Object.assign(document.createElement("canvas"), { width: side, height: side });
    const pen = tile.getContext("2d");
    pen.strokeStyle = colour;
    pen.lineWidth = ratio;
    for (const by of [-side, 0, side]) {
      pen.moveTo(by - 1, side + 1);
      pen.lineTo(by + side + 1, -1);
    }
    pen.stroke();
    patterns.set(key, context.createPattern(tile, "repeat"));
  }
  return patterns.get(key);
}

// Hatches squares ([left, top] in pixels of the canvas) as far as they lie in the country.
function hatchSquares(context, { canvas, x, y, z }, corners, wide, { colours, ratio, country }) {
  context.save();
  if (country) {
    const scale = (canvas.width * 2 ** z) / 256;
    context.setTransform(scale, 0, 0, scale, -x * canvas.width, -y * canvas.width);
    context.clip(country, "evenodd");
    context.setTransform(1, 0, 0, 1, 0, 0);
  }
  context.fillStyle = hatch(context, ratio, colours.hatch);
  context.beginPath();
  for (const [left, top] of corners) context.rect(left, top, wide, wide);
  context.fill();
  context.restore();
}

// Draws a tile in device pixels, so that edges are crisp on every screen; answers its squares.
export function drawTile(tile, look) {
  const { canvas } = tile;
  const { usual, colours } = look;
  const context = canvas.getContext("2d");
  context.clearRect(0, 0, canvas.width, canvas.height);
  const { side, found } = squares(tile, usual);
  const wide = canvas.width / side;
  const corner = (n) => [(n % side) * wide, Math.floor(n / side) * wide];
  const silent = found.flatMap((square, n) => (!square.count && square.people >= INHABITED ? [corner(n)] : []));
  if (silent.length) hatchSquares(context, tile, silent, wide, look);
  if (side < GRID) {
    found.forEach((square, n) => {
      if (!square.step) return;
      context.globalAlpha = square.trouble >= FAIR ? 0.3 : 0.14;
      context.fillStyle = colours.steps[square.step - 1];
      context.fillRect(...corner(n), wide, wide);
    });
    context.globalAlpha = 1;
  }
  for (const cell of tile.cells) mark(context, cell, canvas.width / GRID, colours);
  return { side, found };
}
