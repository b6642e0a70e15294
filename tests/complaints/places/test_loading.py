"""Official Kreise, Länder, inhabitants and postcodes, from small files written here."""

import json
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from complaints.places import atlas
from complaints.places.models import Boundary, Edition, Kind, Place, Postcode
from complaints.places.queries import locate, search
from complaints.reports.models import Report
from tests.builders import a_report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("other_data")]

Box = tuple[float, float, float, float]
MUENSTER: Box = (7.47, 51.84, 7.77, 52.06)
STEINFURT: Box = (7.20, 52.06, 7.95, 52.45)


def feature(code: str, name: str, kind: str, box: Box, gf: int = 4) -> dict[str, Any]:
    west, south, east, north = box
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    properties = {"AGS": code, "GEN": name, "BEZ": kind, "GF": gf}
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


KREISE = [
    feature("05515", "Münster", "Kreisfreie Stadt", MUENSTER),
    feature("05566", "Steinfurt", "Kreis", STEINFURT),
    feature("05566", "Steinfurt", "Kreis", (0.0, 0.0, 1.0, 1.0), gf=2),
]


@pytest.fixture
def saved(tmp_path: Path) -> Callable[[Any], Path]:
    def save(content: Any) -> Path:
        path = tmp_path / "file"
        if isinstance(content, list):
            content = {"type": "FeatureCollection", "features": content}
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path

    return save


Save = Callable[[Any], Path]


def test_every_report_knows_its_kreis_afterwards(saved: Save) -> None:
    point = a_report(point=(51.962, 7.626))
    north = a_report(point=(52.27, 7.43))  # filed as Münster by the builder, but near Rheine
    typed = a_report(point=(51.962, 7.626), precision="town")
    far = a_report(point=(51.23, 6.77))
    call_command("load_districts", str(saved(KREISE)))
    muenster, steinfurt = (Place.objects.get(code=code) for code in ("05515", "05566"))
    for report, district in ((point, muenster), (north, steinfurt), (typed, muenster), (far, None)):
        report.refresh_from_db()
        assert report.district == district
    assert north.town is not None
    assert north.town.name == "Rheine"
    assert typed.town == point.town


def test_a_point_abroad_counts_for_the_kreis_of_its_town(saved: Save) -> None:
    report = a_report(point=(48.0, 2.0))
    call_command("load_districts", str(saved(KREISE)))
    report.refresh_from_db()
    assert report.district == Place.objects.get(code="05515")


def test_new_reports_get_a_kreis_and_a_town_inside_of_it(saved: Save) -> None:
    call_command("load_districts", str(saved(KREISE)))
    there = locate(52.07, 7.6)  # nearer to Münster than to any town of the Kreis around it
    assert there is not None
    assert there.district_id == Place.objects.get(code="05566").pk
    assert there.town_id is not None
    assert Place.objects.get(pk=there.town_id).parent_id == there.district_id
    assert search("Münster").matches[0].district_id == Place.objects.get(code="05515").pk


def test_kreise_have_names_addresses_and_a_land(saved: Save) -> None:
    call_command("load_districts", str(saved(KREISE)))
    muenster, steinfurt = (Place.objects.get(code=code) for code in ("05515", "05566"))
    assert (muenster.name, muenster.slug, muenster.kind) == ("Münster", "stadt-muenster", Kind.DISTRICT)
    assert (steinfurt.name, steinfurt.slug) == ("Kreis Steinfurt", "kreis-steinfurt")
    assert steinfurt.land is not None
    assert steinfurt.land.name == "Nordrhein-Westfalen"


def test_loading_twice_changes_nothing_more(saved: Save) -> None:
    a_report(point=(51.962, 7.626))
    call_command("load_districts", str(saved(KREISE)))
    before = list(Place.objects.order_by("pk").values_list()), list(Report.objects.values_list())
    call_command("load_districts", str(saved(KREISE)))
    assert (list(Place.objects.order_by("pk").values_list()), list(Report.objects.values_list())) == before
    assert Boundary.objects.filter(place__kind=Kind.DISTRICT).count() == 2


def test_kreise_that_are_gone_from_the_file_go_away(saved: Save) -> None:
    report = a_report(point=(51.962, 7.626))
    call_command("load_districts", str(saved(KREISE)))
    larger = feature("05566", "Steinfurt", "Kreis", (7.20, 51.84, 7.95, 52.45))
    call_command("load_districts", str(saved([larger])))
    report.refresh_from_db()
    assert report.district == Place.objects.districts().get()


