"""Loading of official place data and questions to a geocoding service: each call is one transaction."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

import shapely
from django.db import transaction
from django.utils import timezone

from complaints.base.catchments import kilometres
from complaints.base.officialfiles import Area, PostcodeRow
from complaints.base.outlines import Outlines
from complaints.base.placenames import LIMIT, key, short, slug
from complaints.places import atlas, queries
from complaints.places.atlas import Atlas
from complaints.places.models import Boundary, Edition, Kind, Lookup, Place, Postcode

NAMESAKE_KM = 15.0
BESIDE_KM = 10.0
BATCH = 2000
LOOKUPS_AN_HOUR = 500
LOOKUPS_KEPT = timedelta(days=90)


@transaction.atomic
def replace_laender(*, areas: Sequence[Area], source: str) -> int:
    """Gives the 16 Länder the outlines of the file; returns how many. Raises KeyError for an unknown key."""
    laender = {land.code: land for land in Place.objects.laender()}
    for area in areas:
        _store_outline(laender[area.code], area, source)
    new_edition(f"Outlines of {len(areas)} Länder: {source}")
    return len(areas)


@transaction.atomic
def replace_districts(*, areas: Sequence[Area], source: str) -> int:
    """Makes the Kreise of the file those of the site and puts every town into one; returns how many Kreise.

    A Kreis that exists keeps its address. One that is not in the file loses its outline now and goes away with
    `drop_old_districts`, when no report lies in it any more.
    """
    laender = {land.code: land for land in Place.objects.laender()}
    known = {place.code: place for place in Place.objects.districts()}
    taken = set(Place.objects.exclude(kind=Kind.LAND).values_list("land_id", "slug"))
    for area in areas:
        middle = area.outline.representative_point()
        place = known.get(area.code) or Place(kind=Kind.DISTRICT, code=area.code)
        place.name, place.land = area.title, laender[area.code[:2]]
        place.latitude, place.longitude = round(middle.y, 4), round(middle.x, 4)
        if place.pk is None:
            place.slug = _free_slug(area, place.land.pk, taken)
        place.save()
        _store_outline(place, area, source)
    Boundary.objects.filter(place__kind=Kind.DISTRICT).exclude(place__code__in=[area.code for area in areas]).delete()
    _place_towns(Outlines(atlas.outlines(Kind.DISTRICT)))
    new_edition(f"{len(areas)} Kreise: {source}")
    return len(areas)


def _free_slug(area: Area, land: int, taken: set[tuple[int, str]]) -> str:
    wanted = slug(f"Stadt {area.name}" if area.is_city else area.title)
    chosen = wanted if (land, wanted) not in taken else f"{wanted}-{area.code}"
    taken.add((land, chosen))
    return chosen


def _store_outline(place: Place, area: Area, source: str) -> None:
    values = {"outline": shapely.to_wkb(area.outline), "source": source}
    Boundary.objects.update_or_create(place=place, defaults=values)


def _place_towns(districts: Outlines) -> None:
    """Towns belong to the Kreis that holds their middle, else to the nearest one close by."""
    towns = list(Place.objects.towns().only("pk", "latitude", "longitude", "parent_id"))
    changed = []
    for town in towns:
        at = (town.latitude, town.longitude)
        district = districts.holding(*at) or districts.nearest(*at, BESIDE_KM)
        if town.parent_id != district:
            town.parent_id = district
            changed.append(town)
    Place.objects.bulk_update(changed, ["parent"], batch_size=BATCH)


@transaction.atomic
def drop_old_districts(*, codes: Sequence[str]) -> int:
    """Removes the Kreise that are not among the keys; no report may lie in one any more. Returns how many."""
    old = Place.objects.districts().exclude(code__in=codes)
    Place.objects.filter(parent__in=old).update(parent=None)
    number, _ = old.delete()
    if number:
        new_edition("Kreise that no longer exist removed")
    return number


@transaction.atomic
def set_population(*, inhabitants: Mapping[str, int], cities: Sequence[str], source: str) -> int:
    """Sets the inhabitants of Kreise, of the towns that are one (`cities`: keys) and of Länder; returns how many.

    A Land gets the sum of its Kreise if the table names all of them.
    """
    changed = [place for place in Place.objects.districts() if place.code in inhabitants]
    for district in changed:
        district.population = inhabitants[district.code or ""]
    towns = [town for district in changed if district.code in cities and (town := _town_of(district))]
    laender = [land for land in Place.objects.laender() if _sum_up(land, inhabitants)]
    every = [*changed, *towns, *laender]
    for place in every:
        place.population_source = source
    Place.objects.bulk_update(every, ["population", "population_source"], batch_size=BATCH)
    new_edition(f"Inhabitants of {len(every)} places: {source}")
    return len(every)


def _town_of(city: Place) -> Place | None:
    """The town that a kreisfreie Stadt is: its namesake in it, else its largest; with the city's inhabitants."""
    towns = list(Place.objects.towns().filter(parent=city).order_by("-population", "pk"))
    wanted = key(short(city.name))
    town = next((town for town in towns if key(short(town.name)) == wanted), towns[0] if towns else None)
    if town is not None:
        town.population = city.population
    return town


