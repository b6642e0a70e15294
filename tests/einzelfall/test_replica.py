from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory
from django.utils import translation

from complaints import reading
from complaints.reports.models import Report
from einzelfall.replica import ReplicaMiddleware, ReplicaRouter

get = RequestFactory().get


def asked(request: HttpRequest, status: int = 200) -> list[str]:
    """Which databases a view would have read from."""
    seen: list[str] = []

    def view(_: HttpRequest) -> HttpResponse:
        seen.append(ReplicaRouter().db_for_read(Report))
        return HttpResponse(status=status)

    with translation.override("en" if request.path.startswith("/en/") else "de"):
        ReplicaMiddleware(view)(request)
    assert reading.alias() == "default"
    return seen


@pytest.mark.parametrize("path", ["/", "/faelle/", "/fall/1/", "/karte/", "/en/cases/", "/faelle.csv"])
def test_shared_pages_read_from_the_replica(path: str) -> None:
    assert asked(get(path)) == ["replica"]


@pytest.mark.parametrize(
    "path",
    [
        "/fall/1/beleg/",
        "/en/case/1/receipt/",
        "/fall/1/aendern/key/",
        "/melden/",
        "/faelle/?key=1",
        "/intern/",
        "/intern/konto/login/",
        "/readyz",
        "/no/such/page/",
    ],
)
def test_what_shows_the_latest_reads_from_the_primary(path: str) -> None:
    assert asked(get(path)) == ["default"]


def test_posts_and_sessions_read_from_the_primary() -> None:
    assert asked(RequestFactory().post("/faelle/")) == ["default"]
    assert asked(get("/faelle/", headers={"cookie": "sessionid=1"})) == ["default"]


@pytest.mark.parametrize("status", [404, 500])
def test_the_primary_is_asked_where_the_replica_has_no_answer(status: int) -> None:
    assert asked(get("/fall/1/"), status) == ["replica", "default"]


def test_a_download_reads_from_the_replica_while_it_is_sent() -> None:
    def rows() -> Iterator[str]:
        for _ in range(2):
            yield reading.alias()

    def view(_: HttpRequest) -> HttpResponseBase:
        return StreamingHttpResponse(rows())

    response = ReplicaMiddleware(view)(get("/faelle.csv"))
    assert isinstance(response, StreamingHttpResponse)
    assert list(response) == [b"replica", b"replica"]
    assert reading.alias() == "default"


def test_writes_go_to_the_primary() -> None:
    with reading.from_database("replica"):
        assert ReplicaRouter().db_for_write(Report) == "default"
        assert Report.objects.all().db == "default"  # no replica is configured in the tests
    assert not ReplicaRouter().allow_migrate("replica", "complaints")
