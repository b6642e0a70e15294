"""The whole country as one picture: where a point lies on it, and how counts become classes of size and colour."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import asinh, pi, radians, tan

CELL_ZOOM = 10
"""A cell of the picture is a square of the Web Mercator grid of this zoom, about 24 km wide."""
WIDTH, HEIGHT = 640, 1016
CELL = 22.0
"""Side of a cell in user units."""
WEST, NORTH = 526.86, 318.8
"""Column and row of the grid at the upper left corner of the picture."""

SCALES = (
    (1, 2, 4, 8, 16),
    (1, 3, 10, 30, 100),
    (1, 5, 25, 125, 625),
    (1, 10, 100, 1000, 10_000),
    (1, 30, 1000, 30_000, 1_000_000),
)
"""Lower bounds of the five classes, logarithmic; the one is taken whose last class is reached but not crowded."""


def place_on_picture(latitude: float, longitude: float) -> tuple[float, float]:
    """User units of a point: x to the east, y to the south."""
    size = 1 << CELL_ZOOM
    column = (longitude + 180) / 360 * size
    row = (1 - asinh(tan(radians(latitude))) / pi) / 2 * size
    return (column - WEST) * CELL, (row - NORTH) * CELL


def scale_for(largest: int) -> tuple[int, ...]:
    """The lower bounds of the classes that suit counts up to `largest`."""
    return next((scale for scale in SCALES if largest < scale[-1] * 4), SCALES[-1])


def class_of(count: int, scale: tuple[int, ...]) -> int:
    """1 to 5; 0 where nothing is counted."""
    return sum(count >= bound for bound in scale)


@dataclass(frozen=True)
class Cell:
    """One cell of the picture: column and row of the grid, reports of trouble, reports that everything works."""

    column: int
    row: int
    trouble: int
    works: int

    @property
    def count(self) -> int:
        return self.trouble + self.works


@dataclass(frozen=True)
class Marks:
    """What is drawn: for each class one path of squares (index 0 is class 1), and the rings as (x, y, radius)."""

    squares: list[str]
    rings: list[tuple[float, float, float]]


SHARES = (0.44, 0.58, 0.72, 0.86, 1.0)
"""Side of a mark over the side of its cell, by class; the same as in cells.js."""


def marks(cells: Iterable[Cell], scale: tuple[int, ...]) -> Marks:
    """A square for a cell where trouble prevails, a ring where "everything works" does; both grow with the count."""
    squares = ["" for _ in scale]
    rings = []
    for cell in cells:
        step = class_of(max(cell.trouble, cell.works), scale)
        if not step:
            continue
        size = round(CELL * 0.92 * SHARES[step - 1], 1)
        x, y = (cell.column + 0.5 - WEST) * CELL, (cell.row + 0.5 - NORTH) * CELL
        if cell.works > cell.trouble:
            rings.append((round(x, 1), round(y, 1), max(4.5, round(size / 2 - 1.5, 1))))
        else:
            squares[step - 1] += f"M{x - size / 2:.1f} {y - size / 2:.1f}h{size}v{size}h-{size}z"
    return Marks(squares, rings)


@dataclass(frozen=True)
class Step:
    """One class of a legend: its number, its bounds (`last` None: no upper one)."""

    number: int
    first: int
    last: int | None

    @property
    def square(self) -> str:
        """The mark of the class as an SVG path in a box of 20 units."""
        side = 20 * SHARES[self.number - 1]
        return f"M{10 - side / 2:.1f} {10 - side / 2:.1f}h{side:.1f}v{side:.1f}h-{side:.1f}z"


def steps(scale: tuple[int, ...]) -> list[Step]:
    """The classes of a scale, smallest first."""
    ends: list[int | None] = [bound - 1 for bound in scale[1:]]
    return [Step(n, first, last) for n, (first, last) in enumerate(zip(scale, [*ends, None], strict=True), start=1)]
