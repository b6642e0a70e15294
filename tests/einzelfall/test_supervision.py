import os
import signal
import sys
import time
from pathlib import Path

import pytest

from einzelfall import supervision
from einzelfall.supervision import Child, GaveUpError

SLEEPS = (sys.executable, "-c", "import time; time.sleep(60)")
STUBBORN = (sys.executable, "-c", "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(60)")


def ends_with(code: int) -> tuple[str, ...]:
    return (sys.executable, "-c", f"raise SystemExit({code})")


def a_child(*command: str) -> Child:
    child = Child("worker", command, Path("/"))
    child.start()
    return child


def finished(child: Child) -> None:
    assert child.process
    child.process.wait(10)


def test_a_child_that_was_killed_is_started_again() -> None:
    child = a_child(*SLEEPS)
    assert child.process
    assert child.keep_up() == ""
    child.process.kill()
    finished(child)
    assert child.keep_up() == "The worker ended (SIGKILL) and was started again."
    assert child.process.poll() is None
    supervision.end([child])
    assert child.process.poll() == -signal.SIGTERM


def test_a_child_that_always_ends_stops_the_site() -> None:
    child = a_child(*ends_with(1))
    for _ in range(supervision.RESTARTS):
        finished(child)
        child.keep_up()
    finished(child)
    with pytest.raises(GaveUpError, match=r"The worker ended \(exit code 1\) and cannot be kept up"):
        child.keep_up()


@pytest.mark.parametrize("code", supervision.HOPELESS)
def test_a_web_server_that_cannot_load_stops_the_site_at_once(code: int) -> None:
    child = a_child(*ends_with(code))
    finished(child)
    with pytest.raises(GaveUpError):
        child.keep_up()


def test_who_does_not_end_when_asked_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervision, "GRACE_SECONDS", 1)
    child = a_child(*STUBBORN)
    time.sleep(0.5)
    supervision.end([child])
    finished(child)
    assert child.process
    assert child.process.returncode == -signal.SIGKILL


def test_ctrl_c_ends_all_children() -> None:
    children = [a_child(*SLEEPS), a_child(*SLEEPS)]

    def interrupted() -> str:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        supervision.run(children, interrupted, print)
    assert [child.process and child.process.poll() for child in children] == [-signal.SIGTERM] * 2


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of their parent's death")
def test_no_child_outlives_its_parent() -> None:
    read, write = os.pipe()
    parent = os.fork()
    if not parent:
        child = a_child(*SLEEPS)
        os.write(write, str(child.process.pid if child.process else 0).encode())
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(parent, 0)
    orphan = int(os.read(read, 20))
    deadline = time.monotonic() + 10
    while Path(f"/proc/{orphan}/cmdline").exists() and Path(f"/proc/{orphan}/cmdline").read_bytes():
        assert time.monotonic() < deadline
        time.sleep(0.05)
