"""What may be shown: all live bookings with creatives and counts, in one query, kept in the process for seconds."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connections
from django.utils import timezone

from complaints.base.memo import for_seconds
from operators.ads.models import LIVE, Review, State
from operators.ads.slots import Shape

KEPT_SECONDS = 2
"""How old the counts of other workers may be: what they deliver meanwhile is by how much a cap can be overshot."""

_STOCK = """
SELECT c.id, c.state, c.starts_on, c.ends_on, c.slots, c.booked_views, c.share, c.weight, c.exclusive,
       c.excludes_rivals, c.daily_cap, c.total_cap, c.problems, c.language, c.device,
       a.id, a.payer, a.branch, a.is_house,
       ARRAY(SELECT carrier_id FROM operators_campaign_carriers WHERE campaign_id = c.id),
       ARRAY(SELECT place_id FROM operators_campaign_places WHERE campaign_id = c.id),
       ARRAY(SELECT o.carrier_id FROM operators_advertiser o
             WHERE o.own_posts_until >= %(day)s AND o.branch = a.branch AND a.branch <> '' AND o.id <> a.id
               AND o.carrier_id IS NOT NULL),
       ARRAY(SELECT json_build_array(r.id, r.shape, r.headline, r.text, r.alt, r.target_url,
                (SELECT p.key FROM operators_creativepicture p WHERE p.creative_id = r.id AND NOT p.dark),
                (SELECT p.key FROM operators_creativepicture p WHERE p.creative_id = r.id AND p.dark))
             FROM operators_creative r WHERE r.campaign_id = c.id AND r.review = %(approved)s ORDER BY r.id),
       counted.total, counted.today
FROM operators_campaign c JOIN operators_advertiser a ON a.id = c.advertiser_id,
LATERAL (
  SELECT coalesce(sum(n), 0)::int AS total, coalesce(sum(n) FILTER (WHERE day = %(day)s), 0)::int AS today FROM (
    SELECT day, sum(views) AS n FROM operators_dailycount WHERE campaign_id = c.id AND reason = '' GROUP BY day
    UNION ALL
    SELECT day, count(*) FROM operators_view WHERE campaign_id = c.id AND NOT folded AND reason = '' GROUP BY day
  ) AS days
) AS counted
WHERE CASE WHEN %(only)s = 0 THEN c.state = ANY(%(live)s) AND %(day)s BETWEEN c.starts_on AND c.ends_on
           ELSE c.id = %(only)s END
ORDER BY c.id
"""


@dataclass(frozen=True)
class Piece:
    """An approved creative; `shape` is None for a text, which fits everywhere."""

    id: int
    shape: Shape | None
    headline: str
    text: str
    alt: str
    target_url: str
    light: UUID | None
    dark: UUID | None

    def fits(self, shape: Shape) -> bool:
        return self.shape is None or (self.shape == shape and self.light is not None)


@dataclass(frozen=True)
class Payer:
    """The advertiser of a booking."""

    id: int
    name: str
    branch: str
    is_house: bool


@dataclass(frozen=True)
class Booking:
    """A campaign as it is chosen, with the counted views when it was read.

    `kept_off` are the rival carriers that have booked to keep their own posts' pages for themselves.
    """

    id: int
    state: State
    starts_on: date
    ends_on: date
    slots: frozenset[str]
    booked_views: int | None
    share: int | None
    weight: int
    exclusive: bool
    excludes_rivals: bool
    daily_cap: int | None
    total_cap: int | None
    problems: int
    language: str
    device: str
    payer: Payer
    carriers: frozenset[int]
    places: frozenset[int]
    kept_off: frozenset[int]
    pieces: tuple[Piece, ...]
    views: int
    views_today: int

    @property
    def begins_at(self) -> datetime:
        return midnight(self.starts_on)

    @property
    def ends_at(self) -> datetime:
        """The midnight after the last day; days of 23 and 25 hours are days."""
        return midnight(self.ends_on + timedelta(days=1))


def midnight(day: date) -> datetime:
    """When a day begins in the site's time zone; in UTC, where the hours between two of them can be counted."""
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone()).astimezone(UTC)


@for_seconds(KEPT_SECONDS)
def stock() -> tuple[Booking, ...]:
    """All bookings that are live today. One query every few seconds."""
    return read(timezone.localdate())


def booking_of(campaign: int) -> Booking | None:
    """One campaign in any state, as it stands now. One query."""
    return next(iter(read(timezone.localdate(), only=campaign)), None)


def read(day: date, only: int = 0) -> tuple[Booking, ...]:
    """From the primary: a replica would know old counts."""
    values: dict[str, Any] = {
        "day": day,
        "only": only,
        "live": [str(state) for state in LIVE],
        "approved": Review.APPROVED.value,
    }
    with connections["default"].cursor() as cursor:
        cursor.execute(_STOCK, values)
        return tuple(_booking(row) for row in cursor.fetchall())


def _booking(row: tuple[Any, ...]) -> Booking:
    """The columns are in the order of the fields."""
    own: list[Any] = list(row[:15])
    own[1], own[4] = State(own[1]), frozenset(json.loads(own[4]))
    carriers, places, kept_off, pieces, *counts = row[19:]
    own += [Payer(*row[15:19]), *map(frozenset, (carriers, places, kept_off)), tuple(map(_piece, pieces)), *counts]
    return Booking(*own)


def _piece(values: list[Any]) -> Piece:
    number, shape, *words, light, dark = values
    keys = (UUID(key) if key else None for key in (light, dark))
    return Piece(number, Shape(shape) if shape else None, *words, *keys)
