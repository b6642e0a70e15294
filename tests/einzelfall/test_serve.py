"""`manage.py serve` from outside: it comes up, mends itself, and goes down as a whole."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import psutil  # type: ignore[import-untyped]
import pytest
from django.core.management import CommandError
from django.db import connection
from pytest_django import Settings

from einzelfall.demo.staff import LOGINS
from einzelfall.management.commands import serve

ROOT = Path(__file__).resolve().parents[2]
UP_SECONDS = 90


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def status(port: int, path: str = "/readyz") -> int:
    page = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        page.request("GET", path, headers={"Host": "einzelfall.example"})
        return page.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        page.close()


def wait_until_replaced(killed: list[psutil.Process], site: subprocess.Popen[str]) -> None:
    """A killed web server leaves workers that answer for a moment longer, so an answer is no sign of the new one."""
    old = {child.pid for child in killed}
    deadline = time.monotonic() + UP_SECONDS
    while len({child.pid for child in psutil.Process(site.pid).children()} - old) < len(old):
        assert time.monotonic() < deadline, "what was killed was not started again"
        time.sleep(0.1)


def wait_until_up(port: int, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + UP_SECONDS
    while status(port) != 200:
        assert process.poll() is None, process.communicate()[0]
        assert time.monotonic() < deadline
        time.sleep(0.2)


def a_site(port: int) -> subprocess.Popen[str]:
    """The site in production, where it makes no demo, on the database of the tests."""
    parameters = connection.get_connection_params()
    options = "&".join(f"{name}={quote(str(parameters[name]))}" for name in ("host", "port") if parameters.get(name))
    account = ":".join(quote(str(parameters[name]), safe="") for name in ("user", "password") if parameters.get(name))
    settings = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": f"postgres://{account}@/{parameters['dbname']}?{options}",
        "EINZELFALL_ENV": "production",
        "SECRET_KEY": "x" * 50,
        "ALLOWED_HOSTS": "einzelfall.example",
        "EMAIL_URL": "smtp://127.0.0.1:1",
        "PORT": str(port),
        "WEB_CONCURRENCY": "1",
    }
    program = [sys.executable, "manage.py", "serve"]
    return subprocess.Popen(
        program, cwd=ROOT, env=settings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


@pytest.mark.django_db
def test_the_site_comes_up_mends_itself_and_ends_as_a_whole() -> None:
    port = free_port()
    site = a_site(port)
    try:
        wait_until_up(port, site)
        children = psutil.Process(site.pid).children()
        assert len(children) == 2
        silent = [socket.create_connection(("127.0.0.1", port)) for _ in range(3)]  # as browsers open them in advance
        assert status(port) == 200
        for line in silent:
            line.close()
        for child in children:
            child.kill()
        wait_until_replaced(children, site)
        wait_until_up(port, site)
        family = psutil.Process(site.pid).children(recursive=True)
        site.send_signal(signal.SIGTERM)
        said, _ = site.communicate(timeout=20)
    finally:
        site.kill()
    assert site.returncode == 0
    assert f"Einzelfall runs on http://127.0.0.1:{port}/" in said
    assert "The web server ended (SIGKILL) and was started again." in said
    assert "The worker ended (SIGKILL) and was started again." in said
    assert said.endswith("Einzelfall has stopped.\n")
    assert not any(login.password in said for login in LOGINS)
    assert not psutil.wait_procs(family, timeout=5)[1]


def test_a_taken_port_is_a_sentence(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "PORT_SECONDS", 0)
    with socket.create_server(("127.0.0.1", 0)) as other:
        settings.PORT = other.getsockname()[1]
        with pytest.raises(CommandError, match=rf"Port {settings.PORT} on 127.0.0.1 cannot be used"):
            serve.take_port()


def test_it_says_where_it_is_and_who_may_log_in() -> None:
    said = serve.welcome()
    assert "http://127.0.0.1:" in said
    assert {login.username for login in LOGINS} == {"admin", "max@o2", "werbung@telekom", "team@vodafone"}
    assert all(login.username in said and login.password in said for login in LOGINS)
