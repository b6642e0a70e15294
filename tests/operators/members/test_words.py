"""Every page and mail of an account speaks German, says "du", and is our own: nothing of the library shows through."""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.core import mail
from django.test import Client

from operators.members.models import User
from tests.builders import a_member
from tests.operators.members.test_lockout import LOGIN, tries
from tests.operators.members.test_second_factor import PASSWORD, SECRET

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_factor_demanded")]
STIFF = re.compile(r"(?<![.!?:·]\s)(?<!^)\b(?:Sie|Ihnen|Ihre?[mnrs]?)\b")
ENGLISH = re.compile(
    r"\b(?:the|your|you|please|enter|sign|this|click|with|not|are|key|keys|codes? has|again)\b", re.IGNORECASE
)
FRAMES = re.compile(r"^(?:account|mfa)/(?:\w+/)?base\w*\.html$|^django/|^allauth/")
KEY = {"name": "Mein Passkey", "credential": {"clientExtensionResults": {"credProps": {"rk": True}}}}


@pytest.fixture
def max_() -> User:
    user = a_member("o2", "replier")
    user.email, user.first_name = "max@example.org", "Max"
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def inside(max_: User, client: Client) -> Client:
    """Logged in, and asked for the password a moment ago."""
    client.force_login(max_)
    client.post("/intern/konto/reauthenticate/", {"password": PASSWORD})
    return client


def visible(page: str) -> str:
    """The text that somebody reads or hears."""
    main = page[page.index("<main") : page.index("</main>")] if "<main" in page else page
    spoken = " ".join(re.findall(r'(?:alt|placeholder|aria-label|title)="([^"]*)"', main))
    bare = re.sub(r"<(script|textarea|svg).*?</\1>|<[^>]+>", " | ", main, flags=re.DOTALL)
    return html.unescape(re.sub(r"\s+", " ", f"{bare} | {spoken}"))


def faults(answer: Any, where: str) -> Iterator[str]:
    page = answer.content.decode()
    text = visible(page)
    yield from (f"{where}: stiff: {found.group()} in {text}" for found in STIFF.finditer(text))
    yield from (f"{where}: English: {found.group()}" for found in ENGLISH.finditer(text))
    title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    if not title or not re.fullmatch(r"\S.* · Einzelfall", title[1].strip()):
        yield f"{where}: title {title and title[1]!r}"
    if page.count("<h1") != 1:
        yield f"{where}: {page.count('<h1')} headings"
    ours = Path(settings.BASE_DIR, "templates")
    for template in answer.templates:
        origin = Path(template.origin.name) if template.origin else ours
        if ours not in origin.parents and origin != ours and not FRAMES.search(template.name or ""):
            yield f"{where}: the library's {template.name}"


OUTSIDE = ("login/", "password/reset/", "password/reset/done/", "password/reset/key/done/", "inactive/", "signup/")
BAD_LINK = "password/reset/key/1-abc/"


@pytest.mark.parametrize("page", [*OUTSIDE, BAD_LINK])
def test_pages_before_the_log_in(client: Client, page: str) -> None:
    answer = client.get(f"/intern/konto/{page}")
    assert answer.status_code == 200
    assert list(faults(answer, page)) == []


@pytest.mark.parametrize(
    "page", ["email/", "confirm-email/", "confirm-email/abc/", "password/set/", "login/code/confirm/"]
)
def test_pages_that_nobody_needs_are_shut(inside: Client, page: str) -> None:
    for answer in (inside.get(f"/intern/konto/{page}"), inside.post(f"/intern/konto/{page}")):
        assert answer.status_code == 404


INSIDE = (
    *("konto/logout/", "konto/password/change/", "konto/reauthenticate/", "sitzungen/"),
    *("mfa/", "mfa/webauthn/", "mfa/webauthn/add/"),
)
WITH_FACTORS = (
    *("mfa/", "mfa/reauthenticate/", "mfa/totp/deactivate/", "mfa/recovery-codes/", "mfa/recovery-codes/generate/"),
    *(
        "mfa/webauthn/",
        "mfa/webauthn/reauthenticate/",
        "mfa/webauthn/keys/{key}/remove/",
        "mfa/webauthn/keys/{key}/edit/",
    ),
)


@pytest.mark.parametrize("page", [*INSIDE, "mfa/totp/activate/"])
def test_pages_of_an_account_without_second_factor(inside: Client, page: str) -> None:
    answer = inside.get(f"/intern/{page}")
    assert answer.status_code == 200
    assert list(faults(answer, page)) == []


