"""The people who can log in to the demo; never made in production."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from complaints.carriers.models import Carrier
from operators.members.models import Membership, Role, User
from operators.team.models import LIFE, Invitation


class ProductionError(RuntimeError):
    """Accounts with public passwords must not exist on a real site."""


@dataclass(frozen=True)
class Login:
    """A demo account: what to type, and who it is (German, for the start message)."""

    username: str
    password: str
    says: str


@dataclass(frozen=True)
class _Person:
    login: Login
    first_name: str
    carrier: str
    roles: tuple[Role, ...]


_PEOPLE = (
    _Person(Login("admin", "einzelfall-admin", "Betrieb der Seite"), "", "", ()),
    _Person(
        Login("max@o2", "einzelfall-max", "Max von O2, schreibt und antwortet"),
        "Max",
        "o2",
        (Role.REPLIER, Role.AUTHOR),
    ),
    _Person(
        Login("werbung@telekom", "einzelfall-werbung", "Werbung der Telekom, sieht nur ihren Anbieter"),
        "Wiebke",
        "telekom",
        (Role.ADVERTISER,),
    ),
    _Person(
        Login("team@vodafone", "einzelfall-team", "Team von Vodafone, leitet und schreibt"),
        "Toni",
        "vodafone",
        (Role.MANAGER,),
    ),
)
LOGINS: tuple[Login, ...] = tuple(person.login for person in _PEOPLE)


def make_staff() -> int:
    """Makes the demo accounts that do not exist yet, with their roles; returns how many. Safe to repeat.

    An account that exists keeps its password. Raises ProductionError.
    """
    if settings.PRODUCTION:
        raise ProductionError("Demo accounts are never made in production.")
    made = sum(_make(person) for person in _PEOPLE)
    _invite()
    return made


def _invite() -> None:
    """An open invitation of Vodafone's manager, to be seen below the team; no mail is sent."""
    now, by = timezone.now(), User.objects.get(username="team@vodafone")
    defaults = {"roles": [Role.REPLIER, Role.AUTHOR], "invited_by": by, "sent_at": now, "expires_at": now + LIFE}
    vodafone = Carrier.objects.get(slug="vodafone")
    Invitation.objects.get_or_create(carrier=vodafone, email="vera@vodafone.example", defaults=defaults)


def _make(person: _Person) -> bool:
    user, created = User.objects.get_or_create(
        username=person.login.username,
        defaults={
            "first_name": person.first_name,
            "is_staff": not person.carrier,
            "is_superuser": not person.carrier,
            "demo_at": timezone.now(),
        },
    )
    if created:
        user.set_password(person.login.password)
        user.save()
    for role in person.roles:
        Membership.objects.get_or_create(user=user, carrier=Carrier.objects.get(slug=person.carrier), role=role)
    return created
