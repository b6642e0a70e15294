"""A manager invites a colleague, who joins by the link in the mail; nobody else gets anything from it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from complaints.base.keys import key_for
from complaints.carriers.models import Carrier
from operators.members.models import Membership, User
from operators.team import actions, queries
from operators.team.models import LIFE, Invitation
from tests.builders import a_member, site_staff

pytestmark = pytest.mark.django_db
TEAM = "/intern/operators/membership/"
EMAIL = "paula@example.org"
PASSWORD = "sehr-geheim-9"
Commits = DjangoCaptureOnCommitCallbacks


@pytest.fixture
def manager(client: Client) -> User:
    user = a_member("o2", "manager")
    client.force_login(user)
    return user


def an_invitation(carrier: str = "o2", email: str = EMAIL, **fields: Any) -> Invitation:
    now = timezone.now()
    defaults = {"roles": ["replier"], "sent_at": now, "expires_at": now + LIFE}
    return Invitation.objects.create(carrier=Carrier.objects.get(slug=carrier), email=email, **defaults | fields)


def link(invitation: Invitation) -> str:
    return f"/intern/einladung/{invitation.pk}/{invitation.key}/"


def roles_of(user: User) -> set[str]:
    return set(Membership.objects.current().filter(user=user).values_list("role", flat=True))


def test_it_mails_a_link_that_makes_an_account(
    client: Client, manager: User, django_capture_on_commit_callbacks: Commits
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(TEAM, {"email": EMAIL, "roles": ["replier", "author"]}, follow=True)
    assert EMAIL in answer.content.decode()
    [letter] = mail.outbox
    assert letter.to == [EMAIL]
    assert "lädt dich ein" in letter.body
    address = re.search(r"http\S+(/intern/einladung/\S+)", str(letter.body))
    assert address
    guest = Client()
    page = guest.get(address[1]).content.decode()
    assert "Willkommen im Team von O2" in page
    answer = guest.post(address[1], {"name": "Paula", "password": PASSWORD})
    assert answer.headers["Location"] == "/intern/mfa/"
    paula = User.objects.get(email=EMAIL)
    assert roles_of(paula) == {"replier", "author"}
    assert (paula.called, paula.is_staff) == ("Paula", False)
    assert guest.get("/intern/").status_code == 200


def test_a_browser_may_send_the_form_of_the_link() -> None:
    """With "no-referrer" a browser sends an origin of null, which the protection against forged forms refuses."""
    client, address = Client(enforce_csrf_checks=True), link(an_invitation())
    page = client.get(address)
    assert page.headers["Referrer-Policy"] == "same-origin"
    data = {"name": "Paula", "password": PASSWORD, "csrfmiddlewaretoken": client.cookies["csrftoken"].value}
    assert client.post(address, data, headers={"origin": "http://testserver"}).status_code == 302


@pytest.mark.usefixtures("second_factor_demanded")
def test_the_new_member_is_led_to_a_second_factor(client: Client) -> None:
    client.post(link(an_invitation()), {"name": "Paula", "password": PASSWORD})
    assert client.get("/intern/", follow=True).redirect_chain[-1][0] == "/intern/mfa/"
    assert client.get("/intern/mfa/totp/activate/").status_code == 200


def test_a_weak_password_or_no_name_is_told_and_nothing_is_made(client: Client) -> None:
    answer = client.post(link(an_invitation()), {"name": "Paula", "password": "paula"})
    assert answer.status_code == 422
    assert 'value="Paula"' in answer.content.decode()
    assert client.post(link(an_invitation(carrier="telekom")), {"password": PASSWORD}).status_code == 422
    assert not User.objects.filter(email=EMAIL).exists()


def test_a_link_works_once(client: Client) -> None:
    address = link(an_invitation())
    client.post(address, {"name": "Paula", "password": PASSWORD})
    other = Client()
    for answer in (other.get(address), other.post(address, {"name": "Eva", "password": PASSWORD})):
        assert answer.status_code == 410
        assert "schon angenommen" in answer.content.decode()
    assert User.objects.filter(email=EMAIL).count() == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"withdrawn_at": timezone.now()}, "zurückgezogen"),
        (
            {"sent_at": timezone.now() - timedelta(days=8), "expires_at": timezone.now() - timedelta(days=1)},
            "abgelaufen",
        ),
    ],
)
def test_a_dead_link_says_why_and_the_way_on(client: Client, change: dict[str, Any], words: str) -> None:
    address = link(an_invitation(**change))
    for answer in (client.get(address), client.post(address, {"name": "P", "password": PASSWORD})):
        assert answer.status_code == 410
        assert words in answer.content.decode()
        assert "/intern/konto/login/" in answer.content.decode()
    assert not User.objects.exists()


def test_a_second_mail_ends_the_first_link(client: Client, manager: User) -> None:
    invitation = an_invitation()
    old = link(invitation)
    client.post(f"/intern/operators/invitation/{invitation.pk}/erneut/")
    invitation.refresh_from_db()
    client.logout()
    assert "neuere Einladung" in client.get(old).content.decode()
    assert client.get(link(invitation)).status_code == 200


def test_a_forged_key_opens_nothing(client: Client) -> None:
    invitation = an_invitation()
    for key in ("x", key_for("invitation-2", invitation.pk), key_for("invitation-1", invitation.pk + 1)):
        assert client.get(f"/intern/einladung/{invitation.pk}/{key}/").status_code == 404
    assert client.get(f"/intern/einladung/{1 << 70}/x/").status_code == 404


def test_who_is_logged_in_accepts_with_one_button(client: Client) -> None:
    wiebke = a_member("telekom", "advertiser")
    client.force_login(wiebke)
    address = link(an_invitation())
    assert "Du bist als advertiser@telekom angemeldet" in client.get(address).content.decode()
    assert roles_of(wiebke) == {"advertiser"}
    client.post(address)
    assert roles_of(wiebke) == {"advertiser", "replier"}


def test_who_has_an_account_logs_in_first(client: Client) -> None:
    User.objects.create_user("paula", EMAIL, PASSWORD)
    address = link(an_invitation())
    assert "gibt es schon ein Konto" in client.get(address).content.decode()
    answer = client.post(address, {"name": "Eva", "password": PASSWORD})
    assert answer.headers["Location"] == f"/intern/konto/login/?next={address}"
    assert User.objects.count() == 1


def test_a_shut_account_is_not_opened_again(client: Client) -> None:
    User.objects.create_user("paula", EMAIL, PASSWORD, is_active=False)
    answer = client.post(link(an_invitation()), {"name": "Eva", "password": PASSWORD})
    assert (answer.status_code, "Dein Konto ist gesperrt" in answer.content.decode()) == (410, True)


@pytest.mark.parametrize("role", ["author", "replier", "advertiser"])
def test_only_managers_see_the_team(client: Client, role: str) -> None:
    client.force_login(a_member("o2", role))
    assert client.get(TEAM).status_code == 404
    assert client.post(TEAM, {"email": EMAIL, "roles": ["manager"]}).status_code == 404
    assert not Invitation.objects.exists()


def test_nobody_invites_for_another_carrier(client: Client, manager: User) -> None:
    assert client.post(f"{TEAM}?anbieter=telekom", {"email": EMAIL, "roles": ["manager"]}).status_code == 404
    foreign = an_invitation(carrier="telekom")
    for step in ("erneut", "zurueckziehen"):
        assert client.post(f"/intern/operators/invitation/{foreign.pk}/{step}/").status_code == 404
    foreign.refresh_from_db()
    assert (foreign.sends, foreign.withdrawn_at) == (1, None)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"email": "", "roles": ["author"]}, "Eine E-Mail-Adresse fehlt"),
        ({"email": "paula", "roles": ["author"]}, "keine E-Mail-Adresse"),
        ({"email": EMAIL}, "mindestens eine Rolle"),
        ({"email": EMAIL, "roles": ["boss"]}, "boss"),
    ],
)
def test_bad_input_is_told_and_what_was_typed_stays(
    client: Client, manager: User, data: dict[str, object], words: str
) -> None:
    answer = client.post(TEAM, data)
    page = answer.content.decode()
    assert (answer.status_code, words in page) == (422, True)
    assert not data["email"] or f'value="{data["email"]}"' in page
    assert not Invitation.objects.exists()


def test_a_member_is_not_invited_again(client: Client, manager: User) -> None:
    User.objects.update(email=EMAIL)
    assert client.post(TEAM, {"email": EMAIL.upper(), "roles": ["author"]}).status_code == 422


def test_too_many_invitations_wait(client: Client, manager: User) -> None:
    for number in range(queries.PER_CARRIER):
        assert client.post(TEAM, {"email": f"p{number}@example.org", "roles": ["author"]}).status_code == 302
    answer = client.post(TEAM, {"email": EMAIL, "roles": ["author"]})
    assert "Versuch es morgen noch einmal" in answer.content.decode()
    Invitation.objects.update(sent_at=timezone.now() - timedelta(hours=25))
    assert client.post(TEAM, {"email": EMAIL, "roles": ["author"]}).status_code == 302


def test_one_address_is_not_flooded_over_several_carriers() -> None:
    by = a_member()
    for slug in ("o2", "telekom", "vodafone", "o2"):
        actions.invite(carrier=Carrier.objects.get(slug=slug), email=EMAIL, roles=["author"], by=by)
    with pytest.raises(actions.TooManyError):
        actions.invite(carrier=Carrier.objects.get(slug="telekom"), email=EMAIL.title(), roles=["author"], by=by)


def test_the_sites_staff_invite_the_first_manager(client: Client) -> None:
    new = Carrier.objects.create(slug="neu", name="Neu Mobil")
    client.force_login(site_staff())
    page = client.get(f"{TEAM}?anbieter=neu").content.decode()
    assert "Noch gehört niemand dazu" in page
    client.post(f"{TEAM}?anbieter=neu", {"email": EMAIL, "roles": ["manager"]})
    actions.join(invitation=Invitation.objects.get(carrier=new), name="Paula", password=PASSWORD)
    assert [(one.user.called, one.roles) for one in queries.team(new)] == [("Paula", ("manager",))]


def test_a_withdrawn_or_taken_invitation_is_not_sent_again() -> None:
    changes: list[dict[str, Any]] = [{"withdrawn_at": timezone.now()}, {"accepted_at": timezone.now()}]
    for change in changes:
        with pytest.raises(actions.GoneError):
            actions.resend(invitation=an_invitation(**change))


def test_old_invitations_are_forgotten() -> None:
    old = timezone.now() - timedelta(days=31)
    an_invitation(sent_at=old, expires_at=old + LIFE)
    kept = an_invitation(carrier="telekom")
    actions.forget_invitations()
    assert list(Invitation.objects.all()) == [kept]


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": EMAIL.upper()},
        {"email": "x@example.org", "roles": []},
        {"email": "x@example.org", "accepted_at": timezone.now(), "withdrawn_at": timezone.now()},
        {"email": "x@example.org", "expires_at": timezone.now() - timedelta(days=9)},
    ],
)
def test_the_database_refuses_what_must_not_be(wrong: dict[str, Any]) -> None:
    an_invitation()
    with pytest.raises(IntegrityError), transaction.atomic():
        an_invitation(**wrong)
