from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from einzelfall import jobs


class Command(BaseCommand):
    help = "Runs every background job that is due, once. Safe to run twice at the same time."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            failed = jobs.run_due()
        except OperationalError as error:
            raise CommandError(f"The database does not answer: {error}") from error
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)}. The log says why.")
