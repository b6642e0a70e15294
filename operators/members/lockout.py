"""Who guesses passwords or codes has to wait: django-axes, told to keep no address and no browser.

Three counts run side by side over the cool-off time: of an account at one address, of an account at all addresses,
and of an address over all accounts. The first is small, since it is one person's; the second is larger, so that nobody
locks a colleague out from elsewhere in passing; the third is large, because an office shares one address.
"""

from hashlib import blake2b
from ipaddress import IPv6Address
from math import ceil
from typing import Any

from allauth.account.internal.userkit import filter_users_by_email
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, OuterRef, QuerySet, Subquery, Sum
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import ngettext

from complaints.base import traces
from operators.members.models import User

PER_ACCOUNT, PER_ADDRESS = 20, 50
"""Failures of an account at all addresses, and of an address over all accounts; AXES_FAILURE_LIMIT is for a pair."""


class Handler(AxesDatabaseHandler):  # type: ignore[misc]
    """Counts failures; what it stores is the account, a hash of the address that changes daily, a time and a number."""

    def get_user_attempts(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> list[Any]:
        return [rows for rows, _limit in counts(request, credentials)]

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """The failures of the count that is nearest to its limit, in terms of AXES_FAILURE_LIMIT."""
        limit: int = settings.AXES_FAILURE_LIMIT
        return max(limit * _failures(rows) // most for rows, most in counts(request, credentials))

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
    ) -> None:
        """Hides from the library what it would store: browser, page and what was typed."""
        seen: Any = request
        seen.axes_user_agent = seen.axes_http_accept = seen.axes_path_info = ""
        credentials = {**credentials, "account": account_of(seen, credentials)}
        query, form = seen.GET, seen.POST
        seen.GET, seen.POST = QueryDict(), QueryDict()
        super().user_login_failed(sender, credentials, request, **kwargs)
        seen.GET, seen.POST = query, form


def counts(request: HttpRequest, credentials: dict[str, Any] | None = None) -> list[tuple[QuerySet[Any], int]]:
    """The failures that speak against a log-in now, in three ways, each with its limit."""
    recent = AccessAttempt.objects.filter(attempt_time__gte=timezone.now() - settings.AXES_COOLOFF_TIME)
    account, address = account_of(request, credentials), hashed_address(request)
    return [
        (recent.filter(username=account, ip_address=address), settings.AXES_FAILURE_LIMIT),
        (recent.filter(username=account), PER_ACCOUNT),
        (recent.filter(ip_address=address), PER_ADDRESS),
    ]


def attempts_of(user: OuterRef, of: type[Sum | Max]) -> Subquery:
    """Recent failures of an account, over all addresses (Sum) or at the one with most of them (Max)."""
    recent = AccessAttempt.objects.filter(attempt_time__gte=timezone.now() - settings.AXES_COOLOFF_TIME, username=user)
    return Subquery(recent.order_by().values("username").annotate(n=of("failures_since_start")).values("n"))


def is_locked(everywhere: int | None, at_one: int | None) -> bool:
    """Whether so many failures lock an account, at one address at least."""
    return (everywhere or 0) >= PER_ACCOUNT or (at_one or 0) >= settings.AXES_FAILURE_LIMIT


def _failures(rows: QuerySet[Any]) -> int:
    total: int | None = rows.aggregate(total=Sum("failures_since_start"))["total"]
    return total or 0


def account_of(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The log-in name of the account that is meant; where there is none, a hash: people mistake fields for another."""
    said = credentials or {}
    if "account" in said:
        return str(said["account"])
    name = str(said.get("username") or said.get("email") or said.get("login") or request.POST.get("login", ""))
    user = User.objects.filter(username__iexact=name).first() or next(iter(filter_users_by_email(name)), None)
    key = settings.SECRET_KEY.encode()[:64]
    return user.username if user else "?" + blake2b(name.lower().encode(), key=key, digest_size=12).hexdigest()


def hashed_address(request: HttpRequest) -> str:
    """The caller's address as a keyed hash that changes daily, in the form of an address, which axes asks for."""
    meta = request.META
    heard = (meta.get("REMOTE_ADDR", ""), meta.get("HTTP_X_FORWARDED_FOR", ""))
    address = traces.client_address(*heard, settings.TRUSTED_PROXIES)
    return str(IPv6Address(traces.connection(address, timezone.localdate()).address.int))


def minutes_left(request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
    """How long the lock still holds, in minutes begun."""
    locked = [rows for rows, most in counts(request, credentials) if _failures(rows) >= most]
    last = max((rows.aggregate(last=Max("attempt_time"))["last"] for rows in locked), default=timezone.now())
    left = last + settings.AXES_COOLOFF_TIME - timezone.now()
    return max(1, ceil(left.total_seconds() / 60))


def locked_page(
    request: HttpRequest, response: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """Says how long to wait, and what to do if the password is forgotten."""
    minutes = minutes_left(request, credentials)
    sentence = ngettext(
        "Too many wrong attempts. Please try again in %(count)s minute.",
        "Too many wrong attempts. Please try again in %(count)s minutes.",
        minutes,
    ) % {"count": minutes}
    answer = render(request, "account/locked.html", {"sentence": sentence}, status=429)
    answer.headers["Retry-After"] = str(minutes * 60)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def forget_failures() -> int:
    """Deletes failures that count no more; returns how many."""
    old = AccessAttempt.objects.filter(attempt_time__lt=timezone.now() - settings.AXES_COOLOFF_TIME)
    gone: int = old.delete()[0]
    return gone
