"""Compares the map's read model with the reports themselves."""

from django.core.management.base import BaseCommand, CommandError

from complaints.maps.verifying import verify


class Command(BaseCommand):
    help = "Compares the map's packed tiles with the reports; ends with an error where they differ."

    def handle(self, *args: object, **options: object) -> None:
        differences = verify()
        for sentence in differences:
            self.stderr.write(sentence)
        if differences:
            raise CommandError("The tiles are wrong. Run `manage.py rebuild_tiles`, and please report this.")
        self.stdout.write("Every row of the tiles agrees with the reports.")