def _sum_up(land: Place, inhabitants: Mapping[str, int]) -> bool:
    codes = Place.objects.districts().filter(land=land).values_list("code", flat=True)
    if not codes or any(code not in inhabitants for code in codes):
        return False
    land.population = sum(inhabitants[code] for code in codes if code)
    return True


@transaction.atomic
def replace_postcodes(*, rows: Sequence[PostcodeRow]) -> int:
    """Makes the rows the postcodes of the site, each tied to its town; returns how many there are afterwards."""
    known = atlas.current()
    found: dict[tuple[str, str], Postcode] = {}
    for row in rows:
        town, name = _town_at(known, row)
        values = {"latitude": row.latitude, "longitude": row.longitude, "town_id": town, "district_code": row.district}
        if town is not None:
            found.setdefault((row.code, name), Postcode(code=row.code, name=name, **values))
    Postcode.objects.all().delete()
    Postcode.objects.bulk_create(found.values(), batch_size=BATCH)
    new_edition(f"{len(found)} postcodes")
    return len(found)


def _town_at(known: Atlas, row: PostcodeRow) -> tuple[int | None, str]:
    """The town of a postcode row and the name to show: its namesake close by, else the town at the point."""
    if row.name:
        for hit in known.gazetteer.search(row.name, limit=40).hits:
            entry = hit.entry
            away = kilometres(row.latitude, row.longitude, entry.latitude, entry.longitude)
            if away < NAMESAKE_KM and key(short(entry.name)) == key(short(row.name)):
                return entry.parent or entry.id, row.name
    there = known.locate(row.latitude, row.longitude)
    if there is None or there.town_id is None:
        return None, row.name
    return there.town_id, row.name or known.gazetteer.entries[there.town_id].name


def new_edition(what: str) -> None:
    """Tells every process to load the place data again, this one as soon as the change is committed."""
    Edition.objects.create(what=what[:200])
    atlas.forget()
    transaction.on_commit(atlas.forget)


@transaction.atomic
def note_lookup(*, text: str) -> bool:
    """Notes a place that was not found; False if it is known already, empty, or too many were noted this hour."""
    name = text.strip()[:LIMIT]
    Lookup.objects.filter(asked_at__lt=timezone.now() - LOOKUPS_KEPT).delete()
    recent = Lookup.objects.filter(asked_at__gte=timezone.now() - timedelta(hours=1)).count()
    if not key(name) or recent >= LOOKUPS_AN_HOUR:
        return False
    _, is_new = Lookup.objects.get_or_create(key=key(name), defaults={"text": name})
    return is_new


def keep_answer(*, text: str, label: str, latitude: float, longitude: float) -> None:
    """Keeps what the service said about a noted place, if it lies in a covered Land; safe to repeat."""
    if queries.locate(latitude, longitude) is not None:
        values = {"label": label[:200], "latitude": latitude, "longitude": longitude, "answered_at": timezone.now()}
        Lookup.objects.filter(key=key(text.strip()[:LIMIT])).update(**values)
