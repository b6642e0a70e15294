"""Stories of carrier staff who write posts and keep promises."""

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from operators.posts.actions import come_out_due, mark_overdue
from operators.posts.models import Picture, Post, Promise
from tests.builders import a_member, a_post, a_promise, a_town

pytestmark = pytest.mark.django_db
BODY = "Wir bauen. Bis Mai steht der Mast."
PROMISE = "Bis Mai steht der Mast."


@pytest.fixture
def max_of_o2(client: Client) -> Client:
    user = a_member("o2", "author")
    user.first_name = "Max"
    user.save()
    client.force_login(user)
    return client


def typed(post: Post | None = None, **fields: Any) -> dict[str, Any]:
    """What the form of a post sends, with one empty row for nothing."""
    sent = {"author_name": "Max", "title": "Münster", "summary": "Kurz.", "body": BODY, "step": "stay"}
    for prefix in ("ticker", "promises", "pictures"):
        sent |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    if post is None:
        sent["carrier"] = str(a_post_carrier())
    else:
        sent["version"] = post.changed_at.isoformat()
        sent |= {"title": post.title, "summary": post.summary, "body": post.body}
    return sent | {name.replace("__", "-"): value for name, value in fields.items()}


def a_post_carrier() -> int:
    return a_post("o2", published_at=None, title="Nebenbei").carrier_id


def add(client: Client, **fields: Any) -> Any:
    return client.post("/intern/operators/post/add/", typed(**fields))


def change(client: Client, post: Post, **fields: Any) -> Any:
    post.refresh_from_db()
    return client.post(f"/intern/operators/post/{post.pk}/change/", typed(post, **fields))


def test_a_draft_is_written_previewed_and_published(max_of_o2: Client, client: Client) -> None:
    assert add(max_of_o2).status_code == 302
    post = Post.objects.get(title="Münster")
    assert (post.slug, post.published_at, post.author_name) == ("o2-muenster", None, "Max")
    page = max_of_o2.get(f"/intern/operators/post/{post.pk}/change/").content.decode()
    preview = re.search(r'href="(/beitraege/vorschau/[^"]+)"', page)
    assert preview
    assert BODY in Client().get(preview[1]).content.decode()
    assert change(max_of_o2, post, step="now").status_code == 302
    assert BODY in Client().get("/beitraege/o2-muenster/").content.decode()
    post.refresh_from_db()
    assert post.thread
    assert post.thread.address == "/beitraege/o2-muenster/"


def test_a_promise_is_made_by_copying_its_sentence(max_of_o2: Client) -> None:
    due = timezone.localdate() + timedelta(days=40)
    promise = {
        "promises__TOTAL_FORMS": "1",
        "promises__0-sentence": PROMISE,
        "promises__0-place": "Münster",
        "promises__0-due_on": due.isoformat(),
        "promises__0-kinds": ["dropped", "sms"],
    }
    refused = add(max_of_o2, step="now", **promise | {"promises__0-sentence": "Das steht da nicht."})
    assert "Copy it from there" in refused.content.decode() or "Kopiere ihn" in refused.content.decode()
    assert add(max_of_o2, step="now", **promise).status_code == 302
    made = Promise.objects.get()
    assert [step.step for step in made.changes.all()] == ["made"]
    assert [problem.value for problem in made.problem_list] == ["dropped", "sms"]
    assert PROMISE in Client().get("/versprechen/").content.decode()


def test_a_scheduled_post_comes_out_by_itself(max_of_o2: Client) -> None:
    later = timezone.localtime() + timedelta(hours=2)
    at = {"at_0": later.strftime("%d.%m.%Y"), "at_1": later.strftime("%H:%M")}
    assert add(max_of_o2, step="later", **at).status_code == 302
    post = Post.objects.get(title="Münster")
    assert come_out_due() == 0
    assert Client().get(f"/beitraege/{post.slug}/").status_code == 404
    Post.objects.filter(pk=post.pk).update(published_at=timezone.now() - timedelta(seconds=1))
    assert come_out_due() == 1
    assert come_out_due() == 0


