"""Plain builders: valid rows with only the fields a test cares about named."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from complaints.base import zorder
from complaints.carriers.models import Carrier
from complaints.places.models import Kind, Place
from complaints.reports.models import Report, bits_of
from operators.ads.models import Campaign, Creative, Review, State
from operators.members.advertisers import Advertiser, Seat
from operators.members.models import Membership, User
from operators.posts.models import Post, Promise

MUENSTER = (51.962, 7.626)


def a_land(name: str = "Nordrhein-Westfalen", slug: str = "nordrhein-westfalen") -> Place:
    defaults = {"name": name, "latitude": 51.5, "longitude": 7.5, "population": 17_900_000}
    return Place.objects.get_or_create(kind=Kind.LAND, slug=slug, defaults=defaults)[0]


def a_town(name: str = "Münster", slug: str = "muenster", population: int = 270_184, **fields: Any) -> Place:
    """The town of the gazetteer with this slug, the largest of several; a new one where `land` is given."""
    known = Place.objects.filter(kind=Kind.TOWN, slug=slug).order_by("-population").first()
    if known and "land" not in fields:
        return known
    land = fields.pop("land", None) or a_land()
    defaults = {"name": name, "latitude": MUENSTER[0], "longitude": MUENSTER[1], "population": population} | fields
    return Place.objects.get_or_create(kind=Kind.TOWN, slug=slug, land=land, defaults=defaults)[0]


def a_report(
    *problems: str,
    carrier: str = "o2",
    at: datetime | None = None,
    point: tuple[float, float] = MUENSTER,
    **fields: Any,
) -> Report:
    """A stored report at a point, counted in the figures; no problem named means a dropped call."""
    brand = Carrier.objects.get(slug=carrier)
    happened_at = at or timezone.now() - timedelta(minutes=5)
    latitude, longitude = round(point[0], 3), round(point[1], 3)
    town = fields.pop("town", None) or a_town()
    return Report.objects.create(
        **{
            "submission": uuid4(),
            "carrier": brand,
            "network_id": brand.runs_on_id,
            "problems": bits_of(list(problems) or ["dropped"]),
            "happened_at": happened_at,
            "received_at": happened_at + timedelta(minutes=1),
            "happened_on": timezone.localdate(happened_at),
            "latitude": latitude,
            "longitude": longitude,
            "zorder": zorder.encode(latitude, longitude),
            "land": town.land,
            "town": town,
        }
        | fields
    )


def a_post(carrier: str = "o2", body: str = "Wir bauen aus.", **fields: Any) -> Post:
    """A post, public for an hour, of Max; `published_at=None` makes it a draft."""
    defaults = {
        "carrier": Carrier.objects.get(slug=carrier),
        "author_name": "Max",
        "title": "Unsere Pläne für Münster",
        "slug": f"{carrier}-{uuid4().hex[:8]}",
        "summary": "Was wir bis zum Frühjahr bauen.",
        "body": body,
        "published_at": timezone.now() - timedelta(hours=1),
    }
    return Post.objects.create(**defaults | fields)


def a_promise(post: Post, days: int = 60, **fields: Any) -> Promise:
    """An open promise of a post about Münster, due in so many days, with the row of its history that made it."""
    due_on = timezone.localdate() + timedelta(days=days)
    defaults = {"sentence": post.body, "place": a_town(), "due_on": due_on, "made_at": timezone.now()}
    promise = Promise.objects.create(post=post, carrier=post.carrier, **defaults | fields)
    promise.changes.create(step="made", due_on=due_on, changed_at=promise.made_at)
    return promise


def a_member(carrier: str = "o2", *roles: str) -> User:
    """Somebody of a carrier, by default its manager; the same name each time, so that roles add up."""
    user = User.objects.get_or_create(username=f"{'-'.join(roles) or 'manager'}@{carrier}")[0]
    for role in roles or ("manager",):
        Membership.objects.get_or_create(user=user, carrier=Carrier.objects.get(slug=carrier), role=role)
    return user


def site_staff() -> User:
    """Somebody of the site itself who may do everything."""
    return User.objects.get_or_create(username="betrieb", defaults={"is_staff": True, "is_superuser": True})[0]


def an_advertiser(slug: str = "telekom", **fields: Any) -> Advertiser:
    """Somebody who pays; a carrier of that short name, if there is one."""
    defaults: dict[str, Any] = {"name": slug.title(), "payer": f"{slug.title()} GmbH", "branch": "mobile"}
    defaults["carrier"] = Carrier.objects.filter(slug=slug).first()
    return Advertiser.objects.get_or_create(slug=slug, defaults=defaults | fields)[0]


def a_campaign(advertiser: Advertiser | str = "telekom", days: int = 30, **fields: Any) -> Campaign:
    """A running campaign from today with an approved text ad, in every slot; `creatives=False` leaves that out."""
    owner = advertiser if isinstance(advertiser, Advertiser) else an_advertiser(advertiser)
    with_text = fields.pop("creatives", True)
    many = {name: fields.pop(name) for name in ("carriers", "places") if name in fields}
    today = timezone.localdate()
    defaults: dict[str, Any] = {"name": f"{owner.name} im Herbst", "state": State.RUNNING, "slots": ["left", "top"]}
    defaults |= {"starts_on": today, "ends_on": today + timedelta(days=days - 1), "price_model": "fixed"}
    campaign = Campaign.objects.create(advertiser=owner, **defaults | {"price_cents": 100_000} | fields)
    for name, rows in many.items():
        getattr(campaign, name).set(rows)
    if with_text:
        a_creative(campaign)
    return campaign


def a_creative(campaign: Campaign, **fields: Any) -> Creative:
    """An approved text ad."""
    defaults = {"kind": "text", "headline": "Das beste Netz", "text": "Jetzt wechseln.", "review": Review.APPROVED}
    target = "https://example.org/netz"
    return Creative.objects.create(campaign=campaign, **{"target_url": target} | defaults | fields)


def a_seat(advertiser: Advertiser, name: str = "bucht") -> User:
    """Somebody who books for an advertiser and belongs to no carrier."""
    user = User.objects.get_or_create(username=f"{name}@{advertiser.slug}")[0]
    Seat.objects.get_or_create(user=user, advertiser=advertiser)
    return user
