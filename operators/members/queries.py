"""What a logged-in person may do, read anew for every request."""

from django.contrib.auth.models import AnonymousUser

from complaints.carriers.models import Carrier, CarrierQuerySet
from operators.members.models import Membership, User


def is_site_staff(user: User | AnonymousUser) -> bool:
    """Whether somebody belongs to the site itself; who was ever a carrier's member needs to be superuser for that."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return user.is_superuser or (user.is_staff and not user.memberships.exists())


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
