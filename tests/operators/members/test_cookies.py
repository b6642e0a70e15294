"""Cookies of staff belong to the workplace: who is logged in sees the same public pages as everybody, byte by byte."""

import re

import pytest
from django.test import Client

from tests.builders import a_member, a_post, a_report
from tests.operators.members.test_lockout import LOGIN
from tests.operators.members.test_second_factor import PASSWORD

pytestmark = pytest.mark.django_db
PUBLIC = ("/", "/en/", "/faelle/", "/karte/", "/melden/", "/beitraege/", "/versprechen/", "/hilfe/", "/datenschutz/")
HIDDEN = rb'<input type="hidden" name="(?:token|submission)"[^>]*>'
CHANGING = re.compile(rb'data-made="\d+"|nonce-[^\s;"]+|nonce="[^"]+"|\d\d:\d\d:\d\d[.\d]*|' + HIDDEN)


def logged_in() -> Client:
    user = a_member("o2", "replier")
    user.set_password(PASSWORD)
    user.save()
    client = Client()
    client.post(LOGIN, {"login": user.username, "password": PASSWORD})
    assert client.get("/intern/").status_code == 200
    return client


def test_every_cookie_is_for_the_workplace_alone() -> None:
    client = logged_in()
    client.get("/intern/konto/password/change/")
    assert set(client.cookies) >= {"sessionid", "csrftoken"}
    assert {str(cookie["path"]) for cookie in client.cookies.values()} == {"/intern/"}


def test_public_pages_of_somebody_logged_in_are_everybodys() -> None:
    report, post = a_report(), a_post()
    client, stranger = logged_in(), Client()
    for page in (*PUBLIC, f"/fall/{report.number}/", f"/beitraege/{post.slug}/"):
        own, other = client.get(page), stranger.get(page)
        assert own.status_code == other.status_code == 200, page
        assert CHANGING.sub(b"", own.content) == CHANGING.sub(b"", other.content), page
        assert not own.cookies, page
        assert "Cookie" not in own.headers.get("Vary", ""), page


def test_the_light_twin_of_the_workplace_leads_to_the_workplace() -> None:
    """Cookies of /intern/ do not reach /leicht/intern/, so nobody could log in there."""
    answer = Client().get("/leicht/intern/konto/login/?next=/intern/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/intern/konto/login/?next=/intern/")
