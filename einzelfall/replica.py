"""Reads of public pages from a replica, where `REPLICA_URL` is set.

Only a visitor's GET of a page that many see: what somebody has just written must be there on the next page, so forms,
the receipt, signed links, the staff's pages and everything with a session read from the primary.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model
from django.http import HttpRequest
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.urls import Resolver404, resolve

from complaints import reading

REPLICA = "replica"
OWN_WRITES = {"report-new", "receipt", "report-picture", "report-change", "report-withdraw", "readyz", "metrics"}
STAFF = "/intern/"
NOT_THERE_YET, IN_TROUBLE = 404, {500, 503}

Handler = Callable[[HttpRequest], HttpResponseBase]


class ReplicaRouter:
    """Sends reads where the request's middleware said, and every write to the primary."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        return reading.alias()

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        return True  # the same rows under two names

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db != REPLICA


class ReplicaMiddleware:
    """Lets shared pages read from the replica; asks the primary again where the replica has no answer.

    Belongs below LanguageMiddleware: which page an address means depends on the language.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not may_lag(request):
            return self.get_response(request)
        with reading.from_database(REPLICA):
            response = self.get_response(request)
        if response.status_code in {NOT_THERE_YET, *IN_TROUBLE}:
            return self.get_response(request)
        if isinstance(response, StreamingHttpResponse):
            response.streaming_content = from_replica(iter(response))
        return response


def may_lag(request: HttpRequest) -> bool:
    """Whether an answer that is a moment old does."""
    if request.method not in ("GET", "HEAD") or settings.SESSION_COOKIE_NAME in request.COOKIES:
        return False
    if request.path_info.startswith(STAFF) or "key" in request.GET:
        return False
    try:
        return resolve(request.path_info).url_name not in OWN_WRITES
    except Resolver404:
        return False


def from_replica(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same chunks; rows are fetched while they are sent, when the middleware has long returned."""
    while True:
        with reading.from_database(REPLICA):
            chunk = next(chunks, None)
        if chunk is None:
            return
        yield chunk
