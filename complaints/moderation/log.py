"""What the public log of decisions shows."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Exists, Max, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _t

from complaints import reading
from complaints.moderation import exhibits
from complaints.moderation.models import Decision, Flag, Objection, Subject, Verb

PAGE_SIZE = 40
LAST_PAGE = 1000
COUNTED = timedelta(days=365)


@dataclass(frozen=True)
class LogPage:
    """Decisions, newest first; removals of the last year by reason; what waits now; the neighbour pages."""

    decisions: tuple[Decision, ...]
    removals: tuple[tuple[Objection, int], ...]
    waiting: tuple[tuple[Subject, int], ...]
    objections: int
    page: int
    older: int | None
    newer: int | None


def why_removed(subject: Subject, number: int) -> str:
    """The reason of the newest removal of something, with its note, as a sentence; one query."""
    about = Decision.objects.filter(subject=subject, number=number, verb__in=(Verb.HIDDEN, Verb.REJECTED))
    found = about.order_by("-decided_at").first()
    reason = found.get_reason_display() if found else _t("We do not say why.")
    return f"{_t('Reason')}: {reason}. {found.note if found else ''}".strip()


def log_page(page: int) -> LogPage:
    """A page of the log; three queries, and one for each kind of thing that can be held."""
    start = (page - 1) * PAGE_SIZE
    newest = Decision.objects.using(reading.alias()).order_by("-decided_at", "-id")
    found = list(newest[start : start + PAGE_SIZE + 1])
    return LogPage(
        decisions=tuple(found[:PAGE_SIZE]),
        removals=tuple(_removals()),
        waiting=tuple(exhibits.waiting()),
        objections=Flag.objects.using(reading.alias()).open().count(),
        page=page,
        older=page + 1 if len(found) > PAGE_SIZE else None,
        newer=page - 1 if page > 1 else None,
    )


def _removals() -> list[tuple[Objection, int]]:
    """Removals of the last year that nobody has undone, by reason."""
    decisions = Decision.objects.using(reading.alias())
    undone = decisions.filter(
        subject=OuterRef("subject"), number=OuterRef("number"), verb=Verb.SHOWN, pk__gt=OuterRef("pk")
    )
    removals = decisions.filter(
        ~Exists(undone), verb__in=(Verb.HIDDEN, Verb.REJECTED), decided_at__gt=timezone.now() - COUNTED
    )
    counts = removals.values_list("reason").annotate(count=Count("pk")).order_by("-count")
    return [(Objection(reason), count) for reason, count in counts]


def version() -> str:
    """Changes with every decision and with what is held."""
    newest = Decision.objects.using(reading.alias()).aggregate(newest=Max("pk"))["newest"]
    return f"{newest} {[count for _kind, count in exhibits.waiting()]}"
