"""What browser tests share: the machine's Chromium, the site on a port, a page that tolerates no complaints.

`page` is a desktop window, `phone` a phone, `plain` a browser without script; `problems` is what they complained of.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.committed import transactional_db

__all__ = ["transactional_db"]

HOW_TO_GET_IT = "no Chromium on this machine: apt-get install chromium, or set CHROMIUM to its path"
NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # With a process of their own the frames of ads take clicks that come within a frame's time after a scroll, as only
    # a script clicks.
    "--disable-features=IsolateSandboxedIframes",
]
HERE = Path(__file__).parent

# Playwright keeps an event loop in the tests' thread; their own database calls are still synchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


def chromium_path() -> str | None:
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    skip = chromium_path() is None and os.environ.get("REQUIRE_BROWSER") != "1"
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)
            if skip:
                item.add_marker(pytest.mark.skip(HOW_TO_GET_IT))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [report for report in terminalreporter.getreports("skipped") if "tests/browser" in report.nodeid]
    if skipped and chromium_path() is None:
        terminalreporter.write_line(f"{len(skipped)} browser tests skipped: {HOW_TO_GET_IT}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = chromium_path()
    if path is None:
        pytest.fail(f"REQUIRE_BROWSER=1, but {HOW_TO_GET_IT}", pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(django_db_setup: None) -> Iterator[LiveServer]:
    running = LiveServer("127.0.0.1")
    running._live_server_modified_settings.enable()
    with override_settings(STATIC_ROOT=HERE / "nothing"):  # it would serve what was collected earlier, however old
        yield running
    running.stop()
    running._live_server_modified_settings.disable()


@pytest.fixture
def site(server: LiveServer, transactional_db: None) -> str:
    """The address of the running site; it sees what a test stores."""
    return server.url


@pytest.fixture
def problems() -> list[str]:
    """What the browser complained of; `page`, `phone` and `plain` fail a test that leaves something here."""
    return []


def _watched(context: BrowserContext, site: str, problems: list[str]) -> Page:
    def foreign(request: Request) -> None:
        if not request.url.startswith((f"{site}/", "data:", "blob:")):
            problems.append(f"foreign request: {request.url}")

    page = context.new_page()
    page.set_default_timeout(10_000)
    page.on("request", foreign)
    page.on("pageerror", lambda error: problems.append(f"error: {error}"))
    page.on("console", lambda line: problems.append(f"{line.type}: {line.text}") if line.type == "error" else None)
    return page


@pytest.fixture
def window(chromium: Browser, site: str, problems: list[str]) -> Iterator[Callable[..., Page]]:
    """Opens a watched page in a context with the given Playwright options; addresses may begin with a slash."""
    contexts: list[BrowserContext] = []

    def opened(**options: object) -> Page:
        context = chromium.new_context(base_url=site, locale="de-DE", **options)  # type: ignore[arg-type]
        contexts.append(context)
        return _watched(context, site, problems)

    yield opened
    for context in contexts:
        context.close()
    assert not problems, problems


@pytest.fixture
def page(window: Callable[..., Page]) -> Page:
    return window(viewport={"width": 1280, "height": 900})


@pytest.fixture
def phone(window: Callable[..., Page]) -> Page:
    return window(viewport={"width": 390, "height": 844}, device_scale_factor=3, has_touch=True, is_mobile=True)


@pytest.fixture
def plain(window: Callable[..., Page]) -> Page:
    return window(viewport={"width": 390, "height": 844}, java_script_enabled=False)
