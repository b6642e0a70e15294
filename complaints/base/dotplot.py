"""Thirty days as columns of dots, one for each report, as paths that a template puts into an SVG."""

from collections.abc import Sequence
from dataclasses import dataclass

from complaints.base.chart import round_up

STEP, LOWEST, HIGHEST = 10, 4, 12
"""Units from dot to dot; rows that are always there, and at most."""


@dataclass(frozen=True)
class DotPlot:
    """Paths of points (to be drawn with round ends): days without a report, reports, and the own one."""

    none: str
    others: str
    own: str
    each: int
    width: int
    height: int
    week_x: int

    @property
    def view_box(self) -> str:
        return f"0 0 {self.width} {self.height}"

    @property
    def week_width(self) -> int:
        return self.width - self.week_x


def dot_plot(days: Sequence[int], own: int | None) -> DotPlot:
    """The plot of counts by day, oldest first; `own` marks the lowest dot of the day so many days before
    the last.

    Where a day has more than HIGHEST reports, a dot stands for up to `each` of them. The last seven days begin at
    `week_x`.
    """
    most = max(days, default=0)
    each = 1 if most <= HIGHEST else round_up(-(-most // HIGHEST))
    columns = [-(-count // each) for count in days]
    rows = max(LOWEST, *columns)
    height = rows * STEP
    points = {
        (day, row): f"M{day * STEP + STEP // 2} {height - row * STEP - STEP // 2}h0"
        for day, dots in enumerate(columns)
        for row in range(max(1, dots))
    }
    empty = {(day, 0) for day, dots in enumerate(columns) if not dots}
    mine = set() if own is None else {(len(columns) - 1 - own, 0)}
    return DotPlot(
        none="".join(point for at, point in points.items() if at in empty - mine),
        others="".join(point for at, point in points.items() if at not in empty | mine),
        own="".join(points[at] for at in mine),
        each=each,
        width=len(columns) * STEP,
        height=height,
        week_x=max(0, len(columns) - 7) * STEP,
    )
