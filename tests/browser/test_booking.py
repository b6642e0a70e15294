"""From the booking to the report: banners are sent, looked at, seen, clicked and counted, and pages stay the same."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

from django.test import Client
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect

from complaints.base import memo
from einzelfall.demo.staff import make_staff
from operators.ads.folding import fold_all
from tests.browser.test_ads import PERSON, PHONE
from tests.builders import a_report, an_advertiser

Window = Callable[..., Page]
SIZES = {"160x600": (320, 1200), "320x100": (320, 100)}


def png(size: tuple[int, int]) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, (143, 15, 85)).save(out, "PNG")
    return out.getvalue()


def logged_in(window: Window, name: str, password: str) -> Page:
    page = window(viewport={"width": 1280, "height": 900}, user_agent=PERSON)
    page.goto("/intern/")
    page.fill("[name=login]", name)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/intern/")
    return page


def book(page: Page) -> None:
    """Books two slots on O2's pages from today, with a banner for each, and sends them in."""
    page.goto("/intern/")
    page.locator("a[href='/intern/operators/campaign/add/']").first.click()
    today = timezone.localdate()
    page.fill("[name=name]", "Links bei O2")
    page.fill("[name=starts_on]", today.isoformat())
    page.fill("[name=ends_on]", (today + timedelta(days=20)).isoformat())
    for slot in ("left", "top"):
        page.check(f"[name=slots][value={slot}]")
    page.select_option("[name=price_model]", "fixed")
    page.fill("[name=price]", "1200")
    page.get_by_role("checkbox", name="O2", exact=True).check()
    page.locator("[name=_save]").click()
    for shape, size in SIZES.items():
        page.get_by_role("link", name="Anzeige hinzufügen").click()
        page.select_option("[name=kind]", "picture")
        page.select_option("[name=shape]", shape)
        page.fill("[name=target_url]", "https://example.org/netz")
        page.fill("[name=alt]", "Ein Mast")
        page.set_input_files("[name=picture]", {"name": "b.png", "mimeType": "image/png", "buffer": png(size)})
        page.locator("[name=_save]").click()
    page.locator("form:has([name=to][value=submitted]) button").click()
    expect(page.locator(".ads__state")).to_have_text("eingereicht")


def approve(page: Page) -> None:
    page.goto("/intern/operators/campaign/")
    page.get_by_role("link", name="Links bei O2").click()
    for _size in SIZES:
        page.get_by_role("button", name="Anzeige freigeben").first.click()
    expect(page.get_by_role("button", name="Anzeige freigeben")).to_have_count(0)
    page.locator("form:has([name=to][value=approved]) button").click()
    expect(page.locator(".ads__state")).to_have_text("freigegeben")


def shown(window: Window, where: str, **options: object) -> Page:
    """O2's page with the ad in it."""
    page = window(**options, user_agent=PERSON)
    page.goto("/netz/o2/")
    page.locator(f"{where} iframe").first.scroll_into_view_if_needed()
    expect(page.frame_locator(f"{where} iframe").first.get_by_text("Telekom GmbH")).to_be_visible()
    return page


def test_a_booked_banner_is_seen_clicked_and_counted(window: Window, site: str, problems: list[str]) -> None:
    make_staff()
    an_advertiser("telekom")
    a_report()
    memo.clear_all()
    before = Client().get("/netz/o2/").content
    advertiser = logged_in(window, "werbung@telekom", "einzelfall-werbung")
    book(advertiser)
    approve(logged_in(window, "admin", "einzelfall-admin"))
    memo.clear_all()
    shown(window, ".ad--top", **PHONE)
    desk = shown(window, ".ad--left", viewport={"width": 1280, "height": 900})
    desk.route("https://example.org/**", lambda route: route.fulfill(body="<title>Ziel</title>"))
    desk.frame_locator(".ad--left iframe").get_by_role("link", name="Ein Mast").click()
    desk.wait_for_url("https://example.org/netz")
    assert fold_all() == 3
    advertiser.get_by_role("link", name="Bericht").click()
    figures = advertiser.locator(".ads__figures dd")
    expect(figures.nth(0)).to_have_text("2")
    expect(figures.nth(1)).to_have_text("1")
    assert Client().get("/netz/o2/").content == before
    assert "Telekom GmbH" in Client().get("/werbung/").text
    assert set(problems) == {"foreign request: https://example.org/netz"}
    problems.clear()


def test_nobody_else_finds_the_booking(window: Window, site: str) -> None:
    make_staff()
    an_advertiser("telekom")
    book(logged_in(window, "werbung@telekom", "einzelfall-werbung"))
    other = logged_in(window, "team@vodafone", "einzelfall-team")
    other.goto("/intern/operators/")
    assert "Links bei O2" not in other.content()
    assert "Links bei O2" not in Client().get("/werbung/").text
