"""Ads in a real browser: which frames it asks for, that they move nothing, and where a click goes."""

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, Request, expect

from complaints.base import memo
from operators.ads.deliveries import Click, View
from operators.ads.models import CreativePicture
from operators.ads.slots import Shape
from tests.builders import a_campaign, a_creative, a_report

PERSON = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SHIFT = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const one of list.getEntries()) sum += one.value })
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 300);
})"""
Window = Callable[..., Page]


@pytest.fixture
def booked(site: str) -> None:
    """A campaign with a picture for every slot."""
    campaign = a_campaign("telekom", slots=["left", "top", "list", "post"], creatives=False)
    for shape in Shape:
        pixels = BytesIO()
        Image.new("RGB", (shape.size[0] * 2, shape.size[1] * 2), (226, 0, 116)).save(pixels, "WEBP")
        creative = a_creative(campaign, kind="picture", shape=shape, headline="", text="", alt="Ein Mast")
        CreativePicture.objects.create(creative=creative, content=pixels.getvalue())
    a_report()
    memo.clear_all()


def frames_asked(page: Page, path: str) -> list[str]:
    """The slots whose frames the browser asked for while the whole page was read."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if "/platz/" in request.url:
            asked.append(request.url.split("/platz/")[1].split("/?")[0])

    page.on("request", note)
    page.goto(path)
    for _ in range(12):
        page.mouse.wheel(0, 600)
        page.wait_for_timeout(60)
    page.wait_for_load_state("networkidle")
    return sorted(asked)


def test_a_device_asks_only_for_its_own_frames(window: Window, booked: None) -> None:
    desk = window(viewport={"width": 1280, "height": 900}, user_agent=PERSON)
    assert frames_asked(desk, "/faelle/") == ["left/desktop"]
    between = window(viewport={"width": 900, "height": 900}, user_agent=PERSON)
    assert frames_asked(between, "/faelle/") == []
    phone = window(**PHONE, user_agent=PERSON)
    assert frames_asked(phone, "/faelle/") == ["list/phone", "top/phone"]
    assert set(View.objects.values_list("slot", "reason")) == {("left", ""), ("list", ""), ("top", "")}


@pytest.mark.parametrize("width", [320, 390, 1280, 1440])
def test_ads_move_nothing_and_fit(window: Window, booked: None, width: int) -> None:
    page = window(viewport={"width": width, "height": 800}, user_agent=PERSON)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 6})  # paints before it has all
    page.goto("/netz/o2/")
    page.wait_for_load_state("networkidle")
    assert page.evaluate(SHIFT) < 0.001
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    ad = page.locator(".ad--left iframe" if width >= 1280 else ".ad--top .ad__phone")
    ad.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    box, text = ad.bounding_box(), page.locator("main > h1").bounding_box()
    assert box
    assert text
    assert box["x"] >= 0
    assert width < 1280 or box["x"] + box["width"] <= text["x"]
    picture = page.frame_locator(".ad--left iframe" if width >= 1280 else ".ad--top .ad__phone").locator("img")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")


def test_a_click_leads_out_of_the_frame_and_counts(window: Window, booked: None, problems: list[str]) -> None:
    page = window(viewport={"width": 1280, "height": 900}, user_agent=PERSON)
    page.route("https://example.org/**", lambda route: route.fulfill(body="<title>Ziel</title>"))
    page.goto("/")
    page.frame_locator(".ad--left iframe").get_by_role("link", name="Ein Mast").click()
    page.wait_for_url("https://example.org/netz")
    click = Click.objects.get()
    assert (click.reason, click.view) == ("", View.objects.get().key)
    assert page.context.cookies() == []
    assert set(problems) == {"foreign request: https://example.org/netz"}
    problems.clear()


def test_a_robot_is_served_and_not_counted(window: Window, booked: None) -> None:
    page = window(viewport={"width": 1280, "height": 900}, user_agent="Mozilla/5.0 HeadlessChrome/126.0")
    assert frames_asked(page, "/") == ["left/desktop"]
    assert View.objects.get().reason == "robot"


def test_a_free_slot_says_so_and_keeps_its_room(window: Window, site: str) -> None:
    page = window(viewport={"width": 1280, "height": 900}, user_agent=PERSON)
    page.goto("/")
    page.wait_for_load_state("networkidle")
    assert page.evaluate(SHIFT) < 0.001
    page.frame_locator(".ad--left iframe").get_by_role("link", name="Dieser Platz ist frei").click()
    expect(page).to_have_url(f"{site}/werbung/")
