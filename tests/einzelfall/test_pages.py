"""Pages of prose, error pages, robots.txt, the sitemap and the way to the log-in."""

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import Http404
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries, Settings

from complaints.base import memo
from einzelfall import views
from tests.builders import a_land, a_report, a_town

PAIRS = [
    ("/hilfe/", "/en/help/", "So meldest du einen Fall", "How to report a case"),
    ("/methode/", "/en/method/", "Przyborowski", "Przyborowski"),
    ("/datenschutz/", "/en/privacy/", "keine IP-Adressen", "no IP addresses"),
    ("/impressum/", "/en/imprint/", "Wer für die Inhalte steht", "Who stands for the content"),
    ("/barrierefreiheit/", "/en/accessibility/", "Was noch fehlt", "What is missing"),
]


def text_of(client: Client, path: str, status: int = 200, **extra: str) -> str:
    response = client.get(path, headers=extra)
    assert response.status_code == status
    return response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("german", "english", "says", "says_in_english"), PAIRS)
def test_it_tells_the_same_in_both_languages(
    client: Client, german: str, english: str, says: str, says_in_english: str
) -> None:
    for path, other, language, words in ((german, english, "de", says), (english, german, "en", says_in_english)):
        page = text_of(client, path)
        assert f'<html lang="{language}">' in page
        assert words in page
        assert f'<link rel="canonical" href="http://testserver{path}">' in page
        other_language = "en" if language == "de" else "de"
        assert f'hreflang="{other_language}" href="http://testserver{other}"' in page


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/hilfe/", "/en/imprint/", "/gibt-es-nicht/", "/robots.txt", "/sitemap.xml"])
def test_it_gives_visitors_no_cookie_and_does_not_vary_by_one(client: Client, path: str) -> None:
    response = client.get(path)
    assert not response.cookies
    assert "cookie" not in response.headers.get("Vary", "").lower()


@pytest.mark.django_db
def test_it_answers_304_to_who_has_the_page(client: Client) -> None:
    etag = client.get("/hilfe/").headers["ETag"]
    assert client.get("/hilfe/", headers={"if-none-match": etag}).status_code == 304


@pytest.mark.django_db
def test_it_keeps_the_query_when_the_language_changes(client: Client) -> None:
    assert 'href="/en/help/?a=1&amp;b=2" lang="en"' in text_of(client, "/hilfe/?a=1&b=2")


@pytest.mark.django_db
def test_it_names_the_operator_as_text(client: Client, settings: Settings) -> None:
    assert "noch keine Angaben" in text_of(client, "/impressum/")
    settings.SITE_OPERATOR = "Erika <b>Muster</b>\nMusterweg 1"
    page = text_of(client, "/impressum/?frisch=1")
    assert "Erika &lt;b&gt;Muster&lt;/b&gt;<br>Musterweg 1" in page
    assert "noch keine Angaben" not in page


@pytest.mark.django_db
def test_it_says_demo_only_where_there_is_demo_data(client: Client) -> None:
    a_report(source="web")
    assert 'class="demo"' not in text_of(client, "/hilfe/")
    a_report(source="demo")
    memo.clear_all()
    assert 'class="demo"' in text_of(client, "/hilfe/")
    assert 'class="demo"' in text_of(client, "/en/nothing-here/", 404)


@pytest.mark.django_db
def test_it_lists_the_lasting_pages_for_search_engines(client: Client) -> None:
    a_town("Münster", "muenster", 270_184)
    a_town("Kleindorf", "kleindorf", 300)
    page = text_of(client, "/sitemap.xml")
    for path in ("/", "/en/", "/hilfe/", "/en/help/", "/methode/"):
        assert f"<loc>http://testserver{path}</loc>" in page
    assert "kleindorf" not in page
    assert "Sitemap: http://testserver/sitemap.xml" in text_of(client, "/robots.txt")


@pytest.mark.django_db
def test_it_makes_the_sitemap_with_few_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        a_town(f"Stadt {number}", f"stadt-{number}", 100_000, land=a_land())
    with django_assert_max_num_queries(4):
        client.get("/sitemap.xml")


@pytest.mark.django_db
def test_it_shows_a_way_on_where_nothing_is(client: Client) -> None:
    german, english = text_of(client, "/gibt-es-nicht/", 404), text_of(client, "/en/nothing-here/", 404)
    assert "Diese Seite gibt es nicht." in german
    assert '<html lang="de">' in german
    assert '<html lang="en">' in english
    assert 'href="/en/"' in english
    assert "tried" not in german
    assert "urlpattern" not in german.lower()


@pytest.mark.parametrize(
    ("exception", "sentence"),
    [
        (Http404("Diesen Ort kennen wir nicht."), "Diesen Ort kennen wir nicht."),
        (Http404({"tried": []}), ""),
        (Http404("No Place matches the given query."), ""),
        (Http404(), ""),
    ],
)
def test_it_passes_on_only_our_own_sentences(exception: Http404, sentence: str) -> None:
    assert views.own_sentence(exception) == sentence


def test_it_says_sorry_without_a_database(rf: RequestFactory) -> None:
    response = views.server_error(rf.get("/"))
    assert response.status_code == 500
    assert "Hier ist etwas kaputt." in response.content.decode()


@pytest.mark.django_db
def test_it_refuses_a_foreign_host_with_a_page(client: Client) -> None:
    page = text_of(client, "/hilfe/", 400, host="fremd.example")
    assert "fremd.example" not in page
    assert "Das konnten wir nicht lesen." in page


@pytest.mark.django_db
def test_it_leads_staff_to_the_log_in(client: Client) -> None:
    response = client.get("/intern/", follow=True)
    assert response.redirect_chain[-1][0].startswith("/intern/konto/login/")
    assert "Für Anbieter und für das Team" in response.content.decode()


@pytest.mark.django_db
def test_it_logs_staff_in_and_strangers_not(client: Client) -> None:
    users = get_user_model().objects
    users.create_superuser("max", "max@example.org", "sehr-geheim-9")
    users.create_user("fremd", "fremd@example.org", "sehr-geheim-9")
    wrong = client.post("/intern/konto/login/", {"login": "max", "password": "falsch"})
    assert "notice--bad" in wrong.content.decode()
    right = client.post(
        "/intern/konto/login/?next=/intern/", {"login": "max", "password": "sehr-geheim-9"}, follow=True
    )
    assert "Hallo max" in right.content.decode()
    client.logout()
    client.post("/intern/konto/login/", {"login": "fremd", "password": "sehr-geheim-9"})
    assert client.get("/intern/", follow=True).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/intern/mfa/", "/intern/konto/password/change/", "/intern/konto/logout/"])
def test_it_dresses_the_pages_of_an_account(admin_client: Client, path: str) -> None:
    page = text_of(admin_client, path)
    assert "base.css" in page
    assert 'class="account stack"' in page


@pytest.mark.django_db
def test_it_lets_nobody_sign_up(client: Client) -> None:
    assert "nur auf Einladung" in text_of(client, "/intern/konto/signup/")
    client.post("/intern/konto/signup/", {"username": "x", "password1": "sehr-geheim-9", "password2": "sehr-geheim-9"})
    assert not get_user_model().objects.exists()


def test_it_has_a_prose_template_for_every_language() -> None:
    for code, _name in settings.LANGUAGES:
        for page in ("help", "method", "privacy", "imprint", "accessibility"):
            assert (settings.BASE_DIR / "templates" / "pages" / f"{page}.{code}.html").exists()
