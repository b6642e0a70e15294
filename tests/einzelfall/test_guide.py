"""The pages for people who change or write this site."""

import re

import pytest
from django.test import Client

from einzelfall.guide import tokens
from tests.builders import a_member, site_staff

pytestmark = pytest.mark.django_db
PARTS, TONE = "/intern/gestaltung/", "/intern/tonfall/"
COMPONENTS = (
    *(
        "button",
        "button--quiet",
        "button--danger",
        "field",
        "field__error",
        "choice",
        "tile",
        "step",
        "fold",
        "filters",
    ),
    *(
        "card",
        "panel",
        "figure__number",
        "figure__note",
        "timeline",
        "comment",
        "tag--official",
        "ad",
        "key",
        "windows",
    ),
    *(
        "bars",
        "table",
        "ranking",
        "case",
        "notice",
        "notice--bad",
        "empty",
        "skeleton",
        "tag",
        "pager",
        "crumbs",
    ),
)


def test_it_shows_every_token_and_every_component(client: Client) -> None:
    client.force_login(site_staff())
    page = client.get(PARTS).text
    classes = {name for names in re.findall(r'class="([^"]*)"', page) for name in names.split()}
    assert not set(COMPONENTS) - classes
    assert len(tokens()) > 30
    assert all(token.name in page for token in tokens())


def test_the_parts_are_for_the_sites_own_staff(client: Client) -> None:
    assert client.get(PARTS).status_code == 404
    client.force_login(a_member("o2", "author"))
    assert client.get(PARTS).status_code == 404


def test_the_tone_is_for_everybody_who_writes_here(client: Client) -> None:
    assert client.get(TONE).status_code == 302
    client.force_login(a_member("o2", "author"))
    assert "Tonfall" in client.get(TONE).text
