"""The map's coloured squares of 1.5 km take taps anywhere, and the list beside it says what its heading says."""

import re

import pytest
from playwright.sync_api import Page, expect

from complaints.base import zorder
from tests.builders import a_report

MUENSTER = (51.962, 7.626)
SQUARE = 14  # the zoom of the grid of inhabitants
SHOWN = "[data-map][data-ready][data-drawn]"


def square(point: tuple[float, float]) -> tuple[int, int]:
    return zorder.to_grid(*point, SQUARE)


def within(column: int, row: int, right: float, down: float) -> tuple[float, float]:
    """The point of a square so many of its sides from its north-west corner."""
    return zorder.to_degrees(column + right, row + down, SQUARE)


def opened(page: Page, address: str) -> tuple[float, float]:
    """The middle of the map, in pixels of the screen."""
    page.goto(address)
    page.wait_for_selector(SHOWN)
    box = page.locator("[data-stage]").bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_click_anywhere_in_a_coloured_square_opens_its_nearest_cell(page: Page) -> None:
    column, row = square(MUENSTER)
    for right, down in ((0.1, 0.1), (0.1, 0.1), (0.9, 0.1)):
        a_report(point=within(column, row, right, down))
    x, y = opened(page, "/karte/#13/{:.5f}/{:.5f}".format(*within(column, row, 0.5, 0.5)))
    title = page.locator("#feld-titel")
    page.mouse.click(x + 45, y + 45)
    expect(title).to_have_text(re.compile("^Eine Meldung"))
    page.mouse.click(x - 50, y + 45)
    expect(title).to_have_text(re.compile("^2 Meldungen"))
    page.mouse.click(x + 80, y)  # the square beside it
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_a_square_opens_a_cell_that_lies_off_the_screen(phone: Page) -> None:
    column, row = square(MUENSTER)
    a_report(point=within(column, row, 0.05, 0.5))
    x, y = opened(phone, "/karte/#14/{:.5f}/{:.5f}".format(*within(column, row, 0.94, 0.5)))
    phone.touchscreen.tap(x, y)
    expect(phone.locator("#feld-titel")).to_have_text(re.compile("^Eine Meldung"))


@pytest.mark.parametrize("zoom", [7.25, 9, 10.5, 12, 14])
def test_the_heading_counts_what_the_list_shows_up_to_the_edge(page: Page, zoom: float) -> None:
    opened(page, f"/karte/#{zoom}/51.962/7.626")
    width = page.locator("[data-stage]").evaluate("stage => stage.clientWidth")
    x, y = (part / 2**24 for part in zorder.to_grid(*MUENSTER))
    for beyond in (-20, -2, 2, 9, 18, 40):  # pixels from the right edge
        a_report(point=zorder.to_degrees(x + (width / 2 + beyond) / 2 ** (8 + zoom), y, 0))
    page.reload()
    expect(page.locator("#seen-titel")).to_have_text(re.compile(r"^\d+ Meldungen"))
    heading = page.locator("#seen-titel").text_content() or ""
    listed = page.locator("[data-seen] .case")
    expect(listed).to_have_count(int(heading.split()[0]))


def test_it_draws_around_the_view_from_the_first_move_on(page: Page) -> None:
    opened(page, "/karte/#10/51.962/7.626")
    widths = "() => [...document.querySelectorAll('.leaflet-pane > canvas')].map((canvas) => canvas.clientWidth)"
    width = page.locator("[data-stage]").evaluate("stage => stage.clientWidth")
    assert max(page.evaluate(widths)) < 1.05 * width
    page.locator("[data-stage]").press("ArrowRight")
    ground, names = page.evaluate(widths)
    assert ground > 2 * width
    assert names > 1.5 * width
