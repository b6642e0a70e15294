"""What a visitor's connection leaves behind: hashes that nobody can read back without the site's secret.

An address is hashed with a key made of the site's secret and the day, so that the same address is another value the
next day. The values live two days (complaints/base/retention.py); the address itself is never stored or logged.
"""

import ipaddress
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from hashlib import blake2b
from uuid import UUID

from django.conf import settings

SHORTEST_TEXT = 40
"""Letters; "no network since yesterday" is written by many people in the same words."""
_NOT_A_LETTER = re.compile(r"[\W\d_]+")


@dataclass(frozen=True)
class Connection:
    """An address and its network on one day, and on the day before; `known` is false where it is not a public one."""

    address: UUID
    network: UUID
    address_yesterday: UUID
    network_yesterday: UUID
    known: bool


def client_address(remote: str, forwarded: str, proxies: int) -> str:
    """The visitor's address: the one that the outermost of our own `proxies` saw.

    `forwarded` is X-Forwarded-For, to whose right end each proxy adds whom it heard; without proxies of our own
    anybody may write anything there, so it is not read.
    """
    heard = [part.strip() for part in forwarded.split(",") if part.strip()]
    return heard[-min(proxies, len(heard))] if proxies and heard else remote


def connection(address: str, day: date) -> Connection:
    """The hashes of an address; IPv6 counts by its /64, since that is what one customer has."""
    try:
        found = ipaddress.ip_address(address.strip("[]").partition("%")[0])
    except ValueError:
        found = ipaddress.IPv4Address(0)
    if isinstance(found, ipaddress.IPv6Address):
        found = found.ipv4_mapped or found
    four = found.version == 4
    own = str(found) if four else _prefix(str(found), 64)
    network, yesterday = _prefix(str(found), 24 if four else 48), day - timedelta(days=1)
    return Connection(
        address=_daily(own, day),
        network=_daily(network, day),
        address_yesterday=_daily(own, yesterday),
        network_yesterday=_daily(network, yesterday),
        known=found.is_global or (found.is_loopback and settings.LOOPBACK_IS_A_VISITOR),
    )


def mark(text: str, day: date) -> int:
    """64 bits of a text's hash, keyed like an address; fits into a bigint."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8, key=_key(day)).digest(), "big", signed=True)


def letters(text: str) -> str:
    """A text as it is compared: its letters only, so that numbers and signs do not make it another one."""
    return _NOT_A_LETTER.sub("", text.casefold())


def _prefix(address: str, bits: int) -> str:
    return str(ipaddress.ip_network(f"{address}/{bits}", strict=False))


def _daily(text: str, day: date) -> UUID:
    return UUID(bytes=blake2b(text.encode(), digest_size=16, key=_key(day)).digest())


@lru_cache(maxsize=8)
def _key(day: date) -> bytes:
    return blake2b(f"arrivals {day}".encode(), key=settings.SECRET_KEY.encode()[:64]).digest()
