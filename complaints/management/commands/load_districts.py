"""Loads the official outlines of Kreise or Länder, and the inhabitants of Kreise."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from complaints.base.officialfiles import Area, FileError, read_areas, read_population
from complaints.management.actions import assign_districts
from complaints.maps.rebuilding import rebuild
from complaints.places import actions, atlas

BKG = "© GeoBasis-DE / BKG, dl-de/by-2-0"
DESTATIS = "Destatis, dl-de/by-2-0"


class Command(BaseCommand):
    help = "Loads Kreise (or Länder) of BKG's VG250 as GeoJSON in WGS84; every report knows its Kreis afterwards."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="GeoJSON with AGS, GEN, BEZ and GF")
        parser.add_argument("--population", type=Path, help="CSV with the columns ags and population")
        parser.add_argument("--source", default=BKG, help="who published the outlines")
        parser.add_argument("--population-source", default=DESTATIS, help="who counted, and when")

    def handle(self, *, file: Path, population: Path | None, **options: Any) -> None:
        try:
            areas = read_areas(file)
            inhabitants = read_population(population) if population else {}
        except FileError as error:
            raise CommandError(str(error)) from error
        if len(areas[0].code) == 2:
            self._load_laender(areas, options["source"], with_population=bool(population))
        else:
            self._load_districts(areas, options["source"])
        if inhabitants:
            cities = [area.code for area in areas if area.is_city]
            number = actions.set_population(inhabitants=inhabitants, cities=cities, source=options["population_source"])
            self.stdout.write(f"Inhabitants of {number} places.")

    def _load_laender(self, areas: list[Area], source: str, *, with_population: bool) -> None:
        if with_population:
            raise CommandError("--population goes with a file of Kreise, and this is one of Länder.")
        if len(areas) != 16:
            raise CommandError(f"The file has {len(areas)} Länder, not 16.")
        actions.replace_laender(areas=areas, source=source)
        self.stdout.write(f"{len(areas)} Länder.")

    def _load_districts(self, areas: list[Area], source: str) -> None:
        actions.replace_districts(areas=areas, source=source)
        self.stdout.write(f"{len(areas)} Kreise.")
        with tqdm(unit=" reports", desc="Kreis of each report", file=self.stderr) as bar:
            changed = assign_districts(atlas=atlas.current(), progress=bar.update)
        actions.drop_old_districts(codes=[area.code for area in areas])
        self.stdout.write(f"{changed} reports changed.")
        if changed:
            with tqdm(unit=" reports", desc="The map's figures", file=self.stderr) as bar:
                rebuild(bar.update)
