"""Bar charts as plain numbers; a template draws them as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, GAP = 640.0, 160.0, 2.0


@dataclass(frozen=True)
class Bar:
    """One bar in units of the chart, from the left and from the top; `value` is None where there are no data."""

    x: str
    y: str
    width: str
    height: str
    label: str
    value: int | None


@dataclass(frozen=True)
class BarChart:
    """Bars side by side; `top` is the value of the upper edge, a round number."""

    bars: tuple[Bar, ...]
    top: int

    @property
    def view_box(self) -> str:
        return f"0 0 {WIDTH:.0f} {HEIGHT:.0f}"

    @property
    def total(self) -> int:
        return sum(bar.value or 0 for bar in self.bars)

    @property
    def has_blanks(self) -> bool:
        return any(bar.value is None for bar in self.bars)


def round_up(value: int) -> int:
    """The next of 1, 2, 5, 10, 20, 50, … at or above a value; at least 5."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if factor * step >= max(value, 5):
                return factor * step
        step *= 10


def bar_chart(values: Sequence[tuple[str, int | None]]) -> BarChart:
    """The chart of (label, count) pairs in their order; a count of None, no data, fills the whole height."""
    top = round_up(max((value or 0 for _label, value in values), default=0))
    step = WIDTH / max(1, len(values))
    bars = []
    for n, (label, value) in enumerate(values):
        height = HEIGHT if value is None else HEIGHT * value / top
        x, y, width = n * step, HEIGHT - height, max(1.0, step - GAP)
        bars.append(Bar(f"{x:.1f}", f"{y:.1f}", f"{width:.1f}", f"{height:.1f}", label, value))
    return BarChart(tuple(bars), top)
