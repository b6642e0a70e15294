"""Pages that all visitors share: an ETag from a cheap counter, a short life in caches, rendered once."""

import functools
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Concatenate, ParamSpec, cast

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language

Arguments = ParamSpec("Arguments")
View = Callable[Concatenate[HttpRequest, Arguments], HttpResponse]
LIGHT = "/leicht"
"""What addresses of light pages begin with."""
SHORT = 60
"""Seconds up to which an answer is fresh in shared caches only; a browser asks each time, and mostly hears 304."""
KEPT_SECONDS = 120
KEPT_BYTES = 400_000


@functools.cache
def release() -> str:
    """A digest of all templates and texts, so that a new version of the site makes new ETags."""
    digest = hashlib.sha256()
    for folder in ("templates", "locale", "static"):
        for path in sorted(Path(settings.BASE_DIR, folder).rglob("*")):
            if path.is_file():
                digest.update(f"{path.name}{path.stat().st_mtime_ns}{path.stat().st_size}".encode())
    return digest.hexdigest()[:12]


def etag_of(request: HttpRequest, version: str) -> str:
    """A strong ETag of what this address shows at this version of the data, today, in this language."""
    parts = (
        release(),
        version,
        str(timezone.localdate()),
        get_language() or "",
        "light" if getattr(request, "light", False) else "",
        request.get_full_path(),
        request.get_host(),
        request.scheme or "",
    )
    return f'"{hashlib.sha256("|".join(parts).encode()).hexdigest()[:24]}"'


def public_page(version: Callable[[], str], max_age: int = 30) -> Callable[[View[Arguments]], View[Arguments]]:
    """Decorates a view whose answer depends on the address, the day and `version()` only.

    Answers 304 to a client that has the page, and the kept copy to everybody else until the version changes.
    Answers other than 200 and streams are passed through without being kept.
    """

    def decorate(view: View[Arguments]) -> View[Arguments]:
        @functools.wraps(view)
        def answer(request: HttpRequest, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponse:
            if request.method not in ("GET", "HEAD"):
                return view(request, *args, **kwargs)
            etag = etag_of(request, version())
            response = get_conditional_response(request, etag=etag) or cache.get(f"page:{etag}")
            if response is None:
                response = view(request, *args, **kwargs)
                _keep(etag, response)
            if response.status_code in (200, 304):
                response.headers["ETag"] = etag
                kept = 0 if max_age <= SHORT else max_age  # who has just acted sees what became of it
                patch_cache_control(response, public=True, max_age=kept, s_maxage=max_age)
            return response

        return cast(View[Arguments], answer)

    return decorate


def _keep(etag: str, response: HttpResponse) -> None:
    if response.status_code == 200 and not response.streaming and len(response.content) <= KEPT_BYTES:
        cache.set(f"page:{etag}", response, KEPT_SECONDS)
