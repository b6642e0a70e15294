"""Reads the settings of the environment; a wrong value stops the start with a sentence."""

import base64
import binascii
import contextlib
import importlib.util
import ipaddress
import os
import re
import secrets
import tempfile
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

import environ
import psycopg
from psycopg.conninfo import make_conninfo

PRODUCTION = "production"
ENVIRONMENTS = ("development", "test", PRODUCTION)
MIN_SECRET_KEY = 32
MIN_TOKEN = 16
VAPID_KEY_BYTES = 32
HOST = re.compile(r"\*|\.?[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?|\[[0-9a-f:.]+\]", re.IGNORECASE)


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
    if scheme_of(value) not in ("postgres", "postgresql"):
        refuse(name, "only PostgreSQL works, and the address must begin with postgres://", example)
    settings = _parsed(environ.Env.db_url_config, value)
    if settings is None or not _is_connectable(settings):
        refuse(name, "the address cannot be understood", example)
    if not settings.get("NAME"):
        refuse(name, "the address names no database", example)
    settings |= {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
    return settings


def _parsed(parse: Callable[[str], dict[str, Any]], value: str) -> dict[str, Any] | None:
    """What a library makes of an address; None where it stumbles."""
    try:
        return parse(value)
    except (ValueError, TypeError, environ.ImproperlyConfigured):
        return None


def _is_connectable(settings: dict[str, Any]) -> bool:
    """Whether PostgreSQL's client library understands the port and the options."""
    port = str(settings.get("PORT") or "5432")
    try:
        make_conninfo(**settings.get("OPTIONS", {}))
    except (psycopg.Error, TypeError):
        return False
    return all(part.isascii() and part.isdigit() and 0 < int(part) < 65536 for part in port.split(","))


def scheme_of(value: str) -> str:
    """The part before `://`; empty where the value is no address at all, a wrong port included."""
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        return ""
    return parts.scheme


def cache() -> dict[str, Any]:
    value = text("CACHE_URL")
    if not value:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 2000}}
    parts = urlsplit(value) if scheme_of(value) in ("redis", "rediss", "unix") else None
    if parts is None or not (parts.path if parts.scheme == "unix" else parts.hostname):
        refuse("CACHE_URL", f"{value!r} is no Redis address", "Write for example CACHE_URL=redis://localhost:6379/0.")
    if importlib.util.find_spec("redis") is None:
        refuse("CACHE_URL", "needs the extra `redis`", "Install it, or leave CACHE_URL unset.")
    return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": value}


def email(environment: str) -> dict[str, Any]:
    value = text("EMAIL_URL", "consolemail://")
    example = "Write for example EMAIL_URL=smtp+tls://user:password@host:587."
    servers = ("smtp", "smtp+tls", "smtps", "smtp+ssl")
    scheme = scheme_of(value)
    if environment == PRODUCTION and scheme not in servers:
        refuse("EMAIL_URL", "is missing or names no mail server", example)
    known = scheme in servers or scheme in ("consolemail", "filemail", "memorymail", "dummymail")
    settings = _parsed(environ.Env.email_url_config, value) if known else None
    if settings is None or (scheme in servers and not urlsplit(value).hostname):
        refuse("EMAIL_URL", "is no mail address of a server", example)
    return settings


def web_address(name: str, example: str = "https://tiles.example.org") -> str:
    """An `http://` or `https://` address without its trailing slash, or nothing."""
    value = text(name).rstrip("/")
    if value and not (scheme_of(value) in ("http", "https") and urlsplit(value).hostname):
        refuse(name, f"{value!r} is no web address", f"Write for example {name}={example}.")
    return value


def tile_address() -> str:
    """The address of raster tiles with its three blanks, or nothing."""
    example = "https://tiles.example.org/{z}/{x}/{y}.png"
    value = web_address("TILE_URL", example)
    if value and not all(blank in value for blank in ("{z}", "{x}", "{y}")):
        refuse("TILE_URL", f"{value!r} lacks {{z}}, {{x}} or {{y}}", f"Write for example TILE_URL={example}.")
    return value


