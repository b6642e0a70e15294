"""manage.py demo: fills an empty site with synthetic data, or tops it up with plain reports."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from complaints.maps.rebuilding import STEPS, rebuild
from complaints.reports.models import Report
from einzelfall.demo import loading
from einzelfall.demo.ads import make_ads
from einzelfall.demo.answers import make_answers
from einzelfall.demo.echoes import make_echoes
from einzelfall.demo.loading import Plan
from einzelfall.demo.posts import make_posts
from einzelfall.demo.talk import make_talk
from operators.board.actions import renew_boards

LATER_LAYERS: tuple[Callable[[Plan], object], ...] = (
    make_echoes,
    make_answers,
    make_posts,
    make_talk,
    make_ads,
)
"""What is made after the reports and before the map: posts, promises, threads and campaigns add themselves here."""


class Command(BaseCommand):
    help = "Loads synthetic reports: the story of 2011, the present, and plain reports up to --reports in all."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--reports", type=int, default=loading.LAYERS, help="how many reports there are in the end")
        parser.add_argument("--seed", type=int, default=1, help="the same seed and date give the same data")
        parser.add_argument("--until", default="", help="where the present ends, for example 2026-11-01; default: now")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("Demo data is never loaded in production.")
        plan = _plan(options)
        try:
            before = loading.stored()
        except loading.NotEmptyError as error:
            raise CommandError(str(error)) from error
        if before.missing(plan) <= 0:
            self.stdout.write(f"The demo is here already, with {before.reports:,} reports; nothing has changed.")
            return
        self.load(plan, before)
        self.draw_map()
        renew_boards()

    def load(self, plan: Plan, before: loading.Stored) -> None:
        total = before.reports + before.missing(plan)
        with tqdm(
            total=total, initial=before.reports, desc="Reports", unit="", unit_scale=True, **_bar_options(self)
        ) as bar:
            if not before.demo:
                loading.load_layers(plan, bar.update)
                for make in LATER_LAYERS:
                    make(plan)
            loading.add_plain(plan, bar.update, lambda: bar.set_description("Indexes"))
            bar.set_description("Reports")

    def draw_map(self) -> None:
        total = STEPS * Report.objects.count()
        with tqdm(total=total, desc="Map    ", unit="", unit_scale=True, **_bar_options(self)) as bar:
            count = rebuild(bar.update)
        self.stdout.write(f"The demo is loaded: {count:,} reports.")


def _bar_options(command: BaseCommand) -> dict[str, Any]:
    """Where a progress bar goes: to the error stream, and nowhere if that is no terminal."""
    return {"file": command.stderr._out, "disable": None}


def _plan(options: dict[str, Any]) -> Plan:
    if not 0 <= options["reports"] <= loading.MOST_REPORTS:
        raise CommandError(f"--reports must be a number from 0 to {loading.MOST_REPORTS:,}.")
    if options["seed"] < 0:
        raise CommandError("--seed must not be negative.")
    try:
        end = loading.parse_until(options["until"], timezone.now())
    except ValueError as error:
        raise CommandError(f"--until: {error}") from error
    return Plan(seed=options["seed"], end=end, reports=options["reports"])
