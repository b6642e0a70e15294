"""One's own sessions: seen, ended, and never telling where somebody was."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from operators.members import sessions
from operators.members.models import StaffSession, User
from tests.builders import a_member
from tests.operators.members.test_lockout import HOME, LOGIN
from tests.operators.members.test_second_factor import PASSWORD

pytestmark = pytest.mark.django_db
PAGE = "/intern/sitzungen/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 (KHTML) Version/18.0 Mobile Safari/604.1"
)
CHROME = (
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Mobile Safari/537.36"
)
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36 Edg/142.0"


@pytest.fixture
def max_() -> User:
    user = a_member("o2", "replier")
    user.set_password(PASSWORD)
    user.save()
    return user


def a_log_in(user: User, agent: str = FIREFOX) -> Client:
    client = Client(HTTP_USER_AGENT=agent, REMOTE_ADDR=HOME)
    assert client.post(LOGIN, {"login": user.username, "password": PASSWORD}).status_code == 302
    return client


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox, Windows"),
        (IPHONE, "Safari, iPhone"),
        (CHROME, "Chrome, Android"),
        (EDGE, "Edge, Windows"),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_a_device_is_a_few_words(agent: str, words: str) -> None:
    assert sessions.device(agent) == words


def test_it_lists_where_one_is_logged_in(max_: User) -> None:
    a_log_in(max_, IPHONE)
    page = a_log_in(max_).get(PAGE).content.decode()
    assert page.index("Firefox, Windows") < page.index("dieses Gerät") < page.index("Safari, iPhone")
    for row in StaffSession.objects.all():
        assert row.session_key not in page
        kept = f"{row.__dict__} {sessions.SessionStore(row.session_key).load()}"
        assert HOME not in kept
        assert "Mozilla" not in kept


def test_it_ends_one(max_: User) -> None:
    phone, here = a_log_in(max_, IPHONE), a_log_in(max_)
    mark = re.findall(r'name="which" value="(\w+)"', here.get(PAGE).content.decode())
    assert "1 Sitzung ist beendet." in here.post(PAGE, {"which": mark[0]}, follow=True).content.decode()
    assert phone.get("/intern/").status_code == 302
    assert here.get("/intern/").status_code == 200
    assert "schon vorbei" in here.post(PAGE, {"which": mark[0]}, follow=True).content.decode()


def test_it_ends_all_others(max_: User) -> None:
    others = [a_log_in(max_, IPHONE), a_log_in(max_, CHROME)]
    here = a_log_in(max_)
    assert "2 Sitzungen sind beendet." in here.post(PAGE, {"others": "1"}, follow=True).content.decode()
    assert [client.get("/intern/").status_code for client in others] == [302, 302]


def test_nobody_ends_anothers(max_: User) -> None:
    eva = a_member("telekom", "replier")
    hers = Client()
    hers.force_login(eva)
    mark = sessions.of(eva, None)[0].mark
    assert mark not in a_log_in(max_).get(PAGE).content.decode()
    a_log_in(max_).post(PAGE, {"which": mark})
    assert hers.get("/intern/").status_code == 200


def test_strangers_come_to_the_log_in(client: Client) -> None:
    for answer in (client.get(PAGE), client.post(PAGE, {"others": "1"})):
        assert answer.headers["Location"] == f"/intern/konto/login/?next={PAGE}"


def test_the_last_use_is_kept_every_few_minutes(max_: User) -> None:
    client = a_log_in(max_)
    before = StaffSession.objects.get().used_at
    client.get("/intern/")
    assert StaffSession.objects.get().used_at == before
    session = client.session
    session[sessions.USED] = (timezone.now() - timedelta(minutes=6)).isoformat()
    session.save()
    client.get("/intern/")
    assert StaffSession.objects.get().used_at > before


def test_a_changed_password_ends_the_others(max_: User) -> None:
    phone, here = a_log_in(max_, IPHONE), a_log_in(max_)
    new = {"oldpassword": PASSWORD, "password1": "noch-geheimer-7", "password2": "noch-geheimer-7"}
    here.post("/intern/konto/password/change/", new)
    assert phone.get("/intern/").status_code == 302
    assert here.get("/intern/").status_code == 200


def test_expired_sessions_are_forgotten(max_: User) -> None:
    a_log_in(max_)
    StaffSession.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
    sessions.SessionStore.clear_expired()
    assert not StaffSession.objects.exists()
