"""A tile through gunicorn at ten thousand and at very many reports, beside a view that only says hello.

Requests of all cases take turns, so that whatever else the machine does hits them alike; compare ratios of one run.
BENCH_REPORTS sets the larger number (default 1,000,000), BENCH_KEEP=1 keeps the databases for the next run.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta

import numpy as np
import psycopg
import pytest

from complaints.base import zorder
from tests.benchmarks import crowd
from tests.benchmarks.conftest import Recorder, Server, database, manage, seconds, server, summary

SMALL = 10_000
LARGE = int(os.environ.get("BENCH_REPORTS", "1000000"))
ROUNDS = 240
WARM_UP = 24
ZOOMS = (5, 8, 11, 14)
FILTERS = {"all": "", "one network, 30 days": f"?netz=o2&von={date.today() - timedelta(days=29)}"}  # noqa: DTZ011


@pytest.fixture(scope="module")
def servers(recorder: Recorder) -> Iterator[dict[int, Server]]:
    with ExitStack() as stack:
        found = {}
        for count in (SMALL, LARGE):
            made = stack.enter_context(database(f"bench_tiles_{count}"))
            if made.fresh:
                filled = crowd.fill(made.url, count)
                built = seconds(lambda url=made.url: manage(url, "rebuild_tiles"))  # type: ignore[misc]
                recorder.add("tiles: building", f"{count:,} reports", s_load=filled, s_rebuild=built)
            recorder.add("tiles: size", f"{count:,} reports", **sizes(made.url))
            found[count] = stack.enter_context(server(made.url))
        yield found


def sizes(url: str) -> dict[str, float]:
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT pg_total_relation_size('complaints_packedtile') / 1e6, count(*),"
            " (SELECT pg_total_relation_size('complaints_report') / 1e6) FROM complaints_packedtile"
        ).fetchone()
    assert row
    return {"mb_tiles": float(row[0]), "rows": row[1], "mb_reports": float(row[2])}


def tiles(zoom: int) -> list[str]:
    """Addresses of the tiles where people live, the same for both sizes: towns drawn by their square root."""
    random = np.random.default_rng(zoom)
    points = [
        (52.52, 13.40),
        (53.55, 9.99),
        (48.14, 11.57),
        (50.94, 6.96),
        (51.96, 7.63),
        (49.49, 8.47),
        (51.34, 12.37),
    ]
    chosen = [points[n] for n in random.integers(0, len(points), ROUNDS)]
    spread = random.normal(0, 0.05, (ROUNDS, 2))
    places = [zorder.to_grid(lat + dy, lon + dx, zoom) for (lat, lon), (dy, dx) in zip(chosen, spread, strict=True)]
    return [f"/karte/{zoom}/{x}/{y}.json" for x, y in places]


def test_tiles_are_equally_fast_at_any_size(servers: dict[int, Server], recorder: Recorder) -> None:
    for zoom in ZOOMS:
        for name, query in FILTERS.items():
            times: dict[str, list[float]] = {"hello": [], "small": [], "large": []}
            bytes_sent = 0
            for n, path in enumerate(tiles(zoom)):
                taken = {
                    "hello": servers[LARGE].timed("/hello"),
                    "small": servers[SMALL].timed(path + query),
                    "large": servers[LARGE].timed(path + query),
                }
                if n >= WARM_UP:
                    bytes_sent += len(taken["large"][1])
                    for case, (took, _) in taken.items():
                        times[case].append(took)
            note(recorder, f"zoom {zoom}, {name}", times, bytes_sent / (ROUNDS - WARM_UP))


def note(recorder: Recorder, line: str, times: dict[str, list[float]], size: float) -> None:
    found = {case: summary(values) for case, values in times.items()}
    recorder.add(
        f"tiles: {LARGE:,} against {SMALL:,} reports",
        line,
        ratio_large_to_small=found["large"][0] / found["small"][0],
        share_of_hello=sum(times["hello"]) / sum(times["large"]),
        share_of_hello_small=sum(times["hello"]) / sum(times["small"]),
        **{f"ms_{case}": value[0] for case, value in found.items()},
        **{f"ms_{case}_p95": value[1] for case, value in found.items()},
        bytes_large=size,
    )
