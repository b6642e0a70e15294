"""Copies pinned browser files out of npm packages; needs npm and the network."""

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from einzelfall.npm import PackageError, fetch
from einzelfall.vendored import VENDORED, copy


class Command(BaseCommand):
    help = "Copies the files pinned in einzelfall/vendored.py to static/vendor/, with licence and checksums."

    def handle(self, *args: Any, **options: Any) -> None:
        with tempfile.TemporaryDirectory() as folder:
            for vendored in VENDORED:
                try:
                    source = fetch(vendored.package, Path(folder))
                except PackageError as error:
                    raise CommandError(str(error)) from error
                copy(vendored, source, Path(settings.BASE_DIR, "static/vendor", vendored.folder))
                self.stdout.write(vendored.folder)
