"""Loads postcodes, so that they are found where a place is typed."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from complaints.base.officialfiles import FileError, read_postcodes
from complaints.places import actions


class Command(BaseCommand):
    help = "Loads the postcode table of GeoNames as CSV: zipcode, place, community_code, latitude, longitude."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            rows = read_postcodes(file)
        except FileError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{actions.replace_postcodes(rows=rows)} postcodes with a place.")