@pytest.mark.parametrize("page", WITH_FACTORS)
def test_pages_of_an_account_with_everything(
    inside: Client, max_: User, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("allauth.mfa.webauthn.internal.auth.begin_authentication", lambda _user: {})
    TOTP.activate(max_, SECRET)
    RecoveryCodes.activate(max_)
    key = Authenticator.objects.create(user=max_, type="webauthn", data=KEY)
    answer = inside.get("/intern/" + page.format(key=key.pk))
    assert answer.status_code == 200
    assert list(faults(answer, page)) == []


def test_the_step_of_the_code(client: Client, max_: User) -> None:
    TOTP.activate(max_, SECRET)
    client.post(LOGIN, {"login": max_.username, "password": PASSWORD})
    address = "/intern/mfa/authenticate/"
    for answer in (client.get(address), client.post(address, {"code": "abc"}), client.post(address, {"code": ""})):
        assert list(faults(answer, address)) == []


WRONG: tuple[tuple[str, dict[str, str]], ...] = (
    ("konto/password/change/", {"oldpassword": "falsch", "password1": "kurz", "password2": "anders"}),
    ("konto/password/change/", {"oldpassword": PASSWORD, "password1": "passwort", "password2": "passwort"}),
    ("konto/password/change/", {"oldpassword": PASSWORD, "password1": "replier@o2", "password2": "replier@o2"}),
    ("konto/password/change/", {}),
    ("konto/reauthenticate/", {"password": "falsch"}),
    ("mfa/totp/activate/", {"code": "12"}),
    ("mfa/totp/activate/", {}),
    ("mfa/recovery-codes/generate/", {}),
    ("mfa/webauthn/add/", {"name": "", "credential": "{}"}),
)


@pytest.mark.parametrize(("page", "data"), WRONG)
def test_errors_are_told_in_our_words(inside: Client, page: str, data: dict[str, str]) -> None:
    answer = inside.post(f"/intern/{page}", data)
    assert answer.status_code == 200
    assert list(faults(answer, page)) == []


def test_errors_of_the_log_in_are_told_in_our_words(client: Client, max_: User) -> None:
    for login in (max_.username, max_.email, ""):
        answer = client.post(LOGIN, {"login": login, "password": "falsch"})
        assert list(faults(answer, "login")) == []
    assert list(faults(client.post("/intern/konto/password/reset/", {"email": "max"}), "reset")) == []
    tries(max_.username, "falsch", times=5)
    assert list(faults(client.post(LOGIN, {"login": max_.username, "password": "falsch"}), "locked")) == []


def test_a_forgotten_password_is_set_anew(client: Client, max_: User) -> None:
    page = client.post("/intern/konto/password/reset/", {"email": max_.email}, follow=True)
    assert list(faults(page, "reset")) == []
    link = re.search(r"/intern/konto/password/reset/key/\S+", str(mail.outbox[0].body))
    assert link
    form = client.get(link[0], follow=True)
    assert list(faults(form, "key")) == []
    new = {"password1": "noch-geheimer-7", "password2": "noch-geheimer-7"}
    done = client.post(form.redirect_chain[-1][0], new, follow=True)
    assert list(faults(done, "key done")) == []
    assert tries(max_.username, "noch-geheimer-7") == 302
    assert list(faults(client.get(link[0], follow=True), "used")) == []


def test_an_unknown_address_gets_the_same_page_and_no_mail(client: Client, max_: User) -> None:
    known, unknown = (
        client.post("/intern/konto/password/reset/", {"email": email}, follow=True).content
        for email in (max_.email, "wer@example.org")
    )
    assert visible(known.decode()) == visible(unknown.decode())
    assert [letter.to for letter in mail.outbox] == [[max_.email]]


def test_mails_are_in_our_words_and_name_no_address(inside: Client, max_: User) -> None:
    TOTP.activate(max_, SECRET)
    inside.post("/intern/mfa/recovery-codes/generate/")
    inside.post("/intern/mfa/totp/deactivate/")
    inside.post("/intern/konto/password/reset/", {"email": max_.email})
    new = {"oldpassword": PASSWORD, "password1": "noch-geheimer-7", "password2": "noch-geheimer-7"}
    inside.post("/intern/konto/password/change/", new)
    assert len(mail.outbox) >= 3
    for letter in mail.outbox:
        body = re.sub(r"http\S+", "", str(letter.body))
        text = f"{letter.subject} | {body}"
        assert not STIFF.search(text), text
        assert not ENGLISH.search(text), text
        assert "127.0.0.1" not in text
        assert "testserver" not in text


def test_a_mail_server_that_is_away_breaks_nothing(inside: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_args: object, **_kwargs: object) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", away)
    new = {"oldpassword": PASSWORD, "password1": "noch-geheimer-7", "password2": "noch-geheimer-7"}
    answer = inside.post("/intern/konto/password/change/", new, follow=True)
    assert answer.status_code == 200
    assert "Die Mail ließ sich gerade nicht verschicken" in answer.content.decode()
