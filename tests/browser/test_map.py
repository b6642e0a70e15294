"""The map in a real browser: cells, sheet, keyboard, address, picker, and the picture without script."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.builders import a_report

HERE = (51.962, 7.626)
READY = "[data-map][data-ready][data-drawn]"
STRONG = """() => {
  const style = getComputedStyle(document.querySelector('[data-map]'));
  const steps = [1, 2, 3, 4, 5].map((n) => style.getPropertyValue(`--map-step-${n}`).trim());
  const wanted = new Set(steps.map((step) => [1, 3, 5].map((n) => parseInt(step.slice(n, n + 2), 16)).join()));
  let found = 0;
  for (const canvas of document.querySelectorAll('.leaflet-tile-pane canvas')) {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    for (let n = 0; n < data.length; n += 4)
      if (data[n + 3] === 255 && wanted.has(data.slice(n, n + 3).join())) found++;
  }
  return found;
}"""

BACKGROUND = "element => getComputedStyle(element).backgroundColor"


def at(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(READY)


def test_it_draws_a_cell_for_a_report(page: Page) -> None:
    a_report(point=HERE)
    at(page, "/karte/#10/51.962/7.626")
    assert page.evaluate(STRONG) >= 9


@pytest.mark.parametrize("zoom", [7.75, 8, 8.25, 8.5, 8.75, 9])
def test_it_draws_it_at_every_step_between_the_two_sizes_of_cells(page: Page, zoom: float) -> None:
    a_report(point=HERE)
    at(page, f"/karte/#{zoom}/51.962/7.626")
    expect(page.locator("#seen-titel")).to_have_text("Eine Meldung in diesem Ausschnitt")
    assert page.evaluate(STRONG) >= 1


def test_it_draws_nothing_where_nothing_is_reported(page: Page) -> None:
    a_report(point=HERE)
    at(page, "/karte/#10/48.1/11.6")
    assert page.evaluate(STRONG) == 0


def test_it_opens_a_sheet_with_the_reports_of_a_tapped_cell(page: Page) -> None:
    shown = a_report(point=HERE, text="Im Hof bricht es ab.")
    at(page, "/karte/#10/51.962/7.626")
    box = page.locator("[data-stage]").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_role("heading", level=2)).to_have_text(re.compile("^Eine Meldung"))
    expect(sheet.get_by_role("heading", level=2)).to_be_focused()
    expect(sheet.locator(f'a[href="/fall/{shown.number}/"]')).to_be_visible()
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()


def test_it_reaches_all_cells_with_the_keyboard(page: Page) -> None:
    for point in (HERE, HERE, (52.52, 13.405)):
        a_report(point=point)
    at(page, "/karte/")
    page.locator("[data-stage]").focus()
    page.keyboard.press("n")
    heading = page.get_by_role("dialog").get_by_role("heading", level=2)
    expect(heading).to_have_text("2 Meldungen bei Münster")
    page.get_by_role("button", name="Nächstes Feld").press("Enter")
    expect(heading).to_have_text(re.compile("^Eine Meldung"))
    page.keyboard.press("Escape")
    expect(page.locator("[data-stage]")).to_be_focused()


def test_it_keeps_position_and_filters_in_the_address(page: Page) -> None:
    a_report(point=HERE)
    at(page, "/karte/?netz=o2#9/51.5/7.5")
    page.locator("[data-stage]").focus()
    page.keyboard.press("+")
    page.wait_for_url("**/karte/?netz=o2#10/**")
    assert "#10/" in (page.get_by_role("link", name="30 Tage").get_attribute("href") or "")


def test_it_goes_where_another_address_of_it_is_pasted(page: Page) -> None:
    at(page, "/karte/#9/51.5/7.5")
    page.evaluate("location.hash = '#10/52.5/13.4'")
    expect(page.get_by_role("link", name="30 Tage")).to_have_attribute("href", re.compile(r"#10/52\.5\d*/13\.4"))


def test_it_shows_only_what_the_filters_ask_for(page: Page) -> None:
    a_report(point=HERE, carrier="o2")
    at(page, "/karte/?netz=telekom#10/51.962/7.626")
    assert page.evaluate(STRONG) == 0


def test_it_redraws_in_the_dark(page: Page) -> None:
    a_report(point=HERE)
    at(page, "/karte/#10/51.962/7.626")
    light = page.locator("[data-map]").evaluate(BACKGROUND)
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(200)
    assert page.evaluate(STRONG) >= 9
    assert page.locator("[data-stage]").evaluate(BACKGROUND) != light


def test_it_shows_a_sheet_from_below_on_a_phone(phone: Page) -> None:
    a_report(point=HERE)
    at(phone, "/karte/#10/51.962/7.626")
    phone.get_by_role("button", name="Felder der Reihe nach zeigen").tap()
    sheet = phone.get_by_role("dialog")
    expect(sheet).to_be_visible()
    box = sheet.bounding_box()
    assert box is not None
    assert box["width"] == 390
    assert box["y"] + box["height"] > 840
    ring = phone.locator(".map__pick").bounding_box()
    assert ring is not None
    assert 0 < ring["y"] < box["y"] - ring["height"]


def test_it_says_rate_and_newest_cases_in_the_sheet(page: Page) -> None:
    a_report("sms", point=HERE)
    at(page, "/karte/#10/51.962/7.626")
    page.locator("[data-stage]").press("Enter")
    sheet = page.get_by_role("dialog")
    expect(sheet).to_contain_text("je 100.000 Einwohner")
    expect(sheet).to_contain_text("SMS verspätet oder verloren")
    expect(sheet.get_by_role("link", name="Alle Fälle dieses Feldes")).to_have_attribute("href", re.compile("feld="))


def test_it_closes_the_sheet_by_a_swipe(phone: Page) -> None:
    a_report(point=HERE)
    at(phone, "/karte/#10/51.962/7.626")
    phone.get_by_role("button", name="Felder der Reihe nach zeigen").tap()
    sheet = phone.get_by_role("dialog")
    expect(sheet).to_be_visible()
    swipe = """(head) => {
      const touch = (y) => new Touch({ identifier: 1, target: head, clientX: 100, clientY: y });
      head.dispatchEvent(new TouchEvent("touchstart", { touches: [touch(400)] }));
      head.dispatchEvent(new TouchEvent("touchend", { changedTouches: [touch(520)] }));
    }"""
    sheet.locator(".sheet__head").evaluate(swipe)
    expect(sheet).to_be_hidden()


def test_it_lists_beside_the_map_what_is_seen(page: Page) -> None:
    here, away = a_report(point=HERE), a_report(point=(48.1, 11.6))
    at(page, "/karte/")
    beside = page.locator("[data-seen]")
    expect(beside.locator("[aria-live]")).to_have_text("2 Meldungen in diesem Ausschnitt")
    expect(beside.locator(f'a[href="/fall/{away.number}/"]')).to_be_visible()
    page.goto("about:blank")
    at(page, "/karte/#10/51.962/7.626")
    expect(beside.locator("[aria-live]")).to_have_text("Eine Meldung in diesem Ausschnitt")
    expect(beside.locator(f'a[href="/fall/{here.number}/"]')).to_be_visible()
    expect(beside.locator(f'a[href="/fall/{away.number}/"]')).to_have_count(0)


def test_it_moves_through_time_by_keyboard_without_a_new_page(page: Page) -> None:
    a_report(point=HERE, at=datetime(2011, 11, 20, 12, tzinfo=UTC))
    a_report(point=HERE)
    at(page, "/karte/?netz=o2#10/51.962/7.626")
    page.evaluate("window.same = true")
    expect(page.locator("[data-live=total]")).to_contain_text("2 Meldungen über Störungen")
    handle = page.get_by_role("slider", name="Zeitraum: bis")
    handle.press("Home")
    page.wait_for_url("**/karte/?netz=o2&bis=2011-11-20#10/**")
    expect(page.locator("[data-live=total]")).to_contain_text("Eine Meldung über Störungen")
    assert handle.get_attribute("aria-valuetext") == "20.11.2011"
    assert "/faelle.csv?netz=o2&bis=2011-11-20" in (page.get_by_role("link", name="CSV").get_attribute("href") or "")
    page.get_by_role("link", name="alles", exact=True).click()
    expect(page.locator("[data-live=total]")).to_contain_text("2 Meldungen über Störungen")
    assert handle.input_value() == handle.get_attribute("max")
    assert page.evaluate("window.same")


def test_a_new_period_has_its_own_cells_and_leaves_the_focus(page: Page) -> None:
    old = datetime.now(UTC) - timedelta(days=60)
    for _ in range(3):
        a_report(point=HERE, at=old)
    a_report(point=(51.98, 7.7))
    at(page, "/karte/#11/51.962/7.626")
    page.locator("[data-stage]").focus()
    page.keyboard.press("n")
    expect(page.locator("#feld-titel")).to_contain_text("3 Meldungen")
    page.get_by_role("link", name="7 Tage").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#seen-titel")).to_have_text("Eine Meldung in diesem Ausschnitt")
    expect(page.locator("dialog.sheet")).to_be_hidden()
    expect(page.get_by_role("link", name="7 Tage")).to_be_focused()
    page.locator("[data-stage]").focus()
    page.keyboard.press("n")
    expect(page.locator("#feld-titel")).to_contain_text("Eine Meldung")
    expect(page.locator("[data-status]")).to_have_text(
        "Feld 1 von 1 in diesem Ausschnitt, die meisten Meldungen zuerst"
    )


def test_it_hatches_where_people_live_and_nobody_reported(page: Page) -> None:
    at(page, "/karte/#10/51.962/7.626")
    hatched = """() => [...document.querySelectorAll('.leaflet-tile-pane canvas')].some((canvas) =>
      canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value))"""
    assert page.evaluate(hatched)


def test_it_shows_the_picture_without_script(plain: Page) -> None:
    a_report(point=HERE)
    plain.goto("/karte/?netz=o2")
    picture = plain.get_by_role("img", name="Karte von Deutschland")
    expect(picture).to_be_visible()
    assert picture.get_attribute("src") == "/karte.svg?netz=o2"
    assert picture.evaluate("image => image.naturalWidth") == 640
    expect(plain.locator("[data-stage]")).to_be_hidden()


def test_it_shows_the_picture_alone_in_its_own_colours(page: Page) -> None:
    page.goto("/karte.svg")
    assert page.locator(".land").evaluate("path => getComputedStyle(path).fill") == "rgb(255, 253, 248)"


def test_the_slider_speaks_the_days_that_were_chosen(page: Page) -> None:
    for days in (3000, 500, 40, 0):
        a_report(at=datetime.now(UTC) - timedelta(days=days))
    page.goto("/karte/?von=2021-02-03&bis=2022-03-04")
    page.wait_for_selector(READY)
    handles = page.locator("[data-low], [data-high]")
    expect(handles.first).to_have_attribute("aria-valuetext", "03.02.2021")
    expect(handles.last).to_have_attribute("aria-valuetext", "04.03.2022")


def test_on_narrow_screens_it_says_how_many_are_seen_without_a_list(window: Callable[..., Page]) -> None:
    a_report(point=HERE)
    page = window(viewport={"width": 390, "height": 844})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/karte/#12/51.962/7.626")
    heading = page.locator("#seen-titel")
    expect(heading).to_have_text("Eine Meldung in diesem Ausschnitt")
    expect(heading).to_be_visible()
    page.locator("[data-stage]").focus()
    for _ in range(3):
        page.keyboard.press("Shift+ArrowUp")
        page.wait_for_timeout(500)  # Leaflet takes no key while it still moves
    expect(heading).to_have_text("Keine Meldung in diesem Ausschnitt")
    pieces = page.locator("[data-seen]").get_attribute("data-address") or ""
    assert pieces.startswith("/karte/")
    assert not [address for address in asked if pieces in address]
    assert page.locator("[data-seen] .case").count() == 0


def test_go_moves_the_map_and_filters_nothing(page: Page) -> None:
    a_report(point=HERE)
    page.goto("/karte/")
    page.wait_for_selector(READY)
    page.locator("[name=ort]").fill("Münster, Nordrhein-Westfalen")
    page.locator("[data-go]").click()
    page.wait_for_url(re.compile(r"/karte/#11/51\.9\d\d/7\.6\d\d$"))
    expect(page.locator("#seen-titel")).to_have_text("Eine Meldung in diesem Ausschnitt")
    painted = """pane => [...pane.querySelectorAll("canvas")].every((canvas) => {
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      return data.some((value, n) => n % 4 === 3 && value > 0);
    })"""
    for pane in ("basemap", "labels"):  # a jump must not leave the ground or the names empty
        assert page.locator(f".leaflet-{pane}-pane").evaluate(painted), pane


def test_other_filters_leave_the_map_where_it_is(page: Page) -> None:
    a_report(point=HERE)
    at(page, "/karte/#11/51.962/7.626")
    page.locator(".filters summary").click()
    page.locator("[name=netz][value=o2]").check(force=True)
    page.get_by_role("button", name="Anzeigen").click()
    page.wait_for_url(re.compile(r"/karte/\?\S*netz=o2\S*#11/51\.962/7\.626$"))
    page.locator(".map-head").get_by_role("link", name="Alles zeigen").click()
    page.wait_for_url(re.compile(r"/karte/#11/51\.962/7\.626$"))


def test_a_place_is_a_filter_only_until_the_map_goes_elsewhere(page: Page) -> None:
    a_report(point=HERE)
    at(page, "/karte/")
    place, shows = page.locator("[name=ort]"), page.get_by_role("button", name="Anzeigen")
    place.fill("Kassel")
    page.locator("[data-go]").click()
    page.wait_for_url(re.compile(r"#11/51\.3"))
    page.locator(".filters summary").click()
    page.locator("[name=netz][value=o2]").check(force=True)
    shows.click()  # where the map went is no filter
    page.wait_for_url(re.compile(r"/karte/\?ort=&\S*netz=o2\S*#11/51\.3"))
    page.wait_for_selector(READY)
    place.fill("Kassel")
    page.locator(".filters summary").click()
    shows.click()  # what is asked for as a filter is one, and there the map begins
    page.wait_for_url(re.compile(r"/karte/\?ort=Kassel[^#]*$"))
    page.wait_for_selector(READY)
    place.fill("Münster, Nordrhein-Westfalen")
    page.locator("[data-go]").click()
    page.wait_for_url(re.compile(r"/karte/\?netz=o2[^#]*#11/51\.9"))
    expect(page.locator("#seen-titel")).to_have_text("Eine Meldung in diesem Ausschnitt")


def test_go_offers_the_others_where_a_name_is_several(page: Page) -> None:
    page.goto("/karte/")
    page.wait_for_selector(READY)
    page.locator("[name=ort]").fill("Neustadt")
    page.locator("[data-go]").click()
    meant = page.locator("[data-meant]")
    expect(meant).to_contain_text("Gezeigt: Neustadt")
    first = page.url
    assert re.search(r"/karte/#1[13]/", first)  # nothing is filtered
    other = meant.get_by_role("link").first
    name = other.inner_text()
    other.click()
    expect(meant.locator("strong")).to_have_text(name)
    page.wait_for_url(lambda url: url != first)
    expect(page.locator(".nav__language a")).to_have_attribute("href", re.compile(r"/en/map/#1[13]/"))
    page.locator("[name=ort]").fill("Kassel")
    page.locator("[data-go]").click()
    expect(meant).to_be_hidden()


def test_go_says_in_place_that_it_does_not_know_a_name(page: Page) -> None:
    at(page, "/karte/#11/51.962/7.626")
    place = page.locator("[name=ort]")
    place.fill("Xqzvwbrk")
    page.locator("[data-go]").click()
    expect(place).to_be_focused()
    assert "Diesen Ort finden wir nicht" in place.evaluate("input => input.validationMessage")
    assert page.url.endswith("/karte/#11/51.962/7.626")
    place.fill("Kassel")
    page.locator("[data-go]").click()
    page.wait_for_url(re.compile(r"/karte/#11/51\.3"))


def test_it_takes_the_place_of_a_report_from_a_tap(page: Page) -> None:
    page.goto("/melden/")
    page.get_by_role("button", name="Auf der Karte zeigen").click()
    stage = page.locator("[data-picker] [data-stage]")
    page.wait_for_selector("[data-picker] [data-stage][data-ready]")
    stage.click()
    expect(page.locator(".picker [data-said]")).to_contain_text("Gewählt:")
    assert 47 < float(page.locator("#id_lat").input_value()) < 55
    assert page.locator("#id_place").input_value()


def test_a_point_settles_the_step_that_was_missing(page: Page) -> None:
    page.goto("/melden/")
    page.wait_for_selector("[data-outbox][data-ready]", state="attached")  # else the server answers
    page.get_by_role("button", name="Meldung absenden").click()
    wrong = page.locator("#id_where .field__error")
    expect(wrong).to_be_visible()
    page.get_by_role("button", name="Auf der Karte zeigen").click()
    page.locator("[data-picker] [data-stage][data-ready]").click()
    expect(page.locator(".picker [data-said]")).to_contain_text("Gewählt:")
    expect(wrong).to_be_hidden()
    done = page.locator(".done b")
    assert done.nth(1).evaluate(BACKGROUND) != done.nth(0).evaluate(BACKGROUND)
    expect(page.locator("#id_problems .field__error")).to_be_visible()


def test_the_map_of_the_form_begins_at_the_place_that_was_found(page: Page) -> None:
    page.goto("/melden/")
    page.locator("#id_place").fill("Münster, Nordrhein-Westfalen")
    expect(page.locator("[name=place_choice]")).to_be_checked()
    page.get_by_role("button", name="Auf der Karte zeigen").click()
    stage = page.locator("[data-picker] [data-stage]")
    page.wait_for_selector("[data-picker] [data-stage][data-ready]")
    stage.click()
    expect(page.locator(".picker [data-said]")).to_contain_text("Gewählt:")
    assert float(page.locator("#id_lat").input_value()) == pytest.approx(51.96, abs=0.05)


def test_it_takes_the_position_of_the_phone(window: Callable[..., Page]) -> None:
    page = window(geolocation={"latitude": 51.96212, "longitude": 7.62634}, permissions=["geolocation"])
    page.goto("/melden/")
    page.get_by_role("button", name="Meinen Standort nehmen").click()
    expect(page.locator(".picker [data-said]")).to_contain_text("Münster")
    assert page.locator("#id_lat").input_value() == "51.962"


def test_it_says_so_when_the_position_is_refused(window: Callable[..., Page]) -> None:
    page = window(permissions=[])
    page.goto("/melden/")
    page.get_by_role("button", name="Meinen Standort nehmen").click()
    expect(page.locator(".picker [data-said]")).to_contain_text("ippe den Ort ein")


def test_it_forgets_the_point_when_another_place_is_typed(window: Callable[..., Page]) -> None:
    page = window(geolocation={"latitude": 51.962, "longitude": 7.626}, permissions=["geolocation"])
    page.goto("/melden/")
    page.get_by_role("button", name="Meinen Standort nehmen").click()
    expect(page.locator("#id_place")).to_have_value("Münster")
    page.locator("#id_place").fill("Bonn")
    assert page.locator("#id_lat").input_value() == ""


def test_a_form_that_sends_empty_fields_leaves_the_sheet_its_square(page: Page) -> None:
    a_report(point=HERE, text="Im Hof bricht es ab.")
    at(page, "/karte/?ort=&q=&feld=#11/51.962/7.626")
    page.get_by_role("link", name="7 Tage").click()
    page.wait_for_url("**von=**")
    expect(page.locator(".map--waits")).to_have_count(0)
    page.locator("[data-stage]").focus()
    page.keyboard.press("n")
    expect(page.locator("dialog.sheet").get_by_text("Im Hof bricht es ab.")).to_be_visible()
    assert (page.locator("dialog.sheet [data-more]").get_attribute("href") or "").count("feld=") == 1
