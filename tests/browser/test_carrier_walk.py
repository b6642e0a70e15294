"""Max of O2 on a phone: finds what waits, answers a cluster, publishes two promises; nobody else sees the draft."""

from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from complaints.base import memo
from einzelfall.demo.staff import make_staff
from operators.posts.models import Post, Promise
from tests.browser.test_ads import PHONE
from tests.builders import a_report

Window = Callable[..., Page]
TITLE = "Was wir in Münster bauen"
ANSWER = "Seit heute Nacht läuft die neue Station am Prinzipalmarkt."
PROMISES = ("Bis Ostern steht die Station am Hafen.", "Bis Pfingsten verdoppeln wir die Leitungen.")


def logged_in(window: Window, name: str, password: str) -> Page:
    page = window(**PHONE)
    page.goto("/intern/")
    page.fill("[name=login]", name)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/intern/")
    return page


def answer_a_cluster(page: Page) -> None:
    """From the dashboard by the cluster that the site proposes."""
    expect(page.get_by_text("3 Meldungen").first).to_be_visible()
    page.get_by_role("link", name="Viele ähnliche auf einmal beantworten").click()
    page.locator("a[href*='ort=nordrhein-westfalen']").first.click()
    page.fill("[name=text]", ANSWER)
    page.check("[name=sure]")
    page.locator("button[value=answer]").click()
    expect(page.get_by_text("3 Meldungen aus Münster sind beantwortet.")).to_be_visible()


def assign_one(page: Page) -> None:
    """To oneself; the note stands in the same form and may stay empty."""
    page.goto("/intern/postfach/")
    page.get_by_role("link", name="Zuweisen, Notiz, mehr").first.click()
    page.get_by_label("Wer kümmert sich?").select_option(label="Max")
    page.get_by_role("button", name="Zuweisen").click()
    expect(page.get_by_text("Gespeichert, wer sich um")).to_be_visible()


def draft(page: Page) -> None:
    page.goto("/intern/")
    page.get_by_role("link", name="Beitrag schreiben").click()
    page.fill("[name=title]", TITLE)
    page.fill("[name=summary]", "Zwei Baustellen, zwei Termine.")
    page.fill("[name=body]", " ".join(PROMISES))
    for n, sentence in enumerate(PROMISES):
        if n:
            page.locator("#promises-group .add-row a").click()
        page.fill(f"[name=promises-{n}-sentence]", sentence)
        page.fill(f"[name=promises-{n}-place]", "Münster")
        page.fill(f"[name=promises-{n}-due_on]", (timezone.localdate() + timedelta(days=100 + n)).isoformat())
    page.locator("[name=_continue]").first.click()
    expect(page.get_by_role("link", name="Vorschau").first).to_be_visible()


def assert_no_trace(other: Page, post: Post) -> None:
    """Neither in public nor in the other carrier's lists, searches and addresses."""
    for path in (
        "/",
        "/beitraege/",
        "/beitraege/feed/",
        "/versprechen/",
        "/netz/o2/",
        "/ort/nordrhein-westfalen/muenster/",
    ):
        assert TITLE not in Client().get(path, follow=True).text
    assert Client().get(f"/beitraege/{post.slug}/").status_code == 404
    for path in (
        "/intern/",
        "/intern/operators/post/",
        "/intern/operators/post/?q=bauen",
        "/intern/operators/promise/",
    ):
        other.goto(path)
        expect(other.get_by_text("Münster bauen")).to_have_count(0)
        assert not any(sentence in other.content() for sentence in PROMISES)
    for page in ("change", "history", "delete"):
        answer = other.goto(f"/intern/operators/post/{post.pk}/{page}/")
        assert answer
        assert answer.status == 404
        assert TITLE not in other.content()


def test_max_answers_and_promises_on_his_phone(window: Window, site: str, problems: list[str]) -> None:
    make_staff()
    reports = [a_report("sms") for _ in range(3)]
    memo.clear_all()
    page = logged_in(window, "max@o2", "einzelfall-max")
    assign_one(page)
    page.goto("/intern/")
    answer_a_cluster(page)
    draft(page)
    assert_no_trace(logged_in(window, "team@vodafone", "einzelfall-team"), Post.objects.get())
    assert all("404" in problem for problem in problems)
    problems.clear()
    page.check("[name=step][value=now]")
    page.locator("[name=_save]").first.click()
    expect(page.get_by_text("Gespeichert")).to_be_visible()
    memo.clear_all()
    reader = window(**PHONE)
    reader.goto(f"/fall/{reports[0].number}/")
    expect(reader.get_by_text(ANSWER)).to_be_visible()
    reader.goto("/beitraege/")
    reader.get_by_role("link", name=TITLE).first.click()
    reader.goto("/versprechen/")
    for sentence in PROMISES:
        expect(reader.get_by_text(sentence).first).to_be_visible()
    assert Promise.objects.count() == len(PROMISES)
