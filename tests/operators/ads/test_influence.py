"""The proof of no influence: every public page is the same, byte for byte, whatever is booked and by whom."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone, translation

from complaints.base import memo
from complaints.carriers.models import Carrier
from complaints.moderation.models import Decision
from complaints.reports.models import Report
from einzelfall.pages import lasting_paths
from operators.ads.models import Campaign
from tests.builders import a_campaign, a_post, a_promise, a_report, an_advertiser
from tests.operators.ads.frames import ask, frames_of

pytestmark = pytest.mark.django_db
OWN_PAGES = re.compile(r"^/(en/advertising|werbung)/")
"""The ledger, which lists what is booked, and the frames themselves."""
NEVER_THE_SAME = re.compile(r'nonce-?="?[\w+/=-]+"?|value="[\w:.-]{20,}"|data-made="\d+"|"token": "[^"]+"')
"""Nonces, and the fresh keys and times of forms."""
NOT_OURS = ("intern/", "healthz", "readyz", "metrics")


def values(names: list[str], report: Report, slug: str) -> dict[str, object] | None:
    """What the parameters of an address may be, None where only a key would open it."""
    known = {"number": report.number, "land": "nordrhein-westfalen", "place": "muenster", "subject": "report"}
    known |= {"zoom": 8, "x": 133, "y": 84, "slug": slug}
    return {name: known[name] for name in names} if set(names) <= set(known) else None


def filled(route: str, values: dict[str, object]) -> str:
    """A route with its parameters."""
    for name, value in values.items():
        route = re.sub(rf"<(?:\w+:)?{name}>", str(value), route)
    return route


def routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern).removeprefix("^")
        if isinstance(entry, URLPattern):
            yield route
        else:
            yield from routes(entry, route)


def public_addresses(report: Report, post: str) -> list[str]:
    """Every address of the URL configuration in both languages that needs no key, and the whole sitemap's start."""
    found = set(list(lasting_paths())[:60])
    for language in ("de", "en"):
        with translation.override(language):
            for route in routes(get_resolver()):
                slug = "o2" if re.match(r"(en/)?(netz|network)/", route) else post
                fitting = values(re.findall(r"<(?:\w+:)?(\w+)>", route), report, slug)
                if fitting is not None and not route.startswith(NOT_OURS) and "(" not in route:
                    found.add("/" + filled(route, fitting))
    queries = {"/faelle/?netz=o2", "/faelle/?problem=dropped&seite=1", "/beitraege/?anbieter=o2", "/netz/o2/?zeit=30"}
    return sorted(address for address in found | queries if not OWN_PAGES.match(address))


def pages(addresses: list[str]) -> dict[str, tuple[int, str]]:
    memo.clear_all()
    found = {}
    for address in addresses:
        response = Client().get(address)
        content = b"".join(response) if response.streaming else response.content
        headers = "".join(f"{name}: {value}\n" for name, value in sorted(response.headers.items()))
        text = content.decode(errors="replace") + headers
        found[address] = (response.status_code, NEVER_THE_SAME.sub("", text))
    return found


@pytest.fixture
def addresses(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Addresses of a site with some content; the clock stands still and nothing is kept from one round to the next."""
    report, post = a_report("dropped", "sms"), a_post()
    a_promise(post)
    a_report("no-network", carrier="telekom")
    now = timezone.now()
    Decision.objects.create(
        subject="report", number=1, verb="kept", by="betrieb", decided_at=now
    )  # or the feed says now
    monkeypatch.setattr(timezone, "now", lambda: now)
    monkeypatch.setattr("complaints.base.publicpage._keep", lambda etag, response: None)
    return public_addresses(report, post.slug)


def test_every_public_page_is_the_same_whatever_is_booked(addresses: list[str]) -> None:
    empty = pages(addresses)
    assert len(empty) > 100
    assert sum(status == 200 for status, _text in empty.values()) > 80
    with_frames = sum("/platz/" in text or "/advertising/slot/" in text for _status, text in empty.values())
    assert with_frames > 20
    o2 = Carrier.objects.get(slug="o2")
    a_campaign("telekom", exclusive=True, carriers=[o2], slots=["left", "top", "list", "post"])
    booked = pages(addresses)
    Campaign.objects.update(state="ended")
    a_campaign("o2", share=50, excludes_rivals=True)
    a_campaign(an_advertiser("baecker", branch="bread", own_posts_until=None), booked_views=1000)
    others = pages(addresses)
    differing = [address for address in addresses if not empty[address] == booked[address] == others[address]]
    assert differing == []


def test_the_comparison_would_find_an_influence(addresses: list[str]) -> None:
    before = pages(addresses)
    a_report("dropped")
    after = pages(addresses)
    assert sum(before[address] != after[address] for address in addresses) > 10


def test_the_frames_do_differ() -> None:
    """What is booked is seen inside of the frames, so the pages were compared with ads that are really shown."""
    a_campaign("telekom")
    seen = []
    for state in ("running", "ended"):
        Campaign.objects.update(state=state)
        memo.clear_all()
        seen.append("Telekom GmbH" in ask(frames_of(Client().get("/").content.decode())[0]).content.decode())
    assert seen == [True, False]
