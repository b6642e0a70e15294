"""What a logged-in person may do, read anew for every request."""

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser

from complaints.carriers.models import Carrier, CarrierQuerySet
from operators.members.advertisers import advertisers_of
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


def belongs(user: User | AnonymousUser) -> bool:
    """Whether somebody is of the site's staff, a current member of a carrier or has a seat of an advertiser."""
    return is_site_staff(user) or carriers_of(user).exists() or advertisers_of(user).exists()


def lacks_second_factor(user: User | AnonymousUser) -> bool:
    """Whether somebody has to set up an app or a passkey first; recovery codes alone do not do."""
    if not isinstance(user, User) or user.skips_second_factor:
        return not isinstance(user, User)
    factors = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return not Authenticator.objects.filter(user=user, type__in=factors).exists()


def may_enter(user: User | AnonymousUser) -> bool:
    """Whether somebody may open the workplace at all."""
    return belongs(user) and not lacks_second_factor(user)
