"""A person's way from the home page to the receipt: how many taps and keys, by thumb, by keyboard, without script."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Geolocation, Locator, Page, expect

from complaints.reports.models import Report
from tests.builders import a_report

PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "has_touch": True, "is_mobile": True}
HERE: Geolocation = {"latitude": 51.96212, "longitude": 7.62634}
READY = "[data-outbox][data-ready]"
THANKS = "Angekommen. Danke"


@dataclass
class Walk:
    """Somebody with a phone; counts what the thumb does. What a tap cannot reach fails."""

    page: Page
    taps: int = 0
    keys: int = 0

    def tap(self, place: Locator) -> None:
        place.tap()
        self.taps += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.keys += len(text)

    def to_the_form(self) -> None:
        self.page.goto("/", timeout=30_000)
        self.tap(self.page.get_by_role("link", name="Fall melden").first)
        expect(self.page.locator(READY)).to_be_attached()

    def choose(self, name: str, value: str) -> None:
        self.tap(self.page.locator(f"label:has([name={name}][value={value}])"))

    def send(self) -> None:
        self.tap(self.page.get_by_role("button", name="Meldung absenden"))
        expect(self.page.get_by_text(THANKS)).to_be_visible()


def at(page: Page, address: str = "/melden/") -> Page:
    page.goto(address)
    expect(page.locator(READY)).to_be_attached()
    return page


def locate(walk: Walk) -> None:
    walk.page.context.set_geolocation(HERE)  # Chromium's stand-in is lost with each page
    walk.tap(walk.page.get_by_role("button", name="Meinen Standort nehmen"))
    expect(walk.page.locator("#id_place")).to_have_value("Münster", timeout=20_000)  # the first reads the atlas


def test_it_takes_five_taps_and_no_key_the_first_time_and_four_the_next(window: Callable[..., Page]) -> None:
    page = window(**PHONE, permissions=["geolocation"])
    first = Walk(page)
    first.to_the_form()
    first.choose("problems", "no-network")
    locate(first)
    first.choose("carrier", "vodafone")
    first.send()
    assert (first.taps, first.keys) == (5, 0)
    page.get_by_role("button", name="Merken").tap()
    expect(page.get_by_role("button", name="Vergessen")).to_be_focused()

    again = Walk(page)
    again.to_the_form()
    expect(page.locator("[data-memory]")).to_contain_text("Wie beim letzten Mal: Vodafone")
    again.choose("problems", "sms")
    locate(again)
    again.send()
    assert (again.taps, again.keys) == (4, 0)
    assert [report.carrier.slug for report in Report.objects.all()] == ["vodafone", "vodafone"]

    other = Walk(page)  # for somebody else: what is remembered stays
    other.to_the_form()
    other.choose("problems", "dropped")
    locate(other)
    other.choose("carrier", "telekom")
    other.send()
    expect(page.get_by_role("button", name="Merken")).to_be_visible()
    other.to_the_form()
    expect(page.locator("[data-memory]")).to_contain_text("Wie beim letzten Mal: Vodafone")


def test_a_place_is_offered_after_three_letters(phone: Page) -> None:
    walk = Walk(phone)
    walk.to_the_form()
    walk.choose("problems", "data-slow")
    walk.tap(phone.locator("#id_place"))
    walk.type("Mün")
    expect(phone.locator("[data-suggested]")).to_have_text("Welcher Ort ist es?")
    walk.tap(phone.locator("label", has_text="Münster, Nordrhein-Westfalen"))
    expect(phone.locator("[data-suggested]")).to_have_text("Gefunden: Münster, Nordrhein-Westfalen")
    expect(phone.locator("#id_place")).to_have_value("Münster, Nordrhein-Westfalen")
    walk.choose("carrier", "o2")
    walk.send()
    assert (walk.taps, walk.keys) == (6, 3)
    assert str(Report.objects.get().town) == "Münster"


def test_a_place_that_is_certain_is_taken_without_a_tap_and_an_unknown_one_is_named_at_once(phone: Page) -> None:
    at(phone).locator("#id_place").press_sequentially("Kassel")
    expect(phone.locator("[data-suggested]")).to_have_text("Gefunden: Kassel, Hessen")
    expect(phone.locator("[name=place_choice]")).to_be_checked()
    phone.locator("#id_place").fill("Xqzvwbrk")
    expect(phone.locator("[data-suggested]")).to_contain_text("Diesen Ort finden wir nicht")
    expect(phone.locator("[name=place_choice]")).to_have_count(0)


def test_what_is_missing_is_said_in_place_before_anything_is_sent(phone: Page) -> None:
    sent: list[str] = []
    at(phone).on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    phone.locator("[name=problems][value=sms]").check(force=True)
    phone.locator("#id_place").press_sequentially("Neustadt")
    expect(phone.locator("[name=place_choice]").first).to_be_attached()
    button = phone.get_by_role("button", name="Meldung absenden")
    button.tap()
    alert = phone.get_by_role("alert")
    expect(alert).to_be_focused()
    expect(alert.get_by_role("link")).to_have_text(["Welcher Ort ist es?", "Bitte wähle deinen Anbieter."])
    expect(phone.locator("#id_where .field__error")).to_have_text("Welcher Ort ist es?")
    expect(phone.locator("#id_problems .field__error")).to_have_count(0)
    assert sent == []
    alert.get_by_role("link").last.tap()
    expect(phone.locator("#id_carrier")).to_be_focused()
    phone.locator("[name=carrier][value=o2]").check(force=True)
    assert phone.evaluate("document.documentElement.scrollWidth") == 390  # the tiles stay where they are
    button.tap()
    expect(alert.get_by_role("link")).to_have_text(["Welcher Ort ist es?"])
    phone.locator("[data-suggest] .tile").first.tap()
    button.tap()
    expect(phone.get_by_text(THANKS)).to_be_visible()


def test_the_keyboard_alone_files(page: Page) -> None:
    at(page)
    for ready, key in (("#id_problems_0", "Space"), ("#id_place", ""), ("[name=carrier][value='1und1']", "Space")):
        for _ in range(30):
            if page.locator(ready).evaluate("element => element === document.activeElement"):
                break
            page.keyboard.press("Tab")
        expect(page.locator(ready)).to_be_focused()
        if key:
            page.keyboard.press(key)
        else:
            page.keyboard.type("Kassel")
            expect(page.locator("[data-suggested]")).to_contain_text("Kassel")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[name=carrier]:checked")).to_have_value("o2")
    page.keyboard.press("Enter")
    expect(page.get_by_text(THANKS)).to_be_visible()
    assert Report.objects.get().carrier.slug == "o2"


def test_without_script_the_server_says_the_same_in_the_same_places(plain: Page, problems: list[str]) -> None:
    plain.goto("/melden/")
    plain.get_by_role("button", name="Meldung absenden").click()
    alert = plain.get_by_role("alert")
    expect(alert.get_by_role("listitem")).to_have_count(3)
    assert [line.split(":")[0] for line in alert.get_by_role("listitem").all_inner_texts()] == [
        "Was geht nicht?",
        "Wo?",
        "Dein Anbieter",
    ]
    plain.locator("[name=problems][value=dropped]").check(force=True)
    plain.locator("#id_place").fill("Neustadt")
    plain.locator("[name=carrier][value=telekom]").check(force=True)
    plain.get_by_role("button", name="Meldung absenden").click()
    plain.locator("[name=place_choice]").first.check(force=True)
    plain.get_by_role("button", name="Meldung absenden").click()
    expect(plain.get_by_text(THANKS)).to_be_visible()
    expect(plain.get_by_role("button", name="Merken")).to_be_hidden()
    assert all("422" in line for line in problems)
    problems.clear()


@pytest.mark.parametrize("script", [True, False])
def test_a_date_without_a_time_is_not_taken_for_now(window: Callable[..., Page], script: bool) -> None:
    page = window(java_script_enabled=script)
    page.goto("/melden/")
    page.locator("[name=problems][value=dropped]").check(force=True)
    page.locator("#id_place").fill("Kassel")
    page.locator("[name=carrier][value=telekom]").check(force=True)
    page.locator("#id_happened_at").focus()
    page.keyboard.type("11292025")
    page.get_by_role("button", name="Meldung absenden").click()
    expect(page.locator("#id_happened_at")).to_be_focused()
    assert page.locator("#id_happened_at:invalid").count() == 1
    assert not Report.objects.exists()


@pytest.mark.parametrize("address", ["/melden/", "/en/report/", "/fall/{}/beleg/", "/en/case/{}/receipt/"])
@pytest.mark.parametrize("width", [195, 320, 390, 1280])
def test_nothing_overflows_and_every_choice_is_large_enough(
    window: Callable[..., Page], address: str, width: int
) -> None:
    report = a_report(name="Donaudampfschifffahrtsgesellschaftskapitänin")
    page = window(viewport={"width": width, "height": 844})
    page.goto(address.format(report.number))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for tile in page.locator(".tile:visible, .send .button:visible").all():
        box = tile.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44


def test_the_button_stays_in_reach_and_covers_no_focus(phone: Page) -> None:
    at(phone)
    button = phone.get_by_role("button", name="Meldung absenden")
    for _ in range(18):
        expect(button).to_be_in_viewport(ratio=1)
        phone.keyboard.press("Tab")
        bar, focused = phone.locator(".send").bounding_box(), phone.locator(":focus")
        inside = focused.evaluate("element => Boolean(element.closest('.send'))")
        box = focused.bounding_box()
        assert bar
        assert box
        assert inside or box["y"] < bar["y"]


def test_the_phone_forgets_when_told_to(phone: Page) -> None:
    at(phone)
    phone.evaluate(
        "localStorage.setItem('einzelfall-vorgaben', JSON.stringify({ carrier: 'aldi-talk', device: 'Pixel 9' }))"
    )
    at(phone)
    expect(phone.locator("[name=carrier][value=aldi-talk]")).to_be_checked()
    expect(phone.locator("label:has([value=aldi-talk])")).to_be_visible()
    phone.get_by_role("button", name="Vergessen").tap()
    expect(phone.locator("[name=carrier]:checked")).to_have_count(0)
    expect(phone.locator("#id_device")).to_have_value("")
    assert phone.evaluate("localStorage.length") == 0


def test_a_link_goes_before_what_is_remembered_and_damage_is_ignored(phone: Page) -> None:
    at(phone)
    phone.evaluate("localStorage.setItem('einzelfall-vorgaben', JSON.stringify({ carrier: 'aldi-talk' }))")
    at(phone, "/melden/?carrier=telekom")
    expect(phone.locator("[name=carrier]:checked")).to_have_value("telekom")
    for damaged in ("{", "7", '{"carrier": 7}', '{"carrier": "\\"]"}'):
        phone.evaluate("text => localStorage.setItem('einzelfall-vorgaben', text)", damaged)
        at(phone)
        expect(phone.locator("[name=carrier]:checked")).to_have_count(0)


def report_from_kassel(page: Page) -> None:
    at(page)
    page.locator("[name=problems][value=dropped]").check(force=True)
    page.locator("#id_place").fill("Kassel")
    page.locator("label:has([name=carrier][value=o2])").click()
    page.get_by_role("button", name="Meldung absenden").tap()


def test_what_is_shared_is_the_public_receipt(window: Callable[..., Page]) -> None:
    page = window(**PHONE)
    page.add_init_script("window.shared = []; navigator.share = async (what) => window.shared.push(what)")
    report_from_kassel(page)
    page.get_by_role("button", name="Teilen", exact=True).tap()
    (shared,) = page.evaluate("window.shared")
    assert re.fullmatch(rf"http://[^/]+/fall/{Report.objects.get().number}/beleg/", shared["url"])
    assert shared["title"] == "Bin ich ein Einzelfall?"


def test_the_link_to_change_is_there_after_a_way_back_and_not_in_the_address(window: Callable[..., Page]) -> None:
    page = window(**PHONE)
    page.add_init_script("navigator.clipboard && (navigator.clipboard.writeText = () => Promise.reject())")
    report_from_kassel(page)
    link = page.locator("a.share")
    change = link.get_attribute("href")
    page.get_by_role("link", name="Zum Fall").tap()
    page.wait_for_url(re.compile(r"/fall/\d+/$"))
    page.go_back()
    expect(link).to_have_attribute("href", change or "")
    page.reload()
    expect(link).to_have_attribute("href", change or "")
    assert "key" not in page.url
    page.get_by_role("button", name="Link zum Ändern kopieren").tap()
    expect(page.get_by_text("Das Kopieren ging nicht.")).to_be_visible()


def test_a_slow_line_is_said_to_be_one(phone: Page) -> None:
    at(phone)
    phone.route(
        "**/melden/", lambda route: phone.wait_for_timeout(0) if route.request.method == "POST" else route.continue_()
    )
    phone.locator("[name=problems][value=dropped]").check(force=True)
    phone.locator("#id_place").fill("Kassel")
    phone.locator("[name=carrier][value=o2]").check(force=True)
    phone.get_by_role("button", name="Meldung absenden").tap()
    said = phone.locator("[data-progress]")
    expect(said).to_have_text("Wird gesendet …")
    expect(said).to_contain_text("liegt sicher auf deinem Handy", timeout=9_000)
