"""A row of every carrier-facing table for a carrier, each with a word that must never be seen by another's staff."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from django.db.models import Model
from django.utils import timezone

from complaints.carriers.models import Carrier
from operators.ads.bills import Statement, StatementCorrection
from operators.ads.models import Campaign, CampaignChange, Creative, State
from operators.members.advertisers import Advertiser, Seat
from operators.members.models import Membership, User
from operators.posts.models import Correction, Picture, Post, Promise, PromiseChange, PromiseStep, TickerEntry
from operators.replies.models import Answer, Assignment, Note, TextBlock
from operators.team.models import LIFE, Invitation
from tests.builders import a_member, a_report, a_town

SEARCH = "Zaunk"
WORD = {"o2": "Zaunkönigblau", "telekom": "Zaunkönigrosa"}  # a page that repeats a search for SEARCH shows no word


def a_draft(slug: str) -> Post:
    return Post.objects.get_or_create(
        slug=f"entwurf-von-{slug}",
        defaults={
            "carrier": Carrier.objects.get(slug=slug),
            "author": a_member(slug, "author"),
            "author_name": WORD[slug],
            "title": WORD[slug],
            "summary": WORD[slug],
            "body": WORD[slug],
        },
    )[0]


def a_promise(slug: str) -> Promise:
    post = a_draft(slug)
    day = timezone.localdate() + timedelta(days=30)
    return Promise.objects.get_or_create(
        post=post,
        defaults={
            "carrier": post.carrier,
            "sentence": WORD[slug],
            "place": a_town(),
            "due_on": day,
            "made_at": timezone.now(),
        },
    )[0]


def a_membership(slug: str) -> Membership:
    user = User.objects.get_or_create(username=WORD[slug], defaults={"email": f"{WORD[slug]}@example.org"})[0]
    carrier = Carrier.objects.get(slug=slug)
    return Membership.objects.get_or_create(user=user, carrier=carrier, defaults={"role": "author"})[0]


def _of(slug: str) -> dict[str, object]:
    return {"carrier": Carrier.objects.get(slug=slug)}


def an_invitation(slug: str) -> Invitation:
    now = timezone.now()
    defaults = {"roles": ["author"], "sent_at": now, "expires_at": now + LIFE}
    return Invitation.objects.get_or_create(email=f"{WORD[slug]}@example.com", **_of(slug), defaults=defaults)[0]


def an_advertiser(slug: str) -> Advertiser:
    defaults = {"name": WORD[slug], "payer": WORD[slug], "carrier": Carrier.objects.get(slug=slug)}
    return Advertiser.objects.get_or_create(slug=f"wirbt-{slug}", defaults=defaults)[0]


def a_campaign(slug: str) -> Campaign:
    day = timezone.localdate()
    defaults = {"starts_on": day, "ends_on": day, "slots": ["left", "post"], "price_model": "fixed", "price_cents": 1}
    payer = an_advertiser(slug)
    return Campaign.objects.get_or_create(name=WORD[slug], advertiser=payer, defaults=defaults)[0]


def an_ad(slug: str) -> Creative:
    defaults = {"kind": "text", "headline": WORD[slug], "target_url": f"https://example.org/{WORD[slug]}"}
    return Creative.objects.get_or_create(campaign=a_campaign(slug), defaults=defaults)[0]


def a_statement(slug: str) -> Statement:
    defaults = {"number": WORD[slug], "payer": WORD[slug], "lines": [], "net_cents": 1, "made_at": timezone.now()}
    month = timezone.localdate().replace(day=1)
    return Statement.objects.get_or_create(advertiser=an_advertiser(slug), month=month, defaults=defaults)[0]


PLANTS: dict[type[Model], Callable[[str], Model]] = {
    Membership: a_membership,
    Invitation: an_invitation,
    Post: a_draft,
    Correction: lambda slug: Correction.objects.create(
        post=a_draft(slug), note=WORD[slug], by=WORD[slug], corrected_at=timezone.now()
    ),
    TickerEntry: lambda slug: TickerEntry.objects.create(
        post=a_draft(slug), text=WORD[slug], by=WORD[slug], written_at=timezone.now()
    ),
    Picture: lambda slug: Picture.objects.create(
        post=a_draft(slug), key=uuid4(), alt=WORD[slug], width=10, height=10, **_of(slug)
    ),
    Promise: a_promise,
    PromiseChange: lambda slug: PromiseChange.objects.create(
        promise=a_promise(slug),
        step=PromiseStep.MADE,
        due_on=timezone.localdate(),
        note=WORD[slug],
        changed_at=timezone.now(),
    ),
    Answer: lambda slug: Answer.objects.create(
        author_name=WORD[slug], text=WORD[slug], answered_at=timezone.now(), **_of(slug)
    ),
    Assignment: lambda slug: Assignment.objects.create(
        item="report",
        number=a_report(carrier=slug).number,
        assignee=a_membership(slug).user,
        **_of(slug),
    ),
    Note: lambda slug: Note.objects.create(
        item="report", number=a_report(carrier=slug).number, by=WORD[slug], text=WORD[slug], **_of(slug)
    ),
    TextBlock: lambda slug: TextBlock.objects.create(title=WORD[slug], text=WORD[slug], **_of(slug)),
    Advertiser: an_advertiser,
    Seat: lambda slug: Seat.objects.create(
        advertiser=an_advertiser(slug), user=User.objects.create(username=f"sitzt-{WORD[slug]}")
    ),
    Campaign: a_campaign,
    CampaignChange: lambda slug: CampaignChange.objects.create(
        campaign=a_campaign(slug), after=State.DRAFT, reason=WORD[slug], by=WORD[slug], changed_at=timezone.now()
    ),
    Creative: an_ad,
    Statement: a_statement,
    StatementCorrection: lambda slug: StatementCorrection.objects.create(
        statement=a_statement(slug), net_cents=1, reason=WORD[slug], by=WORD[slug]
    ),
}
