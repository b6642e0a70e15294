"""Every setting of the contract: what is refused, in one sentence, without a traceback."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from einzelfall import environment

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "EINZELFALL_ENV": "production",
    "SECRET_KEY": "x" * 50,
    "ALLOWED_HOSTS": "einzelfall.example",
    "EMAIL_URL": "smtp+tls://user:password@mail.example:587",
    "DATABASE_URL": "postgres://user:password@localhost/einzelfall",
}

READERS: dict[str, Callable[[], object]] = {
    "DATABASE_URL": lambda: environment.database("DATABASE_URL"),
    "REPLICA_URL": lambda: environment.database("REPLICA_URL"),
    "CACHE_URL": environment.cache,
    "ALLOWED_HOSTS": lambda: environment.hosts("development", []),
    "EINZELFALL_ENV": lambda: environment.choice("EINZELFALL_ENV", environment.ENVIRONMENTS, "development"),
    "GEOCODER": environment.geocoder,
    "TILE_URL": environment.tile_address,
    "PMTILES": environment.map_archive,
    "EMAIL_URL": lambda: environment.email("development"),
    "WEBPUSH_KEY": environment.push_key,
    "PORT": lambda: environment.whole_number("PORT", 8000, 1, 65535),
    "WEB_CONCURRENCY": lambda: environment.whole_number("WEB_CONCURRENCY", 2, 1, 256),
    "BIND": lambda: environment.ip_address("BIND", "127.0.0.1"),
    "SITE_URL": lambda: environment.site_address("development", [], 8000),
    "METRICS_TOKEN": lambda: environment.token("METRICS_TOKEN"),
    "SECRET_KEY": lambda: environment.secret_key("production", ROOT / "var"),
}

WRONG = [
    ("DATABASE_URL", ""),
    ("DATABASE_URL", "sqlite:///db.sqlite3"),
    ("DATABASE_URL", "mysql://user@host/db"),
    ("DATABASE_URL", "einzelfall"),
    ("DATABASE_URL", "postgres://user@host:port/db"),
    ("DATABASE_URL", "postgres://user@host:70000/db"),
    ("DATABASE_URL", "postgres://user@host"),
    ("DATABASE_URL", "postgres://user@[::1/db"),
    ("DATABASE_URL", "postgres://user@host/db?sslmood=require"),
    ("REPLICA_URL", "http://replica/db"),
    ("CACHE_URL", "memcached://localhost"),
    ("CACHE_URL", "redis://"),
    ("CACHE_URL", "redis://host:port/0"),
    ("CACHE_URL", "localhost:6379"),
    ("ALLOWED_HOSTS", "https://einzelfall.example"),
    ("ALLOWED_HOSTS", "einzelfall.example:8000"),
    ("ALLOWED_HOSTS", "einzelfall.example www.einzelfall.example"),
    ("EINZELFALL_ENV", "staging"),
    ("GEOCODER", "google"),
    ("GEOCODER", "nominatim"),
    ("GEOCODER", "nominatim:host.example"),
    ("GEOCODER", "photon:ftp://host.example"),
    ("TILE_URL", "tiles.example.org/{z}/{x}/{y}.png"),
    ("TILE_URL", "https://tiles.example.org/"),
    ("PMTILES", "/no/such/file.pmtiles"),
    ("EMAIL_URL", "mail.example"),
    ("EMAIL_URL", "imap://mail.example"),
    ("EMAIL_URL", "smtp://"),
    ("EMAIL_URL", "smtp://mail.example:mail"),
    ("WEBPUSH_KEY", "secret"),
    ("WEBPUSH_KEY", "ä" * 43),
    ("WEBPUSH_KEY", "A" * 42),
    ("PORT", "http"),
    ("PORT", "0"),
    ("PORT", "-1"),
    ("PORT", "65536"),
    ("PORT", "80.5"),
    ("PORT", "²"),
    ("WEB_CONCURRENCY", "many"),
    ("WEB_CONCURRENCY", "0"),
    ("BIND", "localhost"),
    ("BIND", "1.2.3"),
    ("SITE_URL", "einzelfall.example"),
    ("METRICS_TOKEN", "short"),
    ("SECRET_KEY", ""),
    ("SECRET_KEY", "short"),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_it_refuses_a_wrong_value_with_a_sentence(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as refused:
        READERS[name]()
    said = str(refused.value)
    assert said.startswith(f"{name}: ")
    assert said.endswith(".")
    assert "\n" not in said
    assert "password" not in value or "password" not in said


RIGHT = [
    ("DATABASE_URL", "postgres://postgres@/einzelfall?host=/a%20b/c&port=5432"),
    ("DATABASE_URL", "postgresql://user:p%40ss@[::1]:5432/einzelfall?sslmode=require"),
    ("CACHE_URL", "redis://:secret@localhost:6379/0"),
    ("ALLOWED_HOSTS", "einzelfall.example, .einzelfall.example,[::1],127.0.0.1"),
    ("GEOCODER", "photon:http://127.0.0.1:2322"),
    ("TILE_URL", "https://tiles.example.org/{z}/{x}/{y}.png"),
    ("EMAIL_URL", "smtp+ssl://user:password@mail.example:465"),
    ("WEBPUSH_KEY", "A" * 43),
    ("BIND", "0.0.0.0"),  # noqa: S104
    ("BIND", "[::1]"),
    ("PORT", "65535"),
    ("METRICS_TOKEN", ""),
]


@pytest.mark.parametrize(("name", "value"), RIGHT)
def test_it_takes_a_right_value(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    READERS[name]()


def test_the_embedded_address_survives_odd_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://postgres@/einzelfall?host=/srv/a%20b%25c%C3%A4&port=5432")
    assert environment.database("DATABASE_URL")["OPTIONS"] == {"host": "/srv/a b%cä", "port": 5432}


def test_two_first_starts_agree_on_one_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    made = environment.secret_key("development", tmp_path)
    assert len(made) >= environment.MIN_SECRET_KEY
    assert environment.secret_key("development", tmp_path) == made
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def start(*command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Runs a program of the site with nothing but these settings in its environment."""
    clean = {"PATH": os.environ["PATH"], "DATABASE_URL": os.environ["DATABASE_URL"]}
    program = [sys.executable, *command]
    return subprocess.run(
        program, check=False, cwd=ROOT, env=clean | settings, capture_output=True, text=True, timeout=60
    )


