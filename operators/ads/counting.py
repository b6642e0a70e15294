"""Views and clicks are written down as they come, one row each, with the reason why one does not count.

A row is committed before the answer leaves, so what was delivered was counted, whatever happens to the process then.
folding.py adds the rows up.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.core import signing
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from complaints.base import traces
from complaints.reports.admission import address_of
from operators.ads.asking import Asked
from operators.ads.choosing import Choice
from operators.ads.deliveries import Reason
from operators.ads.slots import PageKind, Slot

RELOAD = timedelta(seconds=10)
VIEWS_A_MINUTE = 120
"""Of one connection, behind which there may be many people; a person sees some ten pages of three frames."""
CLICKS_AN_HOUR = 3
"""Of one connection on one creative."""
TOKEN_LIFE = timedelta(hours=24)
_tokens = signing.TimestampSigner(salt="einzelfall.ads.click")
_ROBOTS = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|headless|preview|scan|monitor|fetch|archive|validator|lighthouse|phantom|selenium"
    r"|facebookexternalhit|curl|wget|python|java/|okhttp|go-http|libwww|perl|ruby|node|axios|httpclient|scrapy",
    re.IGNORECASE,
)

_VIEW = """
INSERT INTO operators_view
       (key, campaign_id, creative_id, slot, page_kind, day, reason, sender, happened_at, folded, page)
SELECT %(key)s, %(campaign)s, %(creative)s, %(slot)s, %(kind)s, %(day)s, CASE
    WHEN %(reason)s <> '' THEN %(reason)s
    WHEN EXISTS (SELECT 1 FROM operators_view WHERE sender = %(sender)s AND happened_at > %(reloaded)s
                 AND page = %(page)s AND slot = %(slot)s AND creative_id = %(creative)s) THEN 'reload'
    WHEN (SELECT count(*) FROM operators_view
          WHERE sender = %(sender)s AND happened_at > %(minute)s) >= %(most)s THEN 'rate'
    ELSE '' END, %(sender)s, %(now)s, false, %(page)s
ON CONFLICT DO NOTHING RETURNING reason
"""
_CLICK = """
INSERT INTO operators_click
       (view, campaign_id, creative_id, slot, page_kind, day, reason, sender, happened_at, folded)
SELECT %(view)s, r.campaign_id, r.id, %(slot)s, %(kind)s, %(day)s, CASE
    WHEN %(reason)s <> '' THEN %(reason)s
    WHEN (SELECT count(*) FROM operators_click WHERE sender = %(sender)s AND creative_id = r.id
          AND happened_at > %(hour)s) >= %(most)s THEN 'rate'
    ELSE '' END, %(sender)s, %(now)s, false
FROM operators_creative r WHERE r.id = %(creative)s
ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True)
class Visitor:
    """Who asks: the connection's hash of the day, the browser's mark of the day, and what speaks against a person."""

    sender: UUID
    browser: int
    doubt: str


@dataclass(frozen=True)
class Token:
    """What a link of an ad says: the view it was delivered with, the creative, where it stood."""

    view: UUID
    creative: int
    slot: Slot
    kind: PageKind

    def signed(self) -> str:
        return _tokens.sign(f"{self.view.hex}-{self.creative}-{self.slot}-{self.kind}")


def token_of(signed: str) -> Token:
    """What `Token.signed` wrote. Raises SignatureExpired for an old one, BadSignature for anything else."""
    view, creative, slot, kind = _tokens.unsign(signed, max_age=TOKEN_LIFE).split("-")
    return Token(UUID(view), int(creative), Slot(slot), PageKind(kind))


def visitor_of(request: HttpRequest, *, framed: bool) -> Visitor:
    """Who asks for a frame, or follows a link where not `framed`."""
    day, agent = timezone.localdate(), request.headers.get("User-Agent", "")
    sender = traces.connection(address_of(request), day).address
    return Visitor(sender, traces.mark(agent, day), _doubt(agent, request.headers, framed=framed))


def _doubt(agent: str, headers: Mapping[str, str], *, framed: bool) -> str:
    """Why the headers do not speak for a person's browser; every browser since 2023 says what a request is for."""
    if not agent or _ROBOTS.search(agent):
        return Reason.ROBOT
    purposes = (headers.get("Sec-Purpose", ""), headers.get("Purpose", ""), headers.get("X-Moz", ""))
    if any("pre" in purpose.lower() for purpose in purposes):
        return Reason.PREFETCH
    wanted = "iframe" if framed else "document"
    return "" if headers.get("Sec-Fetch-Dest", "") == wanted else Reason.NO_FRAME


def count_view(choice: Choice, asked: Asked, visitor: Visitor) -> tuple[UUID, bool]:
    """Writes a delivered view down; its key and whether it counts. One query, two for a simultaneous repetition.

    The key is made of who asks for what, within RELOAD: of the same request twice at once only one counts.
    """
    now = timezone.now()
    page = traces.mark(f"{asked.page.mark}{visitor.browser}", asked.day)
    key = _key(choice, asked, page, now) if not visitor.doubt else uuid4()
    values: dict[str, Any] = {
        "campaign": choice.booking.id,
        "creative": choice.piece.id,
        "slot": asked.slot.value,
        "kind": asked.page.kind.value,
        "day": asked.day,
        "sender": visitor.sender,
        "page": page,
        "now": now,
        "reloaded": now - RELOAD,
        "minute": now - timedelta(minutes=1),
        "most": VIEWS_A_MINUTE,
    }
    reason = _insert(_VIEW, values | {"key": key, "reason": str(visitor.doubt)})
    if reason is None:
        key = uuid4()
        reason = _insert(_VIEW, values | {"key": key, "reason": Reason.RELOAD.value})
    return key, reason == ""


def _key(choice: Choice, asked: Asked, page: int, now: datetime) -> UUID:
    moment = int(now.timestamp() // RELOAD.total_seconds())
    halves = traces.mark(f"{asked.sender}{page}{asked.slot}{choice.piece.id}{moment}", asked.day), page
    return UUID(bytes=b"".join(half.to_bytes(8, "big", signed=True) for half in halves))


def _insert(sql: str, values: dict[str, Any]) -> str | None:
    """The reason of the new row, None where there was one."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        row = cursor.fetchone()
        return None if row is None else str(row[0])


def count_click(token: Token, visitor: Visitor) -> None:
    """Writes a click down, once for each view: a repetition finds its row. One query."""
    now = timezone.now()
    values: dict[str, Any] = {
        "view": token.view,
        "creative": token.creative,
        "slot": token.slot.value,
        "kind": token.kind.value,
        "day": timezone.localdate(now),
        "sender": visitor.sender,
        "reason": str(visitor.doubt),
        "now": now,
        "hour": now - timedelta(hours=1),
        "most": CLICKS_AN_HOUR,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CLICK, values)
