"""Who guesses has to wait, and nobody else does; nothing is kept that tells who or where they are."""

from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from axes.models import AccessAttempt, AccessLog
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from operators.members import lockout
from operators.members.models import User
from tests.builders import a_member
from tests.operators.members.test_second_factor import PASSWORD, SECRET, codes

pytestmark = pytest.mark.django_db
LOGIN = "/intern/konto/login/"
HOME, OFFICE = "203.0.113.9", "198.51.100.7"


@pytest.fixture
def max_() -> User:
    user = a_member("o2", "replier")
    user.email = "max@example.org"
    user.set_password(PASSWORD)
    user.save()
    return user


def tries(login: str, password: str, address: str = HOME, times: int = 1) -> int:
    """The status of the last answer."""
    for _ in range(times):
        data = {"login": login, "password": password}
        answer = Client(REMOTE_ADDR=address, HTTP_USER_AGENT="Mozilla/5.0 Geheim/1").post(LOGIN, data)
    return answer.status_code


def test_the_fifth_wrong_password_shuts_the_account_for_that_address(max_: User) -> None:
    assert tries(max_.username, "falsch", times=4) == 200
    assert tries(max_.username, "falsch") == 429
    assert tries(max_.username, PASSWORD) == 429


def test_the_sites_staff_see_who_is_shut_out(max_: User) -> None:
    staff = Client()
    staff.force_login(User.objects.create_superuser("chef", "chef@example.org", "geheim"))
    tries(max_.username, "falsch", times=4)
    assert "Fehlversuch" not in staff.get("/intern/operators/user/").content.decode()
    tries(max_.username, "falsch")
    assert "nach 5 Fehlversuchen" in staff.get("/intern/operators/user/").content.decode()


def test_it_says_how_long_to_wait_in_german(max_: User) -> None:
    tries(max_.username, "falsch", times=5)
    answer = Client(REMOTE_ADDR=HOME).post(LOGIN, {"login": max_.username, "password": PASSWORD})
    page = answer.content.decode()
    assert "Versuch es in 15 Minuten noch einmal." in page
    assert "Passwort vergessen?" in page
    assert answer.headers["Retry-After"] == "900"


def test_it_opens_again_by_itself(max_: User) -> None:
    tries(max_.username, "falsch", times=5)
    tries(max_.username, PASSWORD, times=3)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert tries(max_.username, PASSWORD) == 302


def test_trying_on_does_not_make_it_longer(max_: User) -> None:
    tries(max_.username, "falsch", times=5)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=14))
    tries(max_.username, "falsch", times=3)
    answer = Client(REMOTE_ADDR=HOME).post(LOGIN, {"login": max_.username, "password": PASSWORD})
    assert "Versuch es in 1 Minute noch einmal." in answer.content.decode()


def test_the_command_opens_it(max_: User) -> None:
    tries(max_.username, "falsch", times=5)
    call_command("axes_reset_username", max_.username)
    assert tries(max_.username, PASSWORD) == 302


def test_name_and_address_are_one_account(max_: User) -> None:
    for login in (max_.username, max_.email, max_.username.upper(), max_.email.upper()):
        assert tries(login, "falsch") == 200
    assert tries(max_.email, "falsch") == 429


def test_a_right_password_forgives(max_: User) -> None:
    for _ in range(3):
        assert tries(max_.username, "falsch", times=4) == 200
        assert tries(max_.email, PASSWORD) == 302


def test_nobody_is_shut_out_from_elsewhere_by_a_few_tries(max_: User) -> None:
    tries(max_.username, "falsch", address=OFFICE, times=8)
    assert tries(max_.username, PASSWORD) == 302


def test_many_addresses_do_not_get_more_than_twenty(max_: User) -> None:
    for number in range(20):
        tries(max_.username, "falsch", address=f"203.0.113.{number + 1}")
    assert tries(max_.username, PASSWORD, address=OFFICE) == 429


def test_an_office_is_not_shut_for_the_typing_errors_of_colleagues(max_: User) -> None:
    for name in ("eva", "kim", "ola", "udo", "pia"):
        User.objects.create_user(name)
        tries(name, "falsch", address=OFFICE, times=5)
    assert tries("eva", "falsch", address=OFFICE) == 429
    assert tries(max_.username, PASSWORD, address=OFFICE) == 302


def test_one_address_gets_no_more_than_fifty_over_all_accounts(max_: User) -> None:
    for number in range(lockout.PER_ADDRESS):
        tries(f"niemand{number}", "falsch", address=OFFICE)
    assert tries(max_.username, PASSWORD, address=OFFICE) == 429
    assert tries(max_.username, PASSWORD) == 302


@pytest.mark.usefixtures("second_factor_demanded")
def test_wrong_codes_count_like_wrong_passwords(max_: User) -> None:
    TOTP.activate(max_, SECRET)
    client = Client(REMOTE_ADDR=HOME)
    wrong = "000000" if "000000" not in codes() else "111111"
    client.post(LOGIN, {"login": max_.username, "password": PASSWORD})
    statuses = [client.post("/intern/mfa/authenticate/", {"code": wrong}).status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 200, 429]
    assert client.post("/intern/mfa/authenticate/", {"code": codes()[0]}).status_code == 429
    AccessAttempt.objects.all().delete()
    assert client.post("/intern/mfa/authenticate/", {"code": codes()[0]}).status_code == 302
    assert client.get("/intern/").status_code == 200


def test_the_right_password_does_not_reset_the_count_before_the_code(max_: User) -> None:
    TOTP.activate(max_, SECRET)
    for _ in range(4):
        tries(max_.username, "falsch")
        tries(max_.username, PASSWORD)
    assert tries(max_.username, "falsch") == 429


def test_nothing_is_kept_that_tells_who_or_where(max_: User) -> None:
    tries(max_.username, "streng-geheim")
    tries("mein passwort im falschen feld", "streng-geheim")
    rows = list(AccessAttempt.objects.order_by("pk").values())
    kept = str(rows)
    for word in (HOME, "203.0", "Geheim", "Mozilla", "streng", "passwort im", "csrf", LOGIN):
        assert word not in kept
    assert rows[0]["username"] == max_.username
    assert rows[0]["user_agent"] == rows[0]["get_data"] == rows[0]["post_data"] == rows[0]["path_info"] == ""
    assert not AccessLog.objects.exists()


def test_old_failures_are_forgotten(max_: User) -> None:
    tries(max_.username, "falsch")
    assert lockout.forget_failures() == 0
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert lockout.forget_failures() == 1
