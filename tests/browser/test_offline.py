"""Filing without network in a real browser: kept, then sent by itself, once, after a restart, by one of two tabs."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from complaints.base import publicpage
from complaints.base.keys import key_for
from complaints.echoes.models import Echo
from complaints.offline import views
from complaints.reports.models import Report
from tests.browser.conftest import FLAGS, chromium_path
from tests.builders import a_report
from tests.line import Fate, Line

KEPT = "[data-rows] strong[data-state=kept]:not([hidden])"
CONTROLLED = "() => navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"
ROWS = """() => new Promise((resolve) => {
  const opening = indexedDB.open("einzelfall", 1);
  opening.onsuccess = () => {
    const request = opening.result.transaction("outbox").objectStore("outbox").getAll();
    request.onsuccess = () => resolve(request.result);
  };
})"""


@pytest.fixture
def line(site: str) -> Iterator[Line]:
    """The site behind a line that can be cut: the service worker has no network then either."""
    opened = Line(urlsplit(site).port or 0)
    yield opened
    opened.close()


@pytest.fixture
def telephone(chromium: Browser, line: Line, tmp_path: Path) -> Iterator[Callable[[], BrowserContext]]:
    """Starts the browser of one phone, again and again: what it stored is still there."""
    running: list[BrowserContext] = []

    def started() -> BrowserContext:
        while running:
            running.pop().close()
        context = chromium.browser_type.launch_persistent_context(
            str(tmp_path / "phone"),
            executable_path=chromium_path(),
            args=FLAGS,
            base_url=line.url,
            locale="de-DE",
            viewport={"width": 390, "height": 844},
            service_workers="allow",
        )
        context.set_default_timeout(15_000)
        running.append(context)
        return context

    yield started
    for context in running:
        context.close()


def at(page: Page, address: str = "/melden/") -> Page:
    """A page whose outbox works."""
    page.goto(address)
    expect(page.locator("[data-outbox][data-ready]")).to_be_attached()
    return page


def installed(page: Page) -> Page:
    at(page)
    page.wait_for_function(CONTROLLED)
    return page


def filled(page: Page, text: str) -> None:
    page.get_by_label("Gespräche brechen ab").check(force=True)
    page.locator("[name=carrier][value=o2]").check(force=True)
    page.locator("form.report-form").evaluate(
        "form => form.querySelectorAll('details').forEach(f => { f.open = true })"
    )
    page.locator("#id_lat").fill("51.962")
    page.locator("#id_lon").fill("7.626")
    page.locator("#id_text").fill(text)


def submit(page: Page) -> None:
    page.get_by_role("button", name="Meldung absenden").click()


def rows(page: Page) -> list[dict[str, object]]:
    found: list[dict[str, object]] = page.evaluate(ROWS)
    return found


def test_it_files_what_was_kept_without_network_once_the_browser_is_back(
    telephone: Callable[[], BrowserContext], line: Line
) -> None:
    other = a_report()
    context = telephone()
    page = installed(context.pages[0])
    tapped = at(context.new_page(), f"/fall/{other.number}/")
    line.cut()
    context.set_offline(True)
    at(page)
    before = datetime.now(UTC)
    for count, text in enumerate(("Erste Meldung im Funkloch.", "Zweite Meldung im Funkloch."), 1):
        filled(page, text)
        submit(page)
        expect(page.locator(KEPT)).to_have_count(count)
    tapped.locator("form[data-echo] button[value=me-too]").click()
    expect(tapped.locator(KEPT)).to_have_count(3)
    after = datetime.now(UTC)
    assert (Report.objects.count(), Echo.objects.count()) == (1, 0)

    context = telephone()
    page = context.pages[0]
    context.set_offline(True)
    at(page)
    expect(page.locator(KEPT)).to_have_count(3)
    page.wait_for_timeout(1500)
    line.mend()
    context.set_offline(False)
    link = page.get_by_role("link", name="Nr. ")
    expect(link).to_have_count(2, timeout=15_000)
    expect(page.get_by_role("link", name="Echo")).to_have_count(1, timeout=15_000)
    echo = Echo.objects.get()
    assert (echo.report_id, echo.kind) == (other.number, "me-too")
    reports = list(Report.objects.exclude(number=other.number).order_by("happened_at"))
    assert [report.text for report in reports] == ["Erste Meldung im Funkloch.", "Zweite Meldung im Funkloch."]
    clocks = [(arrived.happened_at, arrived.received_at) for arrived in reports] + [
        (echo.happened_at, echo.received_at)
    ]
    for happened_at, received_at in clocks:
        assert before - timedelta(seconds=1) <= happened_at <= after
        assert received_at > after + timedelta(seconds=1)
    link.first.click()
    expect(page.get_by_text("Angekommen. Danke")).to_be_visible()
    line.cut()
    page.reload()
    expect(page.get_by_text("Angekommen. Danke")).to_be_visible()


def test_it_goes_straight_to_the_receipt_with_network(telephone: Callable[[], BrowserContext]) -> None:
    page = at(telephone().pages[0])
    filled(page, "Mit Netz gemeldet.")
    submit(page)
    expect(page.get_by_text("Angekommen. Danke")).to_be_visible()
    assert Report.objects.get().text == "Mit Netz gemeldet."
    at(page)
    expect(page.locator("[data-outbox]")).to_be_hidden()
    at(page, "/melden/aufgehoben/")
    expect(page.get_by_role("link", name="Nr. ")).to_have_count(1)


def test_what_was_withdrawn_leaves_the_list(telephone: Callable[[], BrowserContext]) -> None:
    page = at(telephone().pages[0])
    filled(page, "War ein Versehen.")
    submit(page)
    expect(page.get_by_text("Angekommen. Danke")).to_be_visible()
    page.get_by_role("link", name="Meine Meldungen").first.click()
    page.get_by_role("link", name="Nr. ").click()
    page.locator("a.share").click()
    page.get_by_text("Meldung zurückziehen").click()
    page.get_by_role("button", name="Endgültig zurückziehen").click()
    expect(page.get_by_role("heading", name="Du hast deine Meldung zurückgezogen.")).to_be_visible()
    for _ in range(100):  # until the script of the page has done it
        if not rows(page):
            break
        page.wait_for_timeout(50)
    at(page, "/melden/aufgehoben/")
    expect(page.get_by_text("Hier liegt gerade nichts.")).to_be_visible()


def test_it_shows_what_the_server_asks_for_and_forgets_nothing(telephone: Callable[[], BrowserContext]) -> None:
    page = at(telephone().pages[0])
    filled(page, "Wo war das?")
    page.locator("#id_lat").fill("1")
    submit(page)
    expect(page.get_by_role("alert")).to_contain_text("Was du schon angegeben hast, ist noch da")
    expect(page.locator("#id_text")).to_have_value("Wo war das?")
    expect(page.locator("[data-outbox][data-ready]")).to_be_attached()
    page.locator("#id_lat").fill("51.962")
    submit(page)
    expect(page.get_by_text("Angekommen. Danke")).to_be_visible()
    assert Report.objects.get().text == "Wo war das?"


def test_it_lets_a_kept_report_be_changed_and_removed(telephone: Callable[[], BrowserContext], line: Line) -> None:
    page = at(telephone().pages[0])
    line.cut()
    for text in ("Bleibt.", "Geht."):
        filled(page, text)
        submit(page)
        expect(page.locator("#id_text")).to_have_value("")
    box = page.locator("[data-outbox]")
    box.get_by_role("button", name="Entfernen").first.click()  # the browser of the test says no to every question
    expect(page.locator(KEPT)).to_have_count(2)
    page.once("dialog", lambda dialog: dialog.accept())
    box.get_by_role("button", name="Entfernen").first.click()
    expect(page.locator(KEPT)).to_have_count(1)
    box.get_by_role("link", name="Öffnen").click()
    expect(page.locator("#id_text")).to_have_value("Bleibt.")
    expect(page.locator("#id_happened_at")).not_to_have_value("")  # the time at which it was filed first
    expect(box.locator("strong[data-state=open]")).to_be_visible()
    expect(box.get_by_role("button", name="Jetzt senden")).to_be_hidden()
    page.locator("#id_text").fill("Bleibt, aber anders.")
    box.get_by_role("link", name="Öffnen").click()
    expect(page.locator("#id_text")).to_have_value("Bleibt, aber anders.")
    page.locator("#id_text").blur()
    line.mend()
    page.goto("/hilfe/")
    page.go_back()
    expect(box.locator("strong[data-state=open]")).to_be_visible()
    expect(page.locator("#id_text")).to_have_value("Bleibt, aber anders.")
    expect(page.locator("#id_lat")).to_have_value("51.962")
    submit(page)
    expect(page.get_by_text("Angekommen. Danke")).to_be_visible(timeout=15_000)
    assert Report.objects.get().text == "Bleibt, aber anders."


def test_what_was_typed_is_there_after_a_way_back_and_a_reload(telephone: Callable[[], BrowserContext]) -> None:
    page = at(telephone().pages[0])
    page.locator("#id_place").fill("Kassel")
    expect(page.locator("[data-suggested]")).to_contain_text("Gefunden")
    page.locator("[name=carrier][value=o2]").check(force=True)
    page.get_by_role("link", name="Hilfe").first.click()
    page.get_by_role("link", name="Fall melden").first.click()
    expect(page.get_by_text("Das hattest du hier schon begonnen.")).to_be_visible()
    page.get_by_role("link", name="Hilfe").first.click()
    page.go_back()
    for _ in range(2):
        expect(page.locator("[data-outbox][data-ready]")).to_be_attached()
        expect(page.locator("#id_place")).to_have_value("Kassel")
        expect(page.locator("[name=carrier][value=o2]")).to_be_checked()
        page.reload()
    page.get_by_label("Gespräche brechen ab").check(force=True)
    page.get_by_text("Mehr Angaben (freiwillig)").click()
    page.locator("#id_text").fill("Nur einmal.")
    submit(page)
    expect(page.get_by_text("Angekommen. Danke")).to_be_visible()
    page.go_back()  # what has arrived is not there to be sent again
    expect(page.locator("[data-outbox][data-ready]")).to_be_attached()
    for box in ("#id_place", "#id_text"):
        expect(page.locator(box)).to_have_value("")
    expect(page.locator("[name=problems]:checked")).to_have_count(0)
    expect(page.get_by_text("Das hattest du hier schon begonnen.")).to_be_hidden()
    assert Report.objects.get().place_name == "Kassel"


def test_the_same_phone_is_not_somebody_else(telephone: Callable[[], BrowserContext]) -> None:
    page = at(telephone().pages[0])
    for text in ("Eins.", "Zwei."):
        filled(page, text)
        submit(page)
        expect(page.get_by_role("heading", name="Bisher bist du allein.")).to_be_visible()
        at(page)
    assert [report.repeats for report in Report.objects.order_by("number")] == [False, True]
    case = f"/fall/{Report.objects.order_by('number')[0].number}/"
    page.goto(f"{case}beleg/")
    expect(page.get_by_role("heading", name="Bisher steht diese Meldung allein.")).to_be_visible()
    at(page, case)
    expect(page.get_by_role("button", name="Mir auch")).to_be_hidden()
    page.get_by_role("link", name="Dein Beleg mit dem Link zum Ändern").click()
    expect(page.locator("a.share")).to_be_visible()


@pytest.mark.parametrize("locks", [True, False], ids=["locks", "lease"])
def test_it_sends_once_from_two_tabs(telephone: Callable[[], BrowserContext], line: Line, locks: bool) -> None:
    asked: list[bytes] = []

    def counted(request: bytes) -> Fate:
        asked.append(request)
        return Fate.WHOLE

    context = telephone()
    if not locks:
        context.add_init_script("Object.defineProperty(navigator, 'locks', { value: undefined })")
    page = at(context.pages[0])
    line.cut()
    filled(page, "Aus zwei Fenstern.")
    submit(page)
    expect(page.locator(KEPT)).to_be_visible()
    line.mend()
    line.fate = counted
    other = at(context.new_page())
    for tab in (page, other):
        tab.evaluate("dispatchEvent(new Event('online'))")
    for tab in (page, other):
        expect(tab.get_by_role("link", name="Nr. ")).to_have_count(1, timeout=25_000)
    assert Report.objects.count() == 1
    assert len([request for request in asked if request.startswith(b"POST /melden/ ")]) == 1


def test_it_files_one_report_when_ten_answers_are_lost(telephone: Callable[[], BrowserContext], line: Line) -> None:
    posts: list[bytes] = []

    def unlucky(request: bytes) -> Fate:
        if not request.startswith(b"POST /melden/ "):
            return Fate.WHOLE
        posts.append(request)
        return Fate.AFTER if len(posts) <= 10 else Fate.WHOLE

    line.fate = unlucky
    page = at(telephone().pages[0])
    filled(page, "Zehn Antworten verloren.")
    submit(page)
    for _ in range(40):
        page.wait_for_timeout(1100)
        page.evaluate("dispatchEvent(new Event('online'))")
        if len(posts) > 10:
            break
    expect(page.get_by_role("link", name="Nr. ")).to_have_count(1, timeout=15_000)
    assert len(posts) == 11
    assert Report.objects.count() == 1


def test_it_keeps_the_outbox_when_the_site_gets_a_new_version(
    telephone: Callable[[], BrowserContext], line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = installed(telephone().pages[0])
    old = page.evaluate("caches.keys()")
    line.cut()
    filled(page, "Überlebt die neue Fassung.")
    submit(page)
    expect(page.locator(KEPT)).to_be_visible()
    for module in (views, publicpage):
        monkeypatch.setattr(module, "release", lambda: "newer")
    views.worker_script.cache_clear()
    line.mend()
    page.evaluate("navigator.serviceWorker.getRegistration().then((found) => found.update())")
    page.wait_for_function("() => caches.keys().then((names) => names.join() === 'einzelfall-newer')")
    views.worker_script.cache_clear()
    assert old != ["einzelfall-newer"]
    assert next(row["state"] for row in rows(page)) in ("kept", "sending", "filed")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.get_by_role("link", name="Nr. ")).to_have_count(1, timeout=15_000)


def test_its_worker_sends_without_any_page(telephone: Callable[[], BrowserContext], line: Line) -> None:
    context = telephone()
    page = installed(context.pages[0])
    line.cut()
    filled(page, "Der Browser schickt es.")
    submit(page)
    expect(page.locator(KEPT)).to_be_visible()
    line.mend()
    session = context.new_cdp_session(page)
    found: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.extend(one["registrationId"] for one in event["registrations"]),
    )
    session.send("ServiceWorker.enable")
    page.wait_for_timeout(1200)
    page.goto("about:blank")
    asked = {"origin": line.url, "registrationId": found[0], "tag": "outbox", "lastChance": False}
    session.send("ServiceWorker.dispatchSyncEvent", asked)
    page.wait_for_timeout(6000)
    assert Report.objects.get().text == "Der Browser schickt es."


def test_it_takes_a_shared_position_also_without_network(telephone: Callable[[], BrowserContext], line: Line) -> None:
    page = installed(telephone().pages[0])
    line.cut()
    at(page, "/melden/?title=Funkloch&text=geo:51.9624,7.6257&carrier=o2")
    assert page.locator("#id_lat").input_value() == "51.962"
    assert page.locator("#id_lon").input_value() == "7.626"
    assert page.locator("#id_text").input_value() == "Funkloch\ngeo:51.9624,7.6257"
    expect(page.locator("[name=carrier][value=o2]")).to_be_checked()


def test_it_caches_no_page_of_others(telephone: Callable[[], BrowserContext], line: Line) -> None:
    page = installed(telephone().pages[0])
    other = a_report()
    for address in (f"/fall/{other.number}/", f"/fall/{other.number}/beleg/", "/faelle/", "/intern/", "/melden/"):
        page.goto(address)
    kept = page.evaluate(
        """async () => {
          const names = await caches.keys();
          const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
          return keys.flat().map((request) => new URL(request.url).pathname);
        }"""
    )
    shells = {"/melden/", "/melden/aufgehoben/", "/hilfe/", "/en/report/", "/en/report/kept/", "/en/help/"}
    assert {address for address in kept if not address.startswith("/static/")} == shells
    line.cut()
    page.goto("/daten/")
    expect(page.get_by_role("heading", name="Meine Meldungen")).to_be_visible()


def test_it_is_not_there_without_script(plain: Page) -> None:
    plain.goto("/melden/")
    expect(plain.get_by_role("heading", name="Auf deinem Telefon")).to_be_hidden()


def test_it_thanks_for_an_echo_with_network(telephone: Callable[[], BrowserContext]) -> None:
    other = a_report()
    page = at(telephone().pages[0], f"/fall/{other.number}/")
    page.locator("form[data-echo] button[value=still-bad]").click()
    expect(page.get_by_text("Dein „Immer noch schlecht“ zählt")).to_be_visible()
    assert Echo.objects.get().kind == "still-bad"


def test_an_answer_without_network_waits_like_a_report(telephone: Callable[[], BrowserContext], line: Line) -> None:
    other = a_report("dropped")
    page = at(telephone().pages[0])
    filled(page, "Wie die anderen.")
    submit(page)
    question = page.locator("[data-question]")
    expect(question).to_be_visible()
    line.cut()
    question.get_by_role("button", name="Ja, das ist es").click()
    expect(page.locator(KEPT)).to_be_visible()
    expect(page.locator("[data-rows]")).to_contain_text(f"Echo auf Nr. {other.number}, Münster")
    expect(page.locator("#id_text")).to_have_value("")
    line.mend()
    page.wait_for_timeout(1100)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.get_by_role("link", name="Echo")).to_have_count(1, timeout=15_000)
    assert (Echo.objects.get().report_id, Report.objects.count()) == (other.number, 1)


def test_it_asks_nobody_whose_first_try_was_lost(telephone: Callable[[], BrowserContext], line: Line) -> None:
    a_report("dropped")
    page = at(telephone().pages[0])
    line.cut()
    filled(page, "Erster Versuch verloren.")
    submit(page)
    expect(page.locator(KEPT)).to_be_visible()
    line.mend()
    page.wait_for_timeout(1100)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.get_by_role("link", name="Nr. ")).to_have_count(1, timeout=15_000)
    assert Report.objects.count() == 2


def test_a_change_without_network_stays_in_its_form(telephone: Callable[[], BrowserContext], line: Line) -> None:
    report = a_report()
    page = telephone().pages[0]
    page.goto(f"/fall/{report.number}/aendern/{key_for('change', report.number)}/")
    page.get_by_text("Mehr Angaben (freiwillig)").click()
    page.locator("#id_text").fill("Im Tunnel geschrieben.")
    line.cut()
    page.get_by_role("button", name="Änderung speichern").click()
    expect(page.get_by_text("Noch ist nichts gespeichert.")).to_be_visible()
    expect(page.locator("#id_text")).to_have_value("Im Tunnel geschrieben.")
    line.mend()
    page.get_by_role("button", name="Änderung speichern").click()
    expect(page.get_by_text("Deine Änderung ist gespeichert.")).to_be_visible()
    assert Report.objects.get().text == "Im Tunnel geschrieben."
