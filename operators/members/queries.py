"""What a logged-in person may do, read anew for every request."""

from django.contrib.auth.models import AnonymousUser

from complaints.carriers.models import Carrier, CarrierQuerySet
from operators.members.models import Membership, User


def is_site_staff(user: User | AnonymousUser) -> bool:
    return isinstance(user, User) and user.is_site_staff


def carriers_of(user: User | AnonymousUser, *roles: str) -> CarrierQuerySet:
    """The carriers where somebody has one of the roles now; without roles: any role. Site staff have all carriers."""
    if is_site_staff(user):
        return Carrier.objects.all()
    if not isinstance(user, User) or not user.is_active:
        return Carrier.objects.none()
    current = Membership.objects.current().filter(user=user)
    if roles:
        current = current.filter(role__in=roles)
    return Carrier.objects.filter(pk__in=current.values("carrier"))


def may_enter(user: User | AnonymousUser) -> bool:
    """Whether somebody may open the workplace at all: the site's staff and current members of a carrier."""
    return is_site_staff(user) or carriers_of(user).exists()
