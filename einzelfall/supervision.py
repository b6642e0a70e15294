"""Keeps the site's processes running together: all of them up, or all of them down."""

import contextlib
import os
import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from einzelfall.kinship import end_with_parent

GRACE_SECONDS = 8  # longer than gunicorn gives its workers
PAUSE_SECONDS = 0.5
RESTARTS = 5
RESTART_WINDOW = 60  # seconds
HOPELESS = (3, 4)  # gunicorn: its workers or the application cannot start


class GaveUpError(Exception):
    """A process ended and starting it again does not help; the message is a sentence for the terminal."""


@dataclass
class Child:
    """One process of the site, in a session of its own, so that Ctrl-C reaches only the parent."""

    name: str
    command: Sequence[str]
    folder: Path
    inherited: Sequence[int] = ()
    process: subprocess.Popen[bytes] | None = None
    starts: deque[float] = field(default_factory=deque)

    def start(self) -> None:
        self.starts.append(time.monotonic())
        self.process = subprocess.Popen(  # noqa: S603
            self.command,
            cwd=self.folder,
            pass_fds=self.inherited,
            start_new_session=True,
            preexec_fn=end_with_parent,  # noqa: PLW1509  the parent has one thread
        )

    def keep_up(self) -> str:
        """Starts the process again if it ended and says so; GaveUpError after too many times in a minute."""
        if self.process is None or self.process.poll() is None:
            return ""
        code = self.process.returncode
        self.kill()
        while self.starts and self.starts[0] < time.monotonic() - RESTART_WINDOW:
            self.starts.popleft()
        if code in HOPELESS or len(self.starts) > RESTARTS:
            raise GaveUpError(f"The {self.name} ended ({meaning(code)}) and cannot be kept up; the site stops.")
        self.start()
        return f"The {self.name} ended ({meaning(code)}) and was started again."

    def ask_to_end(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def kill(self) -> None:
        """Ends what is left of the process and of those it started."""
        if self.process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)


def meaning(code: int) -> str:
    """What an exit code says: "exit code 3", "SIGKILL"."""
    return f"exit code {code}" if code >= 0 else signal.Signals(-code).name


def run(children: Sequence[Child], between: Callable[[], str], say: Callable[[str], None]) -> None:
    """Keeps `children` up, calling `between` twice a second, until an exception; then ends them all.

    What `between` and restarts have to tell is handed to `say`.
    """
    try:
        while True:
            for news in (between(), *(child.keep_up() for child in children)):
                if news:
                    say(news)
            time.sleep(PAUSE_SECONDS)
    finally:
        end(children)


def end(children: Sequence[Child]) -> None:
    """Asks all to end at once, waits GRACE_SECONDS in all, kills what is left."""
    deadline = time.monotonic() + GRACE_SECONDS
    for child in children:
        child.ask_to_end()
    for child in children:
        if child.process:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.process.wait(max(0.0, deadline - time.monotonic()))
            child.kill()
