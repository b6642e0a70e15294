"""Who enters the workplace, and what its shared addresses tell."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.utils import timezone

from complaints.places.models import Place
from complaints.reports.models import Report
from operators.members.models import Membership, User
from tests.builders import a_member, a_report, a_town, site_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def replier(client: Client) -> User:
    user = a_member("o2", "replier")
    client.force_login(user)
    return user


def test_a_member_enters_without_djangos_staff_mark(client: Client, replier: User) -> None:
    assert not replier.is_staff
    assert client.get("/intern/").status_code == 200


def test_an_ended_membership_shuts_the_door_at_the_next_request(client: Client, replier: User) -> None:
    replier.memberships.update(ends_at=timezone.now())
    assert client.get("/intern/", follow=True).status_code == 403


def test_one_without_a_membership_does_not_enter(client: Client) -> None:
    client.force_login(User.objects.create_user("fremd"))
    assert client.get("/intern/", follow=True).status_code == 403


def test_the_staff_mark_of_a_former_member_opens_nothing(client: Client, replier: User) -> None:
    User.objects.update(is_staff=True)
    Membership.objects.update(ends_at=timezone.now())
    assert client.get("/intern/", follow=True).status_code == 403


def test_djangos_permissions_do_not_count_for_members(replier: User) -> None:
    User.objects.filter(pk=replier.pk).update(is_staff=True)
    assert not User.objects.get(pk=replier.pk).has_module_perms("complaints")
    assert site_staff().has_perm("complaints.change_report")


def test_a_guessed_address_is_not_there_whether_the_row_is_or_not(client: Client, replier: User) -> None:
    report = a_report()
    addresses = ("report/", f"report/{report.number}/change/", "report/999999/change/", "carrier/add/")
    assert [client.get(f"/intern/complaints/{page}").status_code for page in addresses] == [404] * 4


def test_the_address_of_a_public_page_asks_the_rows_own_admin_first(client: Client, replier: User) -> None:
    report = a_report()
    kind = ContentType.objects.get_for_model(Report).pk
    user_kind = ContentType.objects.get_for_model(User).pk
    assert client.get(f"/intern/r/{kind}/{report.number}/").status_code == 404
    assert client.get(f"/intern/r/{user_kind}/{replier.pk}/").status_code == 404
    assert client.get("/intern/r/99999/1/").status_code == 404
    client.force_login(site_staff())
    assert client.get(f"/intern/r/{kind}/{report.number}/").status_code == 302


def test_anybody_inside_may_look_up_places_and_nothing_else(client: Client, replier: User) -> None:
    town = a_town()
    look_up = {"app_label": "complaints", "model_name": "place", "field_name": "parent", "term": town.name}
    found = client.get("/intern/autocomplete/", look_up).json()
    assert str(town.pk) in {row["id"] for row in found["results"]}
    assert client.get(
        "/intern/autocomplete/", look_up | {"model_name": "report", "field_name": "carrier"}
    ).status_code in (403, 404)
    assert client.get("/intern/complaints/place/").status_code == 404
    assert Place.objects.exists()


def test_the_password_is_changed_on_the_sites_own_page(client: Client, replier: User) -> None:
    assert client.get("/intern/password_change/").headers["Location"] == "/intern/konto/password/change/"


def test_the_start_page_shows_nobodys_doings(client: Client) -> None:
    """Django's log of deeds beside the tables is left out."""
    advertiser = a_member("telekom", "advertiser")
    client.force_login(advertiser)
    for user, words in ((advertiser, "eigene-tat"), (site_staff(), "fremde-tat")):
        LogEntry.objects.create(user=user, action_flag=2, object_repr=words, content_type=None, object_id="1")
    page = client.get("/intern/").content.decode()
    assert "eigene-tat" not in page
    assert "fremde-tat" not in page
