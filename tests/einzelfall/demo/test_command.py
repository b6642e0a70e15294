"""manage.py demo: loads once, tops up, refuses."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from complaints.imports.actions import Row, copy_reports
from complaints.reports.models import Report
from complaints.reports.queries import receipt
from einzelfall.demo import loading, staff
from operators.members.models import Membership, User
from operators.team.models import Invitation
from tests.builders import a_report

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_hashes(settings: Settings) -> None:
    """Argon2 takes a second for the four accounts."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def demo(*arguments: str) -> str:
    out = StringIO()
    call_command("demo", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_it_loads_both_layers_and_tops_up_with_plain_reports(rows: list[Row], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "rows_of", lambda plan: rows)
    monkeypatch.setattr(loading, "MANY", 10)
    assert "10,191 reports" in demo("--until", "2026-11-01")
    assert list(Report.objects.order_by("number").values_list("number", flat=True)[7690:7692]) == [7691, 7692]
    assert User.objects.count() == len(staff.LOGINS)
    muenster = Report.objects.filter(town__name="Münster", network__slug="o2", precision="point").newest().first()
    assert muenster is not None
    assert receipt(muenster).unusual
    assert "10,400 reports" in demo("--reports", "10400", "--until", "2026-11-01")
    assert Report.objects.filter(number__gt=10_191, source="demo").count() == 209
    assert Report.objects.filter(number__gt=10_191).values("carrier").distinct().count() > 8
    assert "nothing has changed" in demo("--reports", "10400")
    assert a_report(source="web").number == 10_401


def test_it_makes_accounts_with_their_roles() -> None:
    assert staff.make_staff() == len(staff.LOGINS)
    assert staff.make_staff() == 0
    assert Invitation.objects.valid().get().carrier.slug == "vodafone"
    assert {login.username for login in staff.LOGINS} == set(User.objects.values_list("username", flat=True))
    assert User.objects.get(username="admin").is_superuser
    assert set(Membership.objects.values_list("user__username", "carrier__slug", "role")) == {
        ("max@o2", "o2", "replier"),
        ("max@o2", "o2", "author"),
        ("werbung@telekom", "telekom", "advertiser"),
        ("team@vodafone", "vodafone", "manager"),
    }
    for login in staff.LOGINS:
        user = User.objects.get(username=login.username)
        assert user.is_staff is (login.username == "admin")
        assert user.skips_second_factor
        assert user.check_password(login.password)


def test_it_refuses_production(settings: Settings) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="never loaded in production"):
        demo()
    with pytest.raises(staff.ProductionError):
        staff.make_staff()
    assert not User.objects.exists()


def test_it_refuses_a_site_with_reports_of_customers() -> None:
    a_report(source="web")
    with pytest.raises(CommandError, match="already"):
        demo()
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--until", "tomorrow"), "no date"),
        (("--until", "2999-01-01"), "future"),
        (("--until", "2011-12-24"), "too early"),
        (("--reports", "10000001"), "from 0 to 10,000,000"),
        (("--seed", "-1"), "negative"),
    ],
)
def test_it_says_what_is_wrong_with_an_option(arguments: tuple[str, ...], says: str) -> None:
    with pytest.raises(CommandError, match=says):
        demo(*arguments)


def test_it_takes_a_day_as_its_begin_in_local_time() -> None:
    now = timezone.now()
    assert loading.parse_until("2026-11-01", now) == loading.parse_until("2026-10-31T23:00:00+00:00", now)


def test_it_stores_what_it_drew(rows: list[Row]) -> None:
    copy_reports(rows=rows[:200], numbered_from=1)
    stored = Report.objects.get(number=150)
    row = rows[149]
    assert (stored.submission, stored.problems, stored.text) == (row.submission, row.problems, row.text)
    assert (stored.happened_at, stored.received_at, stored.happened_on) == (
        row.happened_at,
        row.received_at,
        row.happened_on,
    )
