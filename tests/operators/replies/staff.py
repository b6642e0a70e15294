"""People who answer, for the tests of the inbox."""

from django.test import Client

from complaints.carriers.models import Carrier
from operators.members.models import Membership, Role, User


def a_member(name: str = "max", carrier: str = "o2", role: Role = Role.REPLIER) -> User:
    user = User.objects.create(username=name, first_name=name.title(), is_staff=True)
    Membership.objects.create(user=user, carrier=Carrier.objects.get(slug=carrier), role=role)
    return user


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