def test_the_form_asks_only_for_what_a_post_needs_where_it_stands(max_of_o2: Client) -> None:
    draft = max_of_o2.get("/intern/operators/post/add/").text
    public = max_of_o2.get(f"/intern/operators/post/{a_post('o2').pk}/change/").text
    assert ('name="at_0"' in draft, 'name="correction"' in draft) == (True, False)
    assert ('name="at_0"' in public, 'name="correction"' in public) == (False, True)
    assert "**fett**" in draft


@pytest.mark.parametrize("step", ["stay", "now"])
def test_a_time_that_nothing_asks_for_is_not_lost_in_silence(max_of_o2: Client, step: str) -> None:
    later = timezone.localtime() + timedelta(days=2)
    at = {"at_0": later.strftime("%d.%m.%Y"), "at_1": later.strftime("%H:%M")}
    page = add(max_of_o2, step=step, **at)
    assert page.status_code == 200
    assert "Eine Zeit gehört nur zu" in page.content.decode()
    assert not Post.objects.filter(title="Münster").exists()
    assert add(max_of_o2, step="later", **at).status_code == 302
    post = Post.objects.get(title="Münster")
    assert change(max_of_o2, post, step="stay", body="Anders.", **at).status_code == 302
    assert change(max_of_o2, post, step="now", **at).status_code == 302
    post.refresh_from_db()
    assert post.is_public


@pytest.mark.parametrize("at", [{"at_0": "01.02.2020", "at_1": "08:00"}, {}])
def test_nothing_is_published_into_the_past(max_of_o2: Client, at: dict[str, str]) -> None:
    response = add(max_of_o2, step="later", **at)
    assert response.status_code == 200
    assert "errornote" in response.content.decode()
    assert BODY in response.content.decode()
    assert not Post.objects.filter(title="Münster").exists()


def test_a_public_post_changes_only_with_a_correction(max_of_o2: Client) -> None:
    post = a_post(body=BODY)
    assert change(max_of_o2, post, body="Wir bauen später.").status_code == 200
    assert change(max_of_o2, post, body="Wir bauen später.", correction="Der Termin war falsch.").status_code == 302
    page = Client().get(f"/beitraege/{post.slug}/").content.decode()
    assert "Wir bauen später." in page
    assert "Der Termin war falsch." in page


def test_a_post_is_retracted_with_a_reason_and_then_stays_so(max_of_o2: Client) -> None:
    post = a_post()
    assert change(max_of_o2, post, step="retract").status_code == 200
    assert change(max_of_o2, post, step="retract", reason="Zu früh.").status_code == 302
    post.refresh_from_db()
    assert post.retracted_at
    assert change(max_of_o2, post, correction="Doch nicht.", body="Neu").status_code == 403


def test_the_second_of_two_writers_is_told_and_loses_nothing(max_of_o2: Client) -> None:
    post = a_post(published_at=None)
    mine = typed(post, body="Meine lange Fassung.")
    assert change(max_of_o2, post, body="Die Fassung der Kollegin.").status_code == 302
    response = max_of_o2.post(f"/intern/operators/post/{post.pk}/change/", mine)
    page = response.content.decode()
    assert response.status_code == 200
    assert "Meine lange Fassung." in page
    post.refresh_from_db()
    assert post.body == "Die Fassung der Kollegin."
    assert f'value="{post.changed_at.isoformat()}"' in page


def test_the_ticker_is_signed_and_stays(max_of_o2: Client) -> None:
    post = a_post()
    assert change(max_of_o2, post, ticker__TOTAL_FORMS="1", **{"ticker__0-text": "Der Mast steht."}).status_code == 302
    entry = post.ticker.get()
    assert (entry.text, entry.by) == ("Der Mast steht.", "Max")
    assert "Der Mast steht." in Client().get(f"/beitraege/{post.slug}/").content.decode()


