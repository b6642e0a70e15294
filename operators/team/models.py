"""Invitations: a manager asks a colleague in by e-mail."""

from datetime import timedelta
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from complaints.base.keys import is_key, key_for
from complaints.carriers.models import Carrier
from operators.members.models import Role, User

LIFE = timedelta(days=7)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def pending(self) -> Self:
        """Neither accepted nor withdrawn; the link may have expired."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def valid(self) -> Self:
        """Those whose link works now."""
        return self.pending().filter(expires_at__gt=timezone.now())


class Invitation(models.Model):
    """Roles at a carrier, offered to an e-mail address.

    The key in the link is made of the number and of how often the mail was sent, so the newest link alone works and no
    key is stored. `accepted_by` is the account that took it.
    """

    carrier = models.ForeignKey(Carrier, verbose_name=_("carrier"), on_delete=models.PROTECT, related_name="+")
    email = models.EmailField(_("e-mail address"))
    roles = ArrayField(models.CharField(max_length=10, choices=Role.choices), verbose_name=_("roles"))
    invited_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    sends = models.PositiveSmallIntegerField(default=1)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField(_("valid until"))
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                "carrier",
                Lower("email"),
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="address_is_invited_once_to_a_carrier",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None), name="invitation_is_not_accepted_and_withdrawn"
            ),
            models.CheckConstraint(condition=Q(roles__len__gte=1), name="invitation_offers_a_role"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("sent_at")), name="invitation_expires_after_sending"),
        ]
        indexes = [models.Index(fields=("carrier", "sent_at"), name="invitations_sent_lately")]

    def __str__(self) -> str:
        return f"{self.email} · {self.carrier}"

    @property
    def role_names(self) -> list[str]:
        return [str(Role(role).label) for role in self.roles]

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()

    @property
    def key(self) -> str:
        return key_for(f"invitation-{self.sends}", self.pk)

    def state(self, key: str) -> str:
        """What a key in a link opens: "valid", a reason why it does not, or "" if it is no key of this invitation."""
        if not any(is_key(key, f"invitation-{sent}", self.pk) for sent in range(1, self.sends + 1)):
            return ""
        if self.accepted_at or self.withdrawn_at:
            return "accepted" if self.accepted_at else "withdrawn"
        if key != self.key:
            return "replaced"
        return "expired" if self.is_expired else "valid"
