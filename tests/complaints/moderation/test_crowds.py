"""Honest crowds and floods in simulated time."""

from datetime import timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from tests.complaints.moderation.crowd import Filing, Site, customer, moments

pytestmark = pytest.mark.django_db
NOON = timezone.now().astimezone(ZoneInfo("Europe/Berlin")).replace(hour=12, minute=0, second=0, microsecond=0)
MIDNIGHT = NOON.replace(hour=0)


def test_a_busy_day_of_honest_people_behind_one_address_counts() -> None:
    random, site = Random(4), Site()  # noqa: S311  a simulation
    for at in moments(1500, MIDNIGHT, random):
        site.file(customer(random, "91.0.0.1"), at)
    assert site.passed >= 1497, site.reasons


def test_one_program_at_one_address_reaches_only_what_one_device_may() -> None:
    site = Site()
    for n in range(300):
        bot = Filing("91.0.0.1", "bot", (50 + n / 300, 8.0), "", f"{n}", form=False)
        site.file(bot, NOON + timedelta(seconds=2 * n))
    assert site.passed == 3, site.reasons


def test_a_program_that_changes_its_device_reaches_what_an_unknown_address_may() -> None:
    site = Site()
    for n in range(400):
        bot = Filing("91.0.0.1", f"bot {n}", (50 + n / 300, 8.0), "", f"{n}", form=True)
        site.file(bot, NOON + timedelta(seconds=5 * n))
    assert site.passed == 200, site.reasons


def test_the_same_text_from_everywhere_stops_counting() -> None:
    site = Site()
    for n in range(60):
        text = f"Dieses Netz ist das schlechteste von allen, kuendigt sofort! {n}"
        site.file(Filing(f"91.{n}.0.1", f"phone {n}", (50 + n / 60, 8.0), text, "1 1", form=True), NOON)
    assert (site.passed, site.reasons["same-text"]) == (20, 40)


def test_in_a_wave_new_addresses_may_send_little_and_only_with_a_form() -> None:
    random, site = Random(7), Site()  # noqa: S311  a simulation
    for n in range(900):
        filing = customer(random, f"91.{n % 40}.0.1")
        site.file(filing, NOON + timedelta(seconds=n / 4))
    assert site.reasons["surge"] > 500
    assert site.file(customer(random, "91.200.0.1"), NOON + timedelta(seconds=226)).reason == ""


def test_a_flood_from_everywhere_is_full_soon_but_not_for_who_sent_yesterday() -> None:
    random, site = Random(8), Site()  # noqa: S311  a simulation
    for n in range(10):
        site.file(customer(random, "92.0.0.1"), NOON + timedelta(minutes=n - 24 * 60))
    for n in range(900):
        site.file(customer(random, f"91.{n // 250}.{n % 250}.1"), NOON + timedelta(seconds=n / 4))
    assert 500 <= site.passed - 10 < 530, site.reasons
    assert site.file(customer(random, "92.0.0.1"), NOON + timedelta(seconds=226)).reason == ""
    assert site.file(customer(random, "91.200.0.1"), NOON + timedelta(seconds=226)).reason == "surge"
