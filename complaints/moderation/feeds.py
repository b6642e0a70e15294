"""Atom feed of what was decided."""

from datetime import datetime

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _t

from complaints import reading
from complaints.base.publicpage import public_page
from complaints.moderation import log
from complaints.moderation.models import Decision

LENGTH = 50


class DecisionFeed(Feed[Decision, None]):
    """The newest decisions of the public log."""

    feed_type = Atom1Feed
    author_name = "Einzelfall"

    def title(self) -> str:
        return _t("Einzelfall: moderation")

    def subtitle(self) -> str:
        return _t("What was hidden, released and left standing, and why.")

    def link(self) -> str:
        return reverse("moderation-log")

    def items(self) -> list[Decision]:
        return list(Decision.objects.using(reading.alias()).order_by("-decided_at", "-id")[:LENGTH])

    def item_title(self, item: Decision) -> str:
        return f"{item.get_subject_display()} {item.number}: {item.get_verb_display()}"

    def item_description(self, item: Decision) -> str:
        return "\n".join(part for part in (item.get_reason_display(), item.note) if part)

    def item_link(self, item: Decision) -> str:
        return reverse("moderation-log")

    def item_guid(self, item: Decision) -> str:
        return f"tag:einzelfall,2011:decision-{item.pk}"

    def item_pubdate(self, item: Decision) -> datetime:
        return item.decided_at

    def item_updateddate(self, item: Decision) -> datetime:
        return item.decided_at


decision_feed = public_page(log.version)(DecisionFeed())
