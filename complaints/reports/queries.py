"""What pages count and list about reports."""

from django.core.cache import cache

from complaints.reports.models import Report, Source


def has_demo_data() -> bool:
    """Whether any report is synthetic; asked of the database once a minute."""
    known: bool | None = cache.get("has-demo-data")
    if known is None:
        known = Report.objects.filter(source=Source.DEMO).order_by("number")[:1].exists()
        cache.set("has-demo-data", known, 60)
    return known