@pytest.mark.parametrize(
    ("name", "instead"),
    [
        ("SECRET_KEY", ""),
        ("ALLOWED_HOSTS", ""),
        ("EMAIL_URL", ""),
        ("EMAIL_URL", "consolemail://"),
        ("DATABASE_URL", "sqlite:///x"),
    ],
)
def test_production_must_be_told(name: str, instead: str) -> None:
    refused = start("manage.py", "check", **PRODUCTION | {name: instead})
    assert refused.returncode != 0
    assert refused.stderr.startswith(f"{name}: ")
    assert "Traceback" not in refused.stderr


def test_production_starts_when_told() -> None:
    assert start("manage.py", "check", **PRODUCTION).returncode == 0


@pytest.mark.parametrize(
    "command",
    [
        ("-m", "gunicorn", "-c", "python:einzelfall.webserver"),
        ("-m", "gunicorn", "einzelfall.wsgi", "--bind", "127.0.0.1:0", "--no-control-socket"),
        ("-m", "pytest", "--collect-only", "tests/einzelfall/test_health.py"),
        ("manage.py", "migrate"),
    ],
)
def test_every_entrance_says_what_is_wrong(command: tuple[str, ...]) -> None:
    refused = start(*command, GEOCODER="google", PORT="8", WEB_CONCURRENCY="1")
    assert refused.returncode != 0
    assert "GEOCODER: 'google' is not known. Write local, nominatim:https://host" in refused.stderr
    assert "Traceback" not in refused.stderr