def test_the_figures_of_the_map_follow(saved: Save, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    module = "complaints.management.commands.load_districts"
    monkeypatch.setattr(f"{module}.rebuild", lambda progress: calls.append(1))
    path = str(saved(KREISE))
    call_command("load_districts", path)
    assert calls == []  # nothing to count anew
    a_report(point=(51.962, 7.626))
    call_command("load_districts", path)
    assert calls == [1]


def test_inhabitants_come_with_their_source(saved: Save, tmp_path: Path) -> None:
    table = tmp_path / "inhabitants.csv"
    table.write_text("ags,name,population\n05515,Münster,314319\n05566,Steinfurt,447614\n09162,München,1471508\n")
    options = {"population": table, "population_source": "Destatis, 31.12.2018"}
    call_command("load_districts", str(saved(KREISE)), **options)
    city, town, kreis = (
        Place.objects.get(slug=slug, land__code="05") for slug in ("stadt-muenster", "muenster", "kreis-steinfurt")
    )
    assert (city.population, town.population, kreis.population) == (314_319, 314_319, 447_614)
    assert {city.population_source, town.population_source, kreis.population_source} == {"Destatis, 31.12.2018"}
    assert search("Münster").matches[0].population == 314_319


def test_a_file_of_laender_replaces_their_outlines(saved: Save) -> None:
    laender = [
        feature(land.code or "", land.name, "Land", (6.0 + n / 10, 50.0, 6.1 + n / 10, 51.0))
        for n, land in enumerate(Place.objects.laender().order_by("code"))
    ]
    call_command("load_districts", str(saved(laender)), source="© BKG")
    assert set(Boundary.objects.values_list("source", flat=True)) == {"© BKG"}
    there = locate(50.5, 6.05)
    assert there is not None
    assert Place.objects.get(pk=there.land_id).code == "01"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "no JSON"),
        (b"\xff\xfe\x00", "UTF-8"),
        ("[1, 2]", "FeatureCollection"),
        ([], "FeatureCollection"),
        ([{"type": "Feature", "properties": {"AGS": "05515"}, "geometry": None}], "GEN"),
        ([KREISE[0] | {"geometry": None}], "geometry"),
        ([KREISE[0] | {"geometry": {"type": "Polygon", "coordinates": [[[7, 51], [8, 52]]]}}], "geometry"),
        ([KREISE[0] | {"geometry": {"type": "Point", "coordinates": [7.6, 51.9]}}], "no area"),
        ([feature("05515", "Münster", "Kreisfreie Stadt", (400000, 5700000, 410000, 5800000))], "degrees"),
        ([feature("0x515", "Münster", "Kreisfreie Stadt", MUENSTER)], "official key"),
        ([feature("99515", "Nirgends", "Kreis", MUENSTER)], "official key"),
        ([KREISE[0], feature("05", "Nordrhein-Westfalen", "Land", MUENSTER)], "either"),
        ([feature("05", "Nordrhein-Westfalen", "Land", MUENSTER)], "16"),
        ([feature("05515", "Münster", "Kreisfreie Stadt", MUENSTER, gf=2)], "land areas"),
    ],
)
def test_a_wrong_file_is_refused_with_a_sentence(saved: Save, content: Any, said: str) -> None:
    editions = Edition.objects.count()
    with pytest.raises(CommandError, match=said):
        call_command("load_districts", str(saved(content)))
    assert not Place.objects.districts().exists()
    assert Edition.objects.count() == editions


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_districts", str(tmp_path / "nothing"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("name\nMünster\n", "lacks the columns: ags, population"),
        ("ags,population\n", "no rows"),
        ("ags,population\n5515,1\n", "five digits"),
        ("ags,population\n05515,many\n", "whole number"),
        ("ags,population\n05515,1\n05515,2\n", "twice"),
    ],
)
def test_wrong_inhabitants_are_refused_before_anything_changes(
    saved: Save, tmp_path: Path, content: str, said: str
) -> None:
    table = tmp_path / "inhabitants.csv"
    table.write_text(content)
    with pytest.raises(CommandError, match=said):
        call_command("load_districts", str(saved(KREISE)), population=table)
    assert not Place.objects.districts().exists()


POSTCODES = """country_code,zipcode,place,community_code,latitude,longitude
DE,48143,Münster,05515,51.9624,7.6257
DE,48163,Münster,05515,51.9100,7.5800
DE,48135,Westfälische Beispiel GmbH,05515,51.96,7.62
DE,97837,Erlenbach bei Marktheidenfeld,09677,49.8167,9.6500
DE,97837,Hafenlohr,09677,49.8667,9.6000
"""


def test_postcodes_are_found_afterwards(saved: Save) -> None:
    call_command("load_postcodes", str(saved(POSTCODES)))
    for typed in ("48143", "48143 Münster", "D-48143 Münster", "Münster 48143"):
        found = search(typed)
        assert found.certain
        match = found.matches[0]
        assert (match.label, match.precision, match.latitude) == ("48143 Münster", "postcode", 51.9624)
        assert match.town_id == Place.objects.get(slug="muenster", land__code="05").pk


def test_a_postcode_of_several_places_offers_a_choice(saved: Save) -> None:
    call_command("load_postcodes", str(saved(POSTCODES)))
    assert not search("97837").certain
    assert len(search("97837").matches) == 2
    assert search("97837 Hafenlohr").certain
    assert not search("48143 Berlin").certain


def test_a_company_with_a_postcode_of_its_own_lends_it_no_name(saved: Save) -> None:
    call_command("load_postcodes", str(saved(POSTCODES)))
    assert search("48135").matches[0].label == "48135 Münster"


def test_loading_postcodes_again_replaces_them(saved: Save) -> None:
    call_command("load_postcodes", str(saved(POSTCODES)))
    call_command("load_postcodes", str(saved(POSTCODES)))
    assert Postcode.objects.count() == 5


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("zipcode,place\n48143,Münster\n", "lacks the columns: community_code, latitude, longitude"),
        (POSTCODES.replace("48143", "4814"), "five digits"),
        (POSTCODES.replace("51.9624", "north"), "decimal degrees"),
        (POSTCODES.replace("51.9624", "nan"), "not in Germany"),
        (POSTCODES.replace("51.9624", "-51.9624"), "not in Germany"),
    ],
)
def test_wrong_postcodes_are_refused_with_a_sentence(saved: Save, content: str, said: str) -> None:
    with pytest.raises(CommandError, match=said):
        call_command("load_postcodes", str(saved(content)))
    assert not Postcode.objects.exists()


def test_another_process_notices_new_data_within_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    known = atlas.current()
    Edition.objects.create(what="loaded by another process")
    assert atlas.current() is known
    now = monotonic() + 61
    monkeypatch.setattr(atlas, "monotonic", lambda: now)
    assert atlas.current() is not known
