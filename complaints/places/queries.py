"""What the site knows about places: search as people type, and what lies at a point. Everything from memory."""

from dataclasses import dataclass

from django.conf import settings
from geopy.adapters import URLLibAdapter
from geopy.geocoders import Nominatim, Photon
from geopy.geocoders.base import Geocoder

from complaints.base.gazetteer import Hit
from complaints.base.geocoder import LocalGeocoder
from complaints.base.placenames import key
from complaints.places import atlas
from complaints.places.atlas import Whereabouts
from complaints.places.models import Kind, Lookup, Place

__all__ = ["Found", "Match", "Whereabouts", "breadcrumbs", "geocoder", "locate", "place_by_slugs", "search"]

LOCAL = "local"
SERVICE_SECONDS = 2


@dataclass(frozen=True)
class Match:
    """A place found for a text; `precision` is a value of reports.models.Precision."""

    label: str
    name: str
    latitude: float
    longitude: float
    precision: str
    land_id: int
    district_id: int | None
    town_id: int | None
    quarter_id: int | None
    population: int
    place_id: int | None

    @property
    def key(self) -> str:
        """How a form names this place in a choice."""
        return f"{self.latitude:.3f},{self.longitude:.3f},{self.precision}"


@dataclass(frozen=True)
class Found:
    """Places found for a text, best first; `certain`: the first can be taken without asking."""

    matches: tuple[Match, ...]
    certain: bool


def search(text: str, limit: int = 8) -> Found:
    """The places a typed text may mean, best first; nothing found is an empty Found."""
    answer = atlas.current().gazetteer.search(text, limit)
    if not answer.hits and settings.GEOCODER[0] != LOCAL:
        return _looked_up(text)
    return Found(tuple(_match(hit) for hit in answer.hits), answer.certain)


def _match(hit: Hit) -> Match:
    entry, area = hit.entry, hit.postcode
    is_quarter = entry.kind == Kind.QUARTER
    return Match(
        label=hit.label,
        name=area.name if area else entry.name,
        latitude=area.latitude if area else entry.latitude,
        longitude=area.longitude if area else entry.longitude,
        precision="postcode" if area else entry.kind,
        land_id=entry.land,
        district_id=entry.district,
        town_id=entry.parent if is_quarter else entry.id,
        quarter_id=entry.id if is_quarter else None,
        population=entry.population,
        place_id=entry.id,
    )


def _looked_up(text: str) -> Found:
    """What the geocoding service answered when the same text was typed before; one query."""
    row = Lookup.objects.filter(key=key(text), latitude__isnull=False).first()
    there = (
        locate(row.latitude, row.longitude) if row and row.latitude is not None and row.longitude is not None else None
    )
    if row is None or there is None:
        return Found((), certain=False)
    match = Match(
        label=row.label,
        name=row.text,
        latitude=row.latitude or 0.0,
        longitude=row.longitude or 0.0,
        precision=Kind.TOWN,
        land_id=there.land_id,
        district_id=there.district_id,
        town_id=there.town_id,
        quarter_id=there.quarter_id,
        population=0,
        place_id=there.quarter_id or there.town_id or there.land_id,
    )
    return Found((match,), certain=False)


def geocoder() -> Geocoder:
    """The geocoder of the settings behind geopy's interface; Nominatim and Photon wait at most two seconds.

    Never to be asked inside a web request unless it is the local one.
    """
    service, host = settings.GEOCODER
    if service == LOCAL:
        return LocalGeocoder(
            lambda text, limit: [
                (found.label, found.latitude, found.longitude) for found in search(text, limit).matches
            ],
            _label_at,
        )
    scheme, _, domain = host.partition("://")
    # geopy's other adapter would retry and wait as long as the service likes.
    options = {"scheme": scheme, "domain": domain, "timeout": SERVICE_SECONDS, "adapter_factory": URLLibAdapter}
    return {"nominatim": Nominatim, "photon": Photon}[service](user_agent="einzelfall", **options)


def knows_postcodes() -> bool:
    """Whether `load_postcodes` has run."""
    return atlas.current().gazetteer.knows_postcodes


def locate(latitude: float, longitude: float) -> Whereabouts | None:
    """What lies at a point in degrees, None outside of the covered Länder (and for NaN)."""
    return atlas.current().locate(latitude, longitude)


def _label_at(latitude: float, longitude: float) -> str | None:
    there = locate(latitude, longitude)
    return there.label if there else None


def place_by_slugs(land: str, place: str) -> Place:
    """The place of an address /ort/<land>/<place>/; raises Place.DoesNotExist."""
    return Place.objects.select_related("land", "parent").get(land__slug=land, slug=place)


def breadcrumbs(place: Place) -> list[Place]:
    """The places around a place, biggest first; a city that is also a Kreis or a Land stands there once."""
    above: list[Place] = []
    parent = place.parent
    while parent is not None and len(above) < 3:
        if parent.name != place.name:
            above.insert(0, parent)
        parent = parent.parent
    land = place.land
    return above if land is None or land.name in {place.name, *(other.name for other in above)} else [land, *above]
