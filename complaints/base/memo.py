"""Values that hardly change, kept in the process for a short time."""

import time
from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")
_memos: list["Memo[object]"] = []


class Memo(Generic[Value]):
    """Calls a function at most once in `seconds` and remembers what it gave."""

    def __init__(self, function: Callable[[], Value], seconds: float) -> None:
        self.function, self.seconds = function, seconds
        self.value: Value | None = None
        self.until = 0.0
        _memos.append(self)  # type: ignore[arg-type]

    def __call__(self) -> Value:
        now = time.monotonic()
        if self.value is None or now >= self.until:
            self.value, self.until = self.function(), now + self.seconds
        return self.value

    def clear(self) -> None:
        self.value, self.until = None, 0.0


def for_seconds(seconds: float) -> Callable[[Callable[[], Value]], Memo[Value]]:
    """Decorates a function without arguments; other processes' changes are seen after `seconds`."""
    return lambda function: Memo(function, seconds)


def clear_all() -> None:
    """Forgets everything; tests start from here."""
    for memo in _memos:
        memo.clear()
