"""Names on a map that do not touch each other."""

from collections.abc import Iterable
from dataclasses import dataclass

Box = tuple[float, float, float, float]
LETTER = 0.6
"""Mean width of a letter over the font size; a little more than most faces need, so that neighbours stay apart."""
GAP = 3.0


@dataclass(frozen=True)
class Name:
    """A name to place at the point (x, y), with its font size; all in the same units."""

    text: str
    x: float
    y: float
    size: float


@dataclass(frozen=True)
class Label:
    """A placed name: `left` and `baseline` are where its text begins, (x, y) is the dot of its place."""

    text: str
    x: float
    y: float
    left: float
    baseline: float
    size: float


def place(names: Iterable[Name], width: float, height: float) -> list[Label]:
    """The names that find room inside the frame, the most important given first.

    Each takes the first free of four positions around its dot: right, left, above, below; a name without a free one
    is left out. Dots count as taken, too. Quadratic in the number of names placed, so meant for some hundreds.
    """
    taken: list[Box] = []
    placed: list[Label] = []
    for name in names:
        found = _free_spot(name, taken, width, height)
        if found:
            taken += [found, (name.x - GAP, name.y - GAP, name.x + GAP, name.y + GAP)]
            baseline = (found[1] + found[3]) / 2 + name.size * 0.35
            where = (name.x, name.y, found[0] + GAP, baseline)
            x, y, left, base = (round(value, 1) for value in where)
            placed.append(Label(name.text, x, y, left, base, name.size))
    return placed


def _free_spot(name: Name, taken: list[Box], width: float, height: float) -> Box | None:
    wide, high = len(name.text) * name.size * LETTER, name.size
    corners = (
        (name.x + 6, name.y - high / 2),
        (name.x - 6 - wide, name.y - high / 2),
        (name.x - wide / 2, name.y - 6 - high),
        (name.x - wide / 2, name.y + 6),
    )
    for left, top in corners:
        box = (left - GAP, top - GAP, left + wide + GAP, top + high + GAP)
        inside = box[0] >= 0 and box[1] >= 0 and box[2] <= width and box[3] <= height
        if inside and not any(_touch(box, other) for other in taken):
            return box
    return None


def _touch(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
