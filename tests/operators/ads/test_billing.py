"""What campaigns cost, their reports, and statements that nothing changes."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from operators.ads.billing import charged_days, line, make_statements, spent_cents
from operators.ads.bills import Statement, StatementCorrection
from operators.ads.deliveries import DailyCount, View
from operators.ads.models import Campaign, State
from operators.ads.reports import report
from tests.builders import a_campaign, a_member, an_advertiser, site_staff

pytestmark = pytest.mark.django_db
JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)
AFTER_JUNE = datetime(2026, 7, 1, 12, tzinfo=UTC)


def a_summer(**fields: Any) -> Campaign:
    """A campaign from 16 June to 15 July 2026, 30 days."""
    defaults: dict[str, Any] = {"starts_on": date(2026, 6, 16), "ends_on": date(2026, 7, 15)}
    defaults |= {"price_cents": 10_000, "state": State.ENDED}
    return a_campaign("telekom", **defaults | fields)


def count(campaign: Campaign, day: date, views: int = 0, clicks: int = 0, reason: str = "", slot: str = "left") -> None:
    creative = campaign.creatives.get()
    DailyCount.objects.create(
        campaign=campaign,
        creative=creative,
        day=day,
        slot=slot,
        page_kind="network",
        views=views,
        clicks=clicks,
        reason=reason,
    )


def staff(client: Client) -> Client:
    client.force_login(site_staff())
    return client


@pytest.mark.parametrize(
    ("fields", "june", "july"),
    [
        ({"price_model": "fixed", "price_cents": 10_001}, 5001, 5000),
        ({"price_model": "cpm", "price_cents": 999}, 1499, 1498),
        ({"price_model": "cpm", "price_cents": 1000, "booked_views": 2000}, 1500, 500),
        ({"price_model": "cpm", "price_cents": 1000, "total_cap": 1000}, 1000, 0),
        ({"price_model": "cpc", "price_cents": 55}, 165, 110),
    ],
    ids=str,
)
def test_months_add_up_to_the_whole_price(fields: dict[str, Any], june: int, july: int) -> None:
    campaign = a_summer(**fields)
    count(campaign, date(2026, 6, 30), 1500, 3)
    count(campaign, date(2026, 7, 1), 1500, 2)
    count(campaign, date(2026, 7, 1), 9000, 90, "robot")
    first, second = line(campaign, JUNE), line(campaign, JULY)
    assert first
    assert second
    assert (first.net_cents, second.net_cents) == (june, july)
    assert first.net_cents + second.net_cents == spent_cents(campaign)
    assert (second.views, second.clicks, second.filtered) == (1500, 2, 9090)


def test_a_fixed_price_counts_from_the_approval_to_an_early_end() -> None:
    campaign = a_summer()
    for after, day in ((State.APPROVED, 20), (State.ENDED, 24)):
        campaign.changes.create(after=after, by="x", changed_at=datetime(2026, 6, day, 12, tzinfo=UTC))
    assert charged_days(campaign, date(2026, 6, 30)) == 5
    assert spent_cents(campaign) == 1667


def test_a_month_ends_at_midnight_in_berlin() -> None:
    a_summer()
    assert make_statements(datetime(2026, 6, 30, 22, 59, tzinfo=UTC)) == 0
    assert make_statements(datetime(2026, 6, 30, 23, 1, tzinfo=UTC)) == 1
    assert make_statements(datetime(2026, 6, 30, 23, 1, tzinfo=UTC)) == 0
    made = Statement.objects.get()
    assert (made.number, made.payer, made.net_cents) == ("2026-06-001", "Telekom GmbH", 5000)


def test_every_month_gets_its_statement_and_the_house_none() -> None:
    a_summer()
    a_campaign("vodafone", starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 30), state=State.ENDED)
    a_campaign("o2", starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 30), state=State.DRAFT)
    house = an_advertiser("haus", payer="Einzelfall", is_house=True, branch="")
    a_campaign(house, starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 30), state=State.ENDED)
    assert make_statements(datetime(2026, 9, 1, tzinfo=UTC)) == 3
    numbers = list(Statement.objects.order_by("number").values_list("number", flat=True))
    assert numbers == ["2026-06-001", "2026-06-002", "2026-07-001"]


def test_a_month_waits_for_views_that_are_not_counts_yet() -> None:
    campaign = a_summer(price_model="cpm")
    creative = campaign.creatives.get()
    rest = {"slot": "left", "page_kind": "home", "sender": uuid4(), "page": 1, "happened_at": timezone.now()}
    view = View.objects.create(key=uuid4(), campaign=campaign, creative=creative, day=date(2026, 6, 30), **rest)
    count(campaign, date(2026, 6, 29), 5)
    assert make_statements(AFTER_JUNE) == 0
    View.objects.filter(pk=view.pk).update(folded=True)
    assert make_statements(AFTER_JUNE) == 1


@pytest.mark.parametrize("table", ["operators_statement", "operators_statementcorrection"])
@pytest.mark.parametrize("sql", ["UPDATE {} SET net_cents = 1", "DELETE FROM {}"])
def test_the_database_refuses_to_change_a_statement(table: str, sql: str) -> None:
    a_summer()
    make_statements(AFTER_JUNE)
    StatementCorrection.objects.create(statement=Statement.objects.get(), net_cents=-100, reason="Kulanz", by="x")
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(table))
    assert Statement.objects.get().owed_cents == 4900


def test_later_counts_and_names_leave_a_statement_as_it_is(client: Client) -> None:
    campaign = a_summer(price_model="cpm")
    count(campaign, date(2026, 6, 30), 2000)
    make_statements(AFTER_JUNE)
    count(campaign, date(2026, 6, 29), 5000)
    campaign.name, campaign.advertiser.payer = "Umbenannt", "Andere AG"
    campaign.save()
    campaign.advertiser.save()
    sheet = staff(client).get(f"/intern/operators/statement/{Statement.objects.get().pk}/change/").content.decode()
    assert "Telekom im Herbst" in sheet
    assert "Umbenannt" not in sheet
    assert "Telekom GmbH" in sheet
    assert "200,00 €" in sheet


def test_the_sites_staff_correct_by_a_row_beside_it(client: Client) -> None:
    a_summer()
    make_statements(AFTER_JUNE)
    address = f"/intern/operators/statement/{Statement.objects.get().pk}/change/"
    staff(client)
    for wrong in ({"amount": "0", "reason": "x"}, {"amount": "viel", "reason": "x"}, {"amount": "1", "reason": ""}):
        assert client.post(address, wrong).status_code == 422
    assert client.post(address, {"amount": "-12,50", "reason": "Ausfall am 20. Juni"}).status_code == 302
    sheet = client.get(address).content.decode()
    assert "Ausfall am 20. Juni" in sheet
    assert "37,50 €" in sheet
    payer = Client()
    payer.force_login(a_member("telekom", "advertiser"))
    assert "37,50 €" in payer.get(address).content.decode()
    assert payer.post(address, {"amount": "-50", "reason": "Geschenk"}).status_code in (403, 404)
    assert "37,50 €" in payer.get("/intern/operators/statement/").content.decode()
    stranger = Client()
    stranger.force_login(a_member("o2", "advertiser"))
    assert stranger.get(address).status_code == 404


def test_a_report_says_what_counts_what_was_filtered_and_the_pace() -> None:
    today = timezone.localdate()
    campaign = a_campaign("telekom", starts_on=today - timedelta(days=4), days=0, ends_on=today + timedelta(days=5))
    Campaign.objects.update(booked_views=1000, price_model="cpm", price_cents=800)
    campaign.refresh_from_db()
    count(campaign, today - timedelta(days=3), 200, 4)
    count(campaign, today - timedelta(days=1), 200, 0, slot="top")
    count(campaign, today - timedelta(days=1), 30, 2, "robot")
    with CaptureQueriesContext(connection) as queries:
        found = report(campaign)
    assert len(queries) <= 4
    assert (found.total.views, found.total.clicks, found.total.rate) == (400, 4, 1.0)
    assert found.total.bounds
    assert [round(bound, 2) for bound in found.total.bounds] == [0.27, 2.54]  # Clopper and Pearson for 4 of 400
    assert [(reason.value, count.views, count.clicks) for reason, count in found.filtered] == [("robot", 30, 2)]
    assert [count.views for _day, count in found.days] == [200, 0, 200]
    assert [(slot.value, count.views) for slot, count in found.slots] == [("left", 200), ("top", 200)]
    assert found.pace
    assert (found.pace.booked, found.pace.due, found.pace.delivered) == (1000, 500, 400)
    assert found.spent_cents == 320


def test_the_report_is_a_page_and_a_file_that_no_spreadsheet_runs(client: Client) -> None:
    campaign = a_campaign("telekom", name="=HYPERLINK(1)")
    count(campaign, timezone.localdate(), 12, 1)
    client.force_login(a_member("telekom", "advertiser"))
    page = client.get(f"/intern/operators/campaign/{campaign.pk}/bericht/").content.decode()
    assert f"<title>{timezone.localdate():%d.%m.%Y}: 12</title>" in page
    assert "8,33" in page
    file = client.get(f"/intern/operators/campaign/{campaign.pk}/bericht.csv").content.decode()
    assert file.splitlines()[1] == f"'=HYPERLINK(1),{timezone.localdate()},left,network,,12,1"


def test_an_empty_report_says_so(client: Client) -> None:
    campaign = a_campaign("telekom")
    client.force_login(a_member("telekom", "advertiser"))
    assert (
        "Noch ist nichts gezählt" in client.get(f"/intern/operators/campaign/{campaign.pk}/bericht/").content.decode()
    )
