"""Places: Länder, Kreise, towns and quarters, their outlines and postcodes."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    LAND = "land", _("Land")
    DISTRICT = "district", _("Kreis")
    TOWN = "town", _("town")
    QUARTER = "quarter", _("quarter")


class PlaceQuerySet(models.QuerySet["Place"]):
    def laender(self) -> Self:
        return self.filter(kind=Kind.LAND)

    def districts(self) -> Self:
        return self.filter(kind=Kind.DISTRICT)

    def towns(self) -> Self:
        return self.filter(kind=Kind.TOWN)


class Place(models.Model):
    """A Land, Kreis, town or quarter; its page is /ort/<land>/<place>/."""

    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("short name"), max_length=120)
    land = models.ForeignKey(
        "self", verbose_name=_("Land"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    parent = models.ForeignKey(
        "self", verbose_name=_("belongs to"), null=True, blank=True, on_delete=models.SET_NULL, related_name="parts"
    )
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    population = models.PositiveIntegerField(_("inhabitants"), default=0)
    population_source = models.CharField(_("source of the inhabitants"), max_length=80, blank=True)
    code = models.CharField(_("official key (AGS)"), max_length=12, null=True, blank=True, unique=True)
    geoname = models.PositiveIntegerField(_("GeoNames number"), null=True, blank=True, unique=True)
    aliases = models.TextField(_("other names"), blank=True, help_text=_("One a line."))

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint("land", "slug", name="place_slug_is_unique_in_its_land"),
            models.UniqueConstraint("slug", condition=Q(kind="land"), name="land_slug_is_unique"),
            models.CheckConstraint(
                condition=Q(kind="land") ^ Q(land__isnull=False), name="place_has_a_land_unless_it_is_one"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("land", "district", "town", "quarter")), name="place_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Boundary(models.Model):
    """The outline of a Land or Kreis as well-known binary, WGS84 longitude and latitude."""

    place = models.OneToOneField(Place, on_delete=models.CASCADE, related_name="boundary", primary_key=True)
    outline = models.BinaryField()
    source = models.CharField(max_length=120)


class Postcode(models.Model):
    """A postcode area's middle and the town it belongs to; several rows a postcode where it spans towns."""

    code = models.CharField(max_length=5)
    name = models.CharField(max_length=120)
    latitude = models.FloatField()
    longitude = models.FloatField()
    town = models.ForeignKey(Place, null=True, on_delete=models.SET_NULL, related_name="+")
    district_code = models.CharField(max_length=5, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("code", "name", name="postcode_names_a_town_once"),
        ]


class Edition(models.Model):
    """One loading of place data; the newest number tells every process which data it should have in memory."""

    loaded_at = models.DateTimeField(auto_now_add=True)
    what = models.CharField(max_length=200)


class Lookup(models.Model):
    """A typed place that the gazetteer does not know, and what the operator's geocoding service said about it."""

    key = models.CharField(max_length=240, unique=True)
    text = models.CharField(max_length=120)
    asked_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True)
    label = models.CharField(max_length=200, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False, answered_at__isnull=False),
                name="lookup_has_both_coordinates_or_none",
            )
        ]
        indexes = [models.Index(fields=("asked_at",), name="lookups_by_time")]