def picture_of(width: int, height: int, kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Geheime Kamera"
    Image.new("RGB", (width, height), "teal").save(out, kind, exif=exif)
    return out.getvalue()


def upload(client: Client, post: Post, content: bytes, name: str = "mast.jpg", alt: str = "Ein Mast") -> Any:
    fields = {"pictures__0-file": SimpleUploadedFile(name, content), "pictures__0-alt": alt}
    return change(client, post, pictures__TOTAL_FORMS="1", **fields)


def test_a_picture_is_stored_small_and_without_its_past(max_of_o2: Client) -> None:
    post = a_post(body="![](picture:1)", published_at=None)
    assert upload(max_of_o2, post, picture_of(2000, 1000)).status_code == 302
    picture = Picture.objects.get()
    assert (picture.width, picture.height, picture.number) == (1600, 800, 1)
    assert sorted(size.width for size in picture.sizes.all()) == [480, 960, 1600]
    response = Client().get(f"/bild/{picture.key}-480.webp")
    assert response.headers["Content-Type"] == "image/webp"
    assert "immutable" in response.headers["Cache-Control"]
    assert b"Geheime" not in response.content
    assert Image.open(io.BytesIO(response.content)).size == (480, 240)
    again = Client().get(f"/bild/{picture.key}-480.webp", headers={"if-none-match": response.headers["ETag"]})
    assert again.status_code == 304
    assert Client().get(f"/bild/{picture.key}-481.webp").status_code == 404


def bomb() -> bytes:
    out = io.BytesIO()
    Image.new("1", (9000, 9000)).save(out, "PNG")
    return out.getvalue()


def test_a_picture_that_no_text_shows_is_put_below_a_draft(max_of_o2: Client) -> None:
    draft, public = a_post(body="Wir bauen.", published_at=None), a_post(body="Wir bauen auch.")
    upload(max_of_o2, draft, picture_of(600, 400))
    draft.refresh_from_db()
    assert draft.body == "Wir bauen.\n\n![](picture:1)\n"
    page = max_of_o2.get(f"/intern/operators/post/{draft.pk}/change/").content.decode()
    assert f"/bild/{Picture.objects.get().key}-480.webp" in page
    upload(max_of_o2, public, picture_of(600, 400))
    public.refresh_from_db()
    assert public.body == "Wir bauen auch."


def test_a_post_that_comes_out_with_a_picture_shows_it_at_once(max_of_o2: Client) -> None:
    file = SimpleUploadedFile("mast.png", picture_of(600, 400))
    add(max_of_o2, step="now", pictures__TOTAL_FORMS="1", **{"pictures__0-file": file, "pictures__0-alt": "Ein Mast"})
    page = Client().get("/beitraege/o2-muenster/").text
    assert f"/bild/{Picture.objects.get().key}-" in page
    assert "korrigiert" not in page


def test_a_file_is_asked_for_again_where_something_else_is_wrong(max_of_o2: Client) -> None:
    post = a_post(published_at=None)
    picture = SimpleUploadedFile("mast.png", picture_of(600, 400))
    fields = {"pictures__0-file": picture, "pictures__0-alt": "Ein Mast", "pictures__TOTAL_FORMS": "1", "title": ""}
    assert "wähle sie" in change(max_of_o2, post, **fields).content.decode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04" + b"\0" * 100, "JPEG"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "JPEG"),
        (b"GIF89a" + b"\0" * 50, "JPEG"),
        (bomb(), "50"),
        (b"\xff" * (10 * 1024 * 1024 + 1), "10 MB"),
        (picture_of(800, 600)[:2000], "JPEG|beschädigt|damaged"),
    ],
    ids=["zip", "svg", "gif", "bomb", "large", "torn"],
)
def test_what_is_no_picture_gets_a_sentence(max_of_o2: Client, content: bytes, said: str) -> None:
    post = a_post(published_at=None)
    response = upload(max_of_o2, post, content)
    assert response.status_code == 200
    errors = re.findall(r'class="errorlist"[^>]*>(.*?)</ul>', response.content.decode(), re.DOTALL)
    assert re.search(said, " ".join(errors))
    assert not Picture.objects.exists()


def test_a_picture_says_what_it_shows(max_of_o2: Client) -> None:
    post = a_post(published_at=None)
    assert upload(max_of_o2, post, picture_of(600, 400), alt="").status_code == 200
    assert not Picture.objects.exists()


def settle(client: Client, promise: Promise, **fields: Any) -> Any:
    return client.post(f"/intern/operators/promise/{promise.pk}/change/", {"note": "Darum."} | fields)


