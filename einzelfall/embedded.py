"""The embedded PostgreSQL, used where `DATABASE_URL` is unset; its data lies in `var/postgres`.

Every process that uses the server holds a shared lock on `var/postgres.users`; whoever can make that lock exclusive at
its end was the last one and stops the server. The kernel gives a lock back when its holder dies, however it dies.
Starts and stops happen one at a time under `var/postgres.turn`. Why not by the library: docs/decisions/0001.
"""

import atexit
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.parse import quote

from einzelfall.cluster import DATABASE, MISSING, PORT, SUPERUSER, Cluster, is_installed

VAR = Path(__file__).resolve().parent.parent / "var"


class Membership:
    """This process's use of the server, from `join` to `leave`; children share it by inheriting `lock`."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.cluster = Cluster(var / "postgres")
        self.pid = os.getpid()
        self.lock: IO[str] | None = None

    def join(self) -> str:
        """Starts the server where it does not run; returns its `DATABASE_URL`. Waits for a start or stop under way."""
        self.var.mkdir(exist_ok=True)
        with self._turn():
            self.lock = (self.var / "postgres.users").open("a")
            fcntl.flock(self.lock, fcntl.LOCK_SH)
            self.cluster.ensure_running()
        return address(self.cluster.socket_folder())

    def revive(self) -> bool:
        """Starts the server again where it died under us; says whether it had to."""
        if self.cluster.pid():
            return False
        with self._turn():
            self.cluster.ensure_running()
        return True

    def leave(self) -> None:
        """Stops the server if nobody else uses it. Does nothing the second time, and nothing in a forked child."""
        if self.lock is None or self.pid != os.getpid():
            return
        with self._turn():
            try:
                fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass
            else:
                self.cluster.stop()
            self.lock.close()
            self.lock = None

    @contextmanager
    def _turn(self) -> Iterator[None]:
        with (self.var / "postgres.turn").open("a") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            yield


def address(socket_folder: Path) -> str:
    return f"postgres://{SUPERUSER}@/{DATABASE}?host={quote(str(socket_folder))}&port={PORT}"


_memberships: list[Membership] = []


def membership() -> Membership | None:
    """This process's use of the embedded server, if it uses it."""
    return _memberships[0] if _memberships else None


def ensure_database_url() -> None:
    """Sets `DATABASE_URL` to the embedded server, unless it is set; the server ends with its last user."""
    if os.environ.get("DATABASE_URL", "").strip():
        return
    if not is_installed():
        raise SystemExit(MISSING)
    joined = Membership(VAR)
    atexit.register(joined.leave)
    os.environ["DATABASE_URL"] = joined.join()
    _memberships.append(joined)
