"""What the benchmarks share: a record of figures, databases of any size, a running server, a client."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "var" / "bench.json"
WORKERS = 2


@dataclass
class Recorder:
    """Figures of this run by benchmark and line, shown as one table and merged into var/bench.json."""

    figures: dict[str, dict[str, dict[str, float]]] = field(default_factory=dict)

    def add(self, benchmark: str, line: str, **figures: float) -> None:
        """Notes a line of a benchmark; ratios are named `ratio_…` or `share_…`, times `ms_…` or `s_…`."""
        self.figures.setdefault(benchmark, {})[line] = figures

    def table(self) -> str:
        lines = []
        for benchmark, rows in self.figures.items():
            lines.append(f"\n{benchmark}")
            for line, figures in rows.items():
                shown = "  ".join(f"{name} {value:,.3g}" for name, value in figures.items())
                lines.append(f"  {line:<34} {shown}")
        return "\n".join(lines)

    def merge(self) -> None:
        known = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(json.dumps(known | self.figures, indent=1, sort_keys=True) + "\n")


@pytest.fixture(scope="session")
def recorder() -> Iterator[Recorder]:
    """The record all benchmarks write to; printed and saved at the end of the run."""
    found = Recorder()
    yield found
    if found.figures:
        sys.stdout.write(found.table() + "\n")
        found.merge()


def manage(url: str, *arguments: str) -> None:
    """Runs a management command on a database."""
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment(url), check=True)


def environment(url: str) -> dict[str, str]:
    return os.environ | {
        "DATABASE_URL": url,
        "EINZELFALL_ENV": "test",
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
    }


@dataclass(frozen=True)
class Database:
    """A migrated database of a benchmark, and whether it was made just now."""

    url: str
    fresh: bool


@contextmanager
def database(name: str) -> Iterator[Database]:
    """A database of that name beside the tests' own; dropped afterwards unless BENCH_KEEP is set."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    admin = urlunsplit(parts._replace(path="/postgres"))
    url = urlunsplit(parts._replace(path=f"/{name}"))
    with psycopg.connect(admin, autocommit=True) as connection:
        fresh = not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if fresh:
            connection.execute(f'CREATE DATABASE "{name}"')
    try:
        manage(url, "migrate", "--verbosity", "0")
        yield Database(url, fresh)
    finally:
        if not os.environ.get("BENCH_KEEP"):
            with psycopg.connect(admin, autocommit=True) as connection:
                connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@dataclass(frozen=True)
class Server:
    """A running gunicorn with two sync workers on a loopback port, and the number of its master process."""

    port: int
    master: int

    def timed(self, path: str) -> tuple[float, bytes]:
        """Milliseconds and body of one GET; the connection is new, since sync workers close it."""
        started = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", path)
        response = connection.getresponse()
        body = response.read()
        connection.close()
        took = (time.perf_counter() - started) * 1000
        assert response.status == 200, (path, response.status, body[:200])
        return took, body


@contextmanager
def server(url: str) -> Iterator[Server]:
    """The site on a database, started and stopped."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "einzelfall.wsgi", "--workers", str(WORKERS), "--no-control-socket"]
    command += ["--bind", f"127.0.0.1:{port}", "--log-level", "error"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment(url))
    try:
        _wait(port)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("gunicorn does not answer")


def summary(times: list[float]) -> tuple[float, float]:
    """Median and 95th percentile."""
    return median(times), quantiles(times, n=20)[-1]


def seconds(action: Callable[[], object]) -> float:
    started = time.monotonic()
    action()
    return time.monotonic() - started
