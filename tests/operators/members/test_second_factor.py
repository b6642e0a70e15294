"""Nobody works behind the door with a password alone."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from operators.members.models import User
from tests.builders import a_member, site_staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_factor_demanded")]
PASSWORD = "sehr-geheim-9"
SECRET = "JBSWY3DPEHPK3PXP"


def codes() -> list[str]:
    return [format_hotp_value(hotp_value(SECRET, counter)) for counter in yield_hotp_counters_from_time()]


def enters(client: Client, user: User) -> bool:
    client.force_login(user)
    return client.get("/intern/").status_code == 200


@pytest.mark.parametrize("page", ["/intern/", "/intern/operators/post/", "/intern/postfach/"])
def test_who_has_none_only_gets_to_set_one_up(client: Client, page: str) -> None:
    for user in (a_member("o2", "replier", "author"), site_staff()):
        client.force_login(user)
        answer = client.get(page, follow=True)
        assert answer.redirect_chain[-1][0] == "/intern/mfa/"
        assert "richte bitte einen zweiten Faktor ein" in answer.content.decode()


def test_an_app_opens_the_door_and_recovery_codes_alone_do_not(client: Client) -> None:
    user = a_member("o2", "replier")
    RecoveryCodes.activate(user)
    assert not enters(client, user)
    TOTP.activate(user, SECRET)
    assert enters(client, user)


def test_the_log_in_asks_for_the_code(client: Client) -> None:
    user = a_member("o2", "replier")
    user.set_password(PASSWORD)
    user.save()
    TOTP.activate(user, SECRET)
    answer = client.post("/intern/konto/login/", {"login": user.username, "password": PASSWORD}, follow=True)
    assert answer.redirect_chain[-1][0].startswith("/intern/mfa/authenticate/")
    assert client.get("/intern/").status_code == 302
    client.post("/intern/mfa/authenticate/", {"code": "000000" if "000000" not in codes() else "111111"})
    assert client.get("/intern/").status_code == 302
    client.post("/intern/mfa/authenticate/", {"code": codes()[0]})
    assert client.get("/intern/").status_code == 200


def test_a_removed_app_shuts_the_door_again(client: Client) -> None:
    user = a_member("o2", "replier")
    TOTP.activate(user, SECRET)
    assert enters(client, user)
    Authenticator.objects.all().delete()
    assert client.get("/intern/").status_code == 302


def test_accounts_of_the_demo_are_let_in_and_told_so(client: Client) -> None:
    user = a_member("o2", "replier")
    User.objects.update(demo_at=timezone.now())
    assert enters(client, User.objects.get(pk=user.pk))
    assert "Demo: ohne zweiten Faktor" in client.get("/intern/").content.decode()


def test_production_demands_it_of_everybody(client: Client, settings: Settings) -> None:
    for user in (a_member("o2", "replier"), site_staff()):
        User.objects.update(demo_at=timezone.now())
        settings.PRODUCTION = True
        assert not enters(client, User.objects.get(pk=user.pk))
