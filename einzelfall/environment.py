"""Reads the settings of the environment; a wrong value stops the start with a sentence."""

import os
import secrets
from collections.abc import Collection
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

import environ

PRODUCTION = "production"
ENVIRONMENTS = ("development", "test", PRODUCTION)
MIN_SECRET_KEY = 32


def refuse(name: str, why: str, instead: str) -> NoReturn:
    """Ends the program with one sentence that says what to write instead."""
    raise SystemExit(f"{name}: {why}. {instead}")


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def choice(name: str, allowed: Collection[str], default: str) -> str:
    value = text(name, default)
    if value not in allowed:
        refuse(name, f"{value!r} is not known", f"Write one of: {', '.join(allowed)}.")
    return value


def whole_number(name: str, default: int, low: int, high: int) -> int:
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
        refuse(name, f"{value!r} is not a whole number from {low} to {high}", f"Write for example {name}={default}.")
    return int(value)


def database(name: str) -> dict[str, Any]:
    """The Django database settings of a `postgres://` address."""
    value = text(name)
    example = f"Write for example {name}=postgres://user:password@host:5432/einzelfall."
    if not value:
        refuse(name, "is not set", example)
    if urlsplit(value).scheme not in ("postgres", "postgresql"):
        refuse(name, "only PostgreSQL works, and the address must begin with postgres://", example)
    settings: dict[str, Any] = environ.Env.db_url_config(value)
    if not settings.get("NAME"):
        refuse(name, "the address names no database", example)
    settings |= {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
    return settings


def cache() -> dict[str, Any]:
    value = text("CACHE_URL")
    if not value:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 2000}}
    if urlsplit(value).scheme not in ("redis", "rediss", "unix"):
        refuse("CACHE_URL", f"{value!r} is no Redis address", "Write for example CACHE_URL=redis://localhost:6379/0.")
    return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": value}


def email() -> dict[str, Any]:
    value = text("EMAIL_URL", "consolemail://")
    schemes = ("smtp", "smtp+tls", "smtps", "smtp+ssl", "consolemail", "filemail", "memorymail", "dummymail")
    if urlsplit(value).scheme not in schemes:
        refuse(
            "EMAIL_URL",
            f"{value!r} is no mail address of a server",
            "Write for example EMAIL_URL=smtp+tls://user:password@host:587.",
        )
    settings: dict[str, Any] = environ.Env.email_url_config(value)
    return settings


def web_address(name: str) -> str:
    """An `https://` (or loopback `http://`) address without its trailing slash, or nothing."""
    value = text(name).rstrip("/")
    parts = urlsplit(value)
    if value and not (parts.hostname and parts.scheme in ("http", "https")):
        refuse(name, f"{value!r} is no web address", f"Write for example {name}=https://tiles.example.org.")
    return value


def geocoder() -> tuple[str, str]:
    """("local", "") or the name of a service and the address of its host."""
    value = text("GEOCODER", "local")
    service, _, host = value.partition(":")
    address_known = urlsplit(host).scheme in ("http", "https") and urlsplit(host).hostname
    if value != "local" and not (service in ("nominatim", "photon") and address_known):
        refuse("GEOCODER", f"{value!r} is not known", "Write local, nominatim:https://host or photon:https://host.")
    return service, host.rstrip("/")


def hosts(default: list[str]) -> list[str]:
    found = [host.strip() for host in text("ALLOWED_HOSTS").split(",") if host.strip()]
    for host in found:
        if "/" in host or " " in host:
            refuse(
                "ALLOWED_HOSTS",
                f"{host!r} is no host name",
                "Write names with commas, for example ALLOWED_HOSTS=einzelfall.example,www.einzelfall.example.",
            )
    return found or default


def secret_key(environment: str, var: Path) -> str:
    """The key of the environment; outside production one is made once and kept in `var/`."""
    value = text("SECRET_KEY")
    if value:
        if environment == PRODUCTION and len(value) < MIN_SECRET_KEY:
            refuse("SECRET_KEY", f"has only {len(value)} characters", f"Write at least {MIN_SECRET_KEY} random ones.")
        return value
    if environment == PRODUCTION:
        refuse("SECRET_KEY", "is missing", "Write a long random text that stays the same over restarts.")
    path = var / "secret_key"
    if not path.exists():
        var.mkdir(exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()
