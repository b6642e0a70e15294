"""The whole country as one picture: where a point lies on it, and the marks of its cells."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import asinh, pi, radians, tan

from complaints.base import ratescale

CELL_ZOOM = 10
"""A cell of the picture is a square of the Web Mercator grid of this zoom, about 24 km wide."""
WIDTH, HEIGHT = 640, 1076
CELL = 22.0
"""Side of a cell in user units."""
WEST, NORTH = 526.86, 318.8
"""Column and row of the grid at the upper left corner of the picture."""


def place_on_picture(latitude: float, longitude: float) -> tuple[float, float]:
    """User units of a point: x to the east, y to the south."""
    size = 1 << CELL_ZOOM
    column = (longitude + 180) / 360 * size
    row = (1 - asinh(tan(radians(latitude))) / pi) / 2 * size
    return (column - WEST) * CELL, (row - NORTH) * CELL


@dataclass(frozen=True)
class Cell:
    """One cell of the picture: column and row of the grid, reports of trouble and of works, inhabitants."""

    column: int
    row: int
    trouble: int
    works: int
    people: float = 0.0

    @property
    def count(self) -> int:
        return self.trouble + self.works


@dataclass
class Marks:
    """What is drawn, as SVG paths: one for each colour (index 0 is colour 1), where no rate is known, where no data is.

    Where "everything works" prevails there is a ring (x, y, radius) instead.
    """

    colours: list[str] = field(default_factory=lambda: [""] * (len(ratescale.MULTIPLES) + 1))
    unknown: str = ""
    empty: str = ""
    rings: list[tuple[float, float, float]] = field(default_factory=list)


def marks(cells: Iterable[Cell], usual: float) -> Marks:
    """Dots for few reports, small squares for some, full ones for many; colours by the rate against the usual one."""
    found = Marks()
    for cell in cells:
        x, y = (cell.column + 0.5 - WEST) * CELL, (cell.row + 0.5 - NORTH) * CELL
        if not cell.count:
            if cell.people >= ratescale.INHABITED:
                found.empty += square(x, y, CELL)
        elif cell.works > cell.trouble:
            found.rings.append((round(x, 1), round(y, 1), round(CELL * ratescale.share_of(cell.works) / 2 - 1.5, 1)))
        elif step := ratescale.step_of(cell.trouble, cell.people, usual):
            found.colours[step - 1] += mark(x, y, CELL, cell.trouble)
        else:
            found.unknown += square(x, y, CELL * 0.4)
    return found


def mark(x: float, y: float, side: float, count: int) -> str:
    """The mark of a cell around its middle."""
    size = side * ratescale.share_of(count)
    return dot(x, y, size) if count < ratescale.FAIR else square(x, y, size)


def square(x: float, y: float, side: float) -> str:
    return f"M{x - side / 2:.1f} {y - side / 2:.1f}h{side:.1f}v{side:.1f}h-{side:.1f}z"


def dot(x: float, y: float, side: float) -> str:
    radius = f"{side / 2:.1f}"
    return f"M{x - side / 2:.1f} {y:.1f}a{radius} {radius} 0 1 0 {side:.1f} 0a{radius} {radius} 0 1 0-{side:.1f} 0"
