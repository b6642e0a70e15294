"""Managers change roles and end memberships, within their own carrier and never against the site's own people."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from complaints.carriers.models import Carrier
from operators.members.models import Membership, StaffSession, User
from operators.team import actions, queries
from tests.builders import a_member, site_staff
from tests.operators.team.test_invitations import TEAM, roles_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client: Client) -> User:
    user = a_member("o2", "manager")
    client.force_login(user)
    return user


def own(user: User) -> int:
    return user.memberships.order_by("pk").first().pk  # type: ignore[union-attr]


def test_it_lists_colleagues_with_what_a_manager_needs_to_know(client: Client, manager: User) -> None:
    a_member("o2", "replier", "author")
    a_member("telekom", "replier")
    page = client.get(TEAM).content.decode()
    assert "replier-author@o2" in page
    assert "zweiter Faktor: nein" in page
    assert "noch nie angemeldet" in page
    assert "replier@telekom" not in page


def test_the_list_takes_the_same_queries_for_many(
    client: Client, manager: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    carrier = Carrier.objects.get(slug="o2")
    for number in range(20):
        user = User.objects.create_user(f"p{number}")
        Membership.objects.create(user=user, carrier=carrier, role="author")
    with django_assert_num_queries(1):
        assert len(queries.team(carrier)) == 21


def test_it_sets_roles(client: Client, manager: User) -> None:
    paula = a_member("o2", "replier")
    assert client.post(f"{TEAM}{own(paula)}/", {"roles": ["author", "manager"]}).status_code == 302
    assert roles_of(paula) == {"author", "manager"}
    assert client.post(f"{TEAM}{paula.memberships.get(role='author').pk}/", {"roles": []}).status_code == 422
    assert roles_of(paula) == {"author", "manager"}


def test_an_ended_role_begins_anew(manager: User) -> None:
    paula, carrier = a_member("o2", "replier"), Carrier.objects.get(slug="o2")
    for roles in (["author"], ["replier"]):
        actions.set_roles(user=paula, carrier=carrier, roles=roles, by=manager)
        assert roles_of(paula) == set(roles)


def test_ending_asks_first_then_shuts_every_session(client: Client, manager: User) -> None:
    paula, hers = a_member("o2", "replier"), Client()
    hers.force_login(paula)
    address = f"{TEAM}{own(paula)}/ende/"
    assert "überall abgemeldet" in client.get(address).content.decode()
    assert hers.get("/intern/").status_code == 200
    assert client.post(address).status_code == 302
    assert not StaffSession.objects.filter(user=paula).exists()
    assert hers.get("/intern/").headers["Location"].startswith("/intern/login/")


def test_sessions_stay_where_somebody_belongs_elsewhere(manager: User) -> None:
    paula, hers = a_member("o2", "replier"), Client()
    Membership.objects.create(user=paula, carrier=Carrier.objects.get(slug="telekom"), role="author")
    hers.force_login(paula)
    actions.set_roles(user=paula, carrier=Carrier.objects.get(slug="o2"), roles=[], by=manager)
    assert hers.get("/intern/").status_code == 200
    assert hers.get("/intern/postfach/?anbieter=o2").status_code == 404


def test_the_last_manager_stays(client: Client, manager: User) -> None:
    for answer in (
        client.post(f"{TEAM}{own(manager)}/ende/"),
        client.post(f"{TEAM}{own(manager)}/", {"roles": ["author"]}),
    ):
        assert answer.status_code == 422
        assert "niemand mehr da, der das Team leitet" in answer.content.decode()
    assert roles_of(manager) == {"manager"}
    second = User.objects.create_user("zweite")
    Membership.objects.create(user=second, carrier=Carrier.objects.get(slug="o2"), role="manager")
    assert client.post(f"{TEAM}{own(manager)}/", {"roles": ["author"]}).status_code == 302


def test_a_shut_account_is_no_other_manager(client: Client, manager: User) -> None:
    second = User.objects.create_user("zweite", is_active=False)
    Membership.objects.create(user=second, carrier=Carrier.objects.get(slug="o2"), role="manager")
    assert client.post(f"{TEAM}{own(manager)}/ende/").status_code == 422


def test_another_carriers_people_are_not_there(client: Client, manager: User) -> None:
    foreign = a_member("telekom", "replier")
    for page in ("", "ende/"):
        assert client.get(f"{TEAM}{own(foreign)}/{page}").status_code == 404
        assert client.post(f"{TEAM}{own(foreign)}/{page}", {"roles": ["author"]}).status_code == 404
    assert roles_of(foreign) == {"replier"}


def test_the_sites_own_people_are_not_touched(client: Client, manager: User) -> None:
    staff = site_staff()
    Membership.objects.create(user=staff, carrier=Carrier.objects.get(slug="o2"), role="author")
    assert "Gehört zum Team dieser Seite" in client.get(TEAM).content.decode()
    for page in ("", "ende/"):
        assert client.post(f"{TEAM}{own(staff)}/{page}", {"roles": ["replier"]}).status_code == 404
    with pytest.raises(actions.SiteStaffError):
        actions.set_roles(user=staff, carrier=Carrier.objects.get(slug="o2"), roles=[], by=manager)
    assert roles_of(staff) == {"author"}


def test_an_ended_membership_has_no_page(client: Client, manager: User) -> None:
    paula = a_member("o2", "replier")
    paula.memberships.update(ends_at=timezone.now())
    assert client.get(f"{TEAM}{own(paula)}/").status_code == 404
