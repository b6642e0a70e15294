"""Members: the people who log in, and the carriers they speak for."""

from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from complaints.carriers.models import Carrier


class User(AbstractUser):
    """Somebody who logs in: the site's own staff, carrier staff or an advertiser. Customers need no account.

    `demo_at` marks an account that the demo has made, with a password everybody knows.
    """

    demo_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    @property
    def called(self) -> str:
        """What to call somebody among colleagues."""
        return self.first_name or self.username

    @property
    def signature(self) -> str:
        """The name over what somebody writes for a carrier: the first name, or the log-in without what follows an @."""
        return (self.first_name or self.username.partition("@")[0])[:60]

    @property
    def is_site_staff(self) -> bool:
        """Whether somebody belongs to the site itself; who was ever anybody else's must be superuser for that."""
        if not self.is_active:
            return False
        return self.is_superuser or (self.is_staff and not self.memberships.exists() and not self.seats.exists())

    @property
    def skips_second_factor(self) -> bool:
        """Demo accounts need none, except in production."""
        return self.demo_at is not None and not settings.PRODUCTION

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Django's permissions are for the site's staff; members of a carrier have their roles instead."""
        return self.is_site_staff and super().has_perm(perm, obj)

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_site_staff and super().has_module_perms(app_label)


class Role(models.TextChoices):
    AUTHOR = "author", _p("role", "author")
    REPLIER = "replier", _p("role", "replier")
    MANAGER = "manager", _p("role", "manager")
    ADVERTISER = "advertiser", _p("role", "advertiser")


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> Self:
        """Memberships that give access now."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=timezone.now()))


class Membership(models.Model):
    """A user's role at a carrier, until it ends."""

    user = models.ForeignKey(User, verbose_name=_("user"), on_delete=models.CASCADE, related_name="memberships")
    carrier = models.ForeignKey(Carrier, verbose_name=_("carrier"), on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("colleagues")
        constraints = [
            models.UniqueConstraint("user", "carrier", "role", name="membership_is_one_row_a_role"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.carrier} · {self.get_role_display()}"


class SessionManager(BaseSessionManager["StaffSession"]):
    def of(self, user: User) -> models.QuerySet["StaffSession"]:
        """The sessions that are open, the one in use last first."""
        return self.filter(user=user, expire_date__gt=timezone.now()).order_by("-used_at")


class StaffSession(AbstractBaseSession):
    """A session of the workplace; `user` is empty during the log-in. Made by operators/members/sessions.py only."""

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions")
    device = models.CharField(max_length=60, blank=True)
    started_at = models.DateTimeField()
    used_at = models.DateTimeField()

    objects = SessionManager()  # type: ignore[misc]  # the abstract base declares its own

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
