"""Builds the map's read model anew from all public reports."""

import time

from django.core.management.base import BaseCommand
from tqdm import tqdm

from complaints.maps.rebuilding import STEPS, rebuild
from complaints.reports.models import Report


class Command(BaseCommand):
    help = "Builds the map's packed tiles anew from all public reports; filing may go on meanwhile."

    def handle(self, *args: object, **options: object) -> None:
        started = time.monotonic()
        with tqdm(total=STEPS * Report.objects.all().public().count(), unit=" steps", desc="Tiles") as bar:
            count = rebuild(bar.update)
        seconds = time.monotonic() - started
        self.stdout.write(f"{count:,} reports counted in {seconds:.1f} s.")