def test_a_moved_promise_keeps_its_earlier_dates(max_of_o2: Client) -> None:
    promise = a_promise(a_post(body=PROMISE), days=5)
    first = promise.due_on
    then = timezone.localdate() + timedelta(days=90)
    assert settle(max_of_o2, promise, step="moved", new_date=then.isoformat()).status_code == 302
    assert [step.due_on for step in promise.changes.all()] == [first, then]
    page = Client().get("/versprechen/?stand=moved").content.decode()
    assert f"{first:%d.%m.%Y}" in page
    assert f"{then:%d.%m.%Y}" in page


def test_a_promise_is_kept_with_evidence_and_only_once(max_of_o2: Client) -> None:
    promise = a_promise(a_post(body=PROMISE))
    assert settle(max_of_o2, promise, step="kept", note="").status_code == 200
    assert settle(max_of_o2, promise, step="kept", note="Sendet seit Montag.").status_code == 302
    assert settle(max_of_o2, promise, step="broken").status_code == 403
    promise.refresh_from_db()
    assert (promise.state, promise.evidence) == ("kept", "Sendet seit Montag.")


@pytest.mark.parametrize("fields", [{}, {"step": "moved"}, {"step": "moved", "new_date": "2020-01-01"}, {"step": "x"}])
def test_an_incomplete_step_changes_nothing(max_of_o2: Client, fields: dict[str, str]) -> None:
    promise = a_promise(a_post(body=PROMISE))
    response = settle(max_of_o2, promise, **fields)
    assert response.status_code == 200
    assert "Darum." in response.content.decode()
    assert promise.changes.count() == 1


def test_a_promise_becomes_overdue_by_itself_and_once() -> None:
    promise = a_promise(a_post(body=PROMISE), days=-1)
    a_promise(a_post(body=PROMISE), days=0)
    assert mark_overdue() == 1
    assert mark_overdue() == 0
    assert [step.step for step in promise.changes.all()] == ["made", "overdue"]
    assert "überfällig" in Client().get("/versprechen/?stand=overdue").content.decode()


@pytest.mark.parametrize("member", [("vodafone", "manager"), ("o2", "advertiser")])
def test_others_find_no_trace_of_a_draft(client: Client, member: tuple[str, str]) -> None:
    post = a_post(published_at=None, title="Geheimes")
    promise = a_promise(post)
    client.force_login(a_member(*member))
    for address in ("/intern/operators/post/", "/intern/operators/promise/"):
        assert "Geheimes" not in client.get(address).content.decode()
    for model, number in (("post", post.pk), ("promise", promise.pk)):
        for word in ("change", "delete", "history"):
            theirs, nowhere = (f"/intern/operators/{model}/{key}/{word}/" for key in (number, 987654))
            assert client.get(theirs).status_code == client.get(nowhere).status_code in (403, 404)
            assert client.post(theirs, typed(post)).status_code == client.post(nowhere, typed(post)).status_code != 302


def test_a_replier_reads_drafts_but_writes_none(client: Client) -> None:
    post = a_post(published_at=None)
    client.force_login(a_member("o2", "replier"))
    assert client.get(f"/intern/operators/post/{post.pk}/change/").status_code == 200
    assert client.post(f"/intern/operators/post/{post.pk}/change/", typed(post)).status_code in (403, 404)
    assert client.get("/intern/operators/post/add/").status_code == 403


def test_nobody_writes_for_another_carrier(max_of_o2: Client) -> None:
    foreign = a_post("vodafone").carrier_id
    assert add(max_of_o2, carrier=str(foreign)).status_code == 200
    assert not Post.objects.filter(title="Münster").exists()


def test_two_posts_of_one_title_have_two_addresses(max_of_o2: Client) -> None:
    add(max_of_o2, step="now")
    add(max_of_o2, step="now")
    assert sorted(Post.objects.filter(title="Münster").values_list("slug", flat=True)) == [
        "o2-muenster",
        "o2-muenster-2",
    ]


def test_places_are_typed_without_script_and_asked_back(max_of_o2: Client) -> None:
    a_town("Altdorf", "altdorf-a", land=a_town().land), a_town("Altdorf", "altdorf-b", land=a_town().land)
    where = "Münster\nAltdorf, Nordrhein-Westfalen"
    asked = add(max_of_o2, places=where)
    assert asked.status_code == 200
    assert "Welches „Altdorf, Nordrhein-Westfalen“?" in asked.text
    assert where in asked.text
    pick = "Altdorf, Nordrhein-Westfalen|nordrhein-westfalen/altdorf-b"
    assert pick in asked.text
    assert add(max_of_o2, places=where, places_pick_0=pick).status_code == 302
    post = Post.objects.get(title="Münster")
    assert {place.slug for place in post.places.all()} == {"muenster", "altdorf-b"}
    page = max_of_o2.get(f"/intern/operators/post/{post.pk}/change/").text
    assert "nordrhein-westfalen/altdorf-b" in page
    assert "Münster, Nordrhein-Westfalen" in page


