"""Advertisers, and the people who book for them; a carrier may be one, and so may anybody else who pays."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from complaints.carriers.models import Carrier
from operators.members.models import Membership, Role, User


class Advertiser(models.Model):
    """Who pays for ads. `payer` is the name that every ad shows; `is_house` marks the site itself.

    Advertisers of the same `branch` are rivals. `own_posts_until` is the last day on which the pages of the carrier's
    own posts show no rival, an option of the price list.
    """

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("short name"), max_length=40, unique=True)
    payer = models.CharField(_("payer, as the ads name it"), max_length=60)
    carrier = models.ForeignKey(
        Carrier, verbose_name=_("carrier"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    branch = models.SlugField(_("branch; rivals have the same"), max_length=40, blank=True)
    is_house = models.BooleanField(_("the site itself"), default=False)
    own_posts_until = models.DateField(_("own posts without rivals until"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("advertiser")
        verbose_name_plural = _("advertisers")
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint("carrier", name="carrier_is_one_advertiser"),
            models.UniqueConstraint("is_house", condition=Q(is_house=True), name="house_is_one_advertiser"),
            models.CheckConstraint(condition=~Q(payer=""), name="advertiser_names_a_payer"),
        ]

    def __str__(self) -> str:
        return self.name


class SeatQuerySet(models.QuerySet["Seat"]):
    def current(self) -> Self:
        """Seats that give access now."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=timezone.now()))


class Seat(models.Model):
    """That a user may book for an advertiser, until it ends."""

    user = models.ForeignKey(User, verbose_name=_("user"), on_delete=models.CASCADE, related_name="seats")
    advertiser = models.ForeignKey(
        Advertiser, verbose_name=_("advertiser"), on_delete=models.PROTECT, related_name="seats"
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat of an advertiser")
        verbose_name_plural = _("seats of advertisers")
        constraints = [models.UniqueConstraint("user", "advertiser", name="seat_is_one_row_a_person")]

    def __str__(self) -> str:
        return f"{self.user} · {self.advertiser}"


def advertisers_of(user: User | AnonymousUser) -> "models.QuerySet[Advertiser]":
    """The advertisers for whom somebody may book now: by a seat, or as a carrier's advertiser. Site staff have all."""
    if not isinstance(user, User) or not user.is_active:
        return Advertiser.objects.none()
    if user.is_site_staff:
        return Advertiser.objects.all()
    seats = Seat.objects.current().filter(user=user)
    roles = Membership.objects.current().filter(user=user, role=Role.ADVERTISER)
    return Advertiser.objects.filter(Q(pk__in=seats.values("advertiser")) | Q(carrier__in=roles.values("carrier")))