def map_archive() -> str:
    """The path of an existing PMTiles file, or nothing."""
    value = text("PMTILES")
    if value and not Path(value).is_file():
        refuse("PMTILES", f"there is no file {value!r}", "Write the path of a PMTiles file.")
    return value


def geocoder() -> tuple[str, str]:
    """("local", "") or the name of a service and the address of its host."""
    value = text("GEOCODER", "local")
    service, _, host = value.partition(":")
    address_known = scheme_of(host) in ("http", "https") and urlsplit(host).hostname
    if value != "local" and not (service in ("nominatim", "photon") and address_known):
        refuse("GEOCODER", f"{value!r} is not known", "Write local, nominatim:https://host or photon:https://host.")
    return service, host.rstrip("/")


def hosts(environment: str, default: list[str]) -> list[str]:
    """The names the site answers to; production must say them."""
    example = "Write names with commas, for example ALLOWED_HOSTS=einzelfall.example,www.einzelfall.example."
    found = [host.strip() for host in text("ALLOWED_HOSTS").split(",") if host.strip()]
    if environment == PRODUCTION and not found:
        refuse("ALLOWED_HOSTS", "is missing", example)
    for host in found:
        if not HOST.fullmatch(host):
            refuse("ALLOWED_HOSTS", f"{host!r} is no host name", example)
    return found or default


def site_address(environment: str, hosts: list[str], port: int) -> str:
    """What links in mails begin with: SITE_URL, else the first host in production and this machine elsewhere."""
    said = web_address("SITE_URL", "https://einzelfall.example")
    if said or environment != PRODUCTION:
        return said or f"http://127.0.0.1:{port}"
    if hosts[0].startswith(("*", ".")):
        refuse("SITE_URL", "is missing, and ALLOWED_HOSTS does not begin with a name", "Write SITE_URL=https://host.")
    return f"https://{hosts[0]}"


def ip_address(name: str, default: str) -> str:
    """The address to listen on, IPv6 in brackets."""
    value = text(name, default)
    try:
        address = ipaddress.ip_address(value.strip("[]"))
    except ValueError:
        refuse(name, f"{value!r} is no IP address", f"Write for example {name}=0.0.0.0 for all of this machine's.")
    return f"[{address}]" if address.version == 6 else str(address)


def push_key() -> str:
    """The site's private VAPID key (RFC 8292): 32 bytes in base64url, or nothing."""
    value = text("WEBPUSH_KEY")
    try:
        size = len(base64.b64decode(value + "=" * (-len(value) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError):
        size = -1
    if value and size != VAPID_KEY_BYTES:
        refuse("WEBPUSH_KEY", "is no private key", "Write the 43 characters of a VAPID key in base64url.")
    return value


def token(name: str) -> str:
    """A secret of at least MIN_TOKEN characters, or nothing."""
    value = text(name)
    if value and len(value) < MIN_TOKEN:
        refuse(name, f"has only {len(value)} characters", f"Write at least {MIN_TOKEN} random ones, or leave it unset.")
    return value


def secret_key(environment: str, var: Path) -> str:
    """The key of the environment; outside production one is made once and kept in `var/`."""
    value = text("SECRET_KEY")
    if value:
        if environment == PRODUCTION and len(value) < MIN_SECRET_KEY:
            refuse("SECRET_KEY", f"has only {len(value)} characters", f"Write at least {MIN_SECRET_KEY} random ones.")
        return value
    if environment == PRODUCTION:
        refuse("SECRET_KEY", "is missing", "Write a long random text that stays the same over restarts.")
    return _kept_secret(var)


def _kept_secret(var: Path) -> str:
    """The key in `var/`, made at the first start; two first starts at once agree on one."""
    path = var / "secret_key"
    if not path.exists():
        var.mkdir(exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=var) as draft:  # readable by its owner only
            draft.write(secrets.token_urlsafe(50))
            draft.flush()
            with contextlib.suppress(FileExistsError):  # the other one was quicker
                os.link(draft.name, path)
    return path.read_text()