def test_an_unknown_place_is_said_and_nothing_typed_is_lost(max_of_o2: Client) -> None:
    row = {"promises-0-sentence": PROMISE, "promises-0-place": "Xqzwy <b>", "promises-0-due_on": "2099-01-01"}
    answer = max_of_o2.post("/intern/operators/post/add/", typed() | row | {"promises-TOTAL_FORMS": "1"})
    assert answer.status_code == 200
    assert "„Xqzwy &lt;b&gt;“ kennen wir nicht" in answer.text
    assert PROMISE in answer.text
    assert not Promise.objects.exists()


def test_saving_says_where_the_post_stands(max_of_o2: Client) -> None:
    answer = max_of_o2.post("/intern/operators/post/add/", typed(step="now"), follow=True)
    assert 'href="/beitraege/o2-muenster/"' in answer.text


def test_what_cannot_be_changed_leads_to_no_shut_door(max_of_o2: Client) -> None:
    """Django would link a carrier and a place to their admins, which are for the site's staff."""
    post = a_post("o2")
    a_promise(post)
    page = max_of_o2.get(f"/intern/operators/post/{post.pk}/change/").text
    assert "O2" in page
    assert "Münster" in page
    assert "/intern/complaints/" not in page


def test_a_question_about_a_place_stays_with_whom_it_was_asked(max_of_o2: Client) -> None:
    """Neither the next form nor the next person gets it."""
    answer = add(max_of_o2, places="Manheimm")
    assert "Welches „Manheimm“?" in answer.text
    for _ in range(3):
        assert "Manheimm" not in max_of_o2.get("/intern/operators/post/add/").text


def test_a_title_in_other_letters_has_an_address_that_says_what_it_is(max_of_o2: Client) -> None:
    assert add(max_of_o2, title="شبكة أفضل").status_code == 302
    assert Post.objects.get(title="شبكة أفضل").slug == "o2-beitrag"


def test_a_text_that_nobody_sees_is_no_post(max_of_o2: Client) -> None:
    page = add(max_of_o2, title="\u200b", body="\u2060\u200b")
    assert page.status_code == 200
    assert not Post.objects.filter(title="\u200b").exists()
    assert page.content.decode().count("Bitte fülle dieses Feld aus.") >= 2


def test_a_draft_is_deleted_without_counting_its_ticks(max_of_o2: Client) -> None:
    post = a_post("o2", published_at=None)
    post.places.add(a_town())
    page = max_of_o2.get(f"/intern/operators/post/{post.pk}/delete/").content.decode()
    assert post.title in page
    assert "Beziehung" not in page


def test_a_promise_does_not_move_to_its_own_date(max_of_o2: Client) -> None:
    promise = a_promise(a_post())
    address = f"/intern/operators/promise/{promise.pk}/change/"
    sent = {"step": "moved", "new_date": str(promise.due_on), "note": "Der Bagger fehlt."}
    assert "Diesen Termin hat es schon." in max_of_o2.post(address, sent).content.decode()
    assert promise.changes.filter(step="moved").count() == 0


def test_a_form_that_is_sent_twice_is_stored_once(max_of_o2: Client) -> None:
    """The token is that of one showing of the form; another showing is another post."""
    form = typed() | {"csrfmiddlewaretoken": "a" * 64}
    first, second = (max_of_o2.post("/intern/operators/post/add/", form) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Post.objects.filter(title="Münster").count() == 1
    wrong = max_of_o2.post("/intern/operators/post/add/", form | {"csrfmiddlewaretoken": "b" * 64, "title": ""})
    assert wrong.status_code == 200
    max_of_o2.post("/intern/operators/post/add/", form | {"csrfmiddlewaretoken": "b" * 64})
    assert Post.objects.filter(title="Münster").count() == 2
