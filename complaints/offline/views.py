"""What makes the site work without network: its service worker, its manifest, the page of kept reports."""

import functools
import json
import re
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _t
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_GET

from complaints.base.publicpage import public_page, release
from complaints.reports.queries import has_demo_data

SCRIPTS = ("store.js", "outbox.js", "worker.js")
SHELLS = ("report-new", "report-kept", "help")
ASSETS = (
    *(f"complaints/offline/{name}.js" for name in ("store", "outbox", "question", "form")),
    *("complaints/maps/picker.js", "complaints/places/suggest.js", "base.css", "favicon.svg"),
    *(f"complaints/reports/{name}" for name in ("check.js", "memory.js", "receipt.js", "receipt.css")),
)
LANGUAGES = ("de", "en")


def version() -> str:
    return str(has_demo_data())


@functools.cache
def worker_script() -> str:
    """The worker with its parts as one plain script: not every browser takes modules in service workers."""
    shells = {language: [_address(name, language) for name in SHELLS] for language in LANGUAGES}
    receipts = (re.escape(_address("receipt", language, 0)).replace("/0/", r"/\d+/") for language in LANGUAGES)
    site = {
        "release": release(),
        "static": settings.STATIC_URL,
        "shells": [address for addresses in shells.values() for address in addresses],
        "assets": [static(name) for name in ASSETS],
        "kept": {language: shells[language][1] for language in LANGUAGES},
        "receipts": f"^({'|'.join(receipts)})$",
    }
    folder = Path(settings.BASE_DIR, "static", "complaints", "offline")
    parts = [re.sub(r"^import .*\n|^export ", "", (folder / name).read_text(), flags=re.MULTILINE) for name in SCRIPTS]
    return "\n".join([f"const SITE = {json.dumps(site)};", *parts])


def _address(name: str, language: str, *words: int) -> str:
    with translation.override(language):
        return reverse(name, args=words)


@require_GET
@cache_control(no_cache=True)
@condition(etag_func=lambda request: f'"{release()}"')
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker of the whole site; browsers ask for it again at every visit."""
    return HttpResponse(worker_script(), content_type="text/javascript; charset=utf-8")


@require_GET
@public_page(version, max_age=3600)
def manifest(request: HttpRequest) -> HttpResponse:
    """The web app manifest in the address's language."""
    form = reverse("report-new")
    said = {
        "name": "Einzelfall",
        "short_name": "Einzelfall",
        "description": _t("Report where your mobile network fails, also without reception."),
        "lang": translation.get_language(),
        "id": "/",
        "scope": "/",
        "start_url": f"{form}?app=1",
        "display": "standalone",
        "background_color": "#f6f3ec",
        "theme_color": "#f6f3ec",
        "icons": [
            _icon("favicon.svg", "any", "any") | {"type": "image/svg+xml"},
            _icon("icons/app-192.png", "192x192", "any"),
            _icon("icons/app-512.png", "512x512", "any"),
            _icon("icons/maskable-192.png", "192x192", "maskable"),
            _icon("icons/maskable-512.png", "512x512", "maskable"),
        ],
        "shortcuts": [
            {"name": _t("Report now"), "url": f"{form}?app=1"},
            {"name": _t("Map"), "url": reverse("map")},
        ],
        "share_target": {
            "action": form,
            "method": "GET",
            "params": {"title": "title", "text": "text", "url": "url"},
        },
    }
    return JsonResponse(said, content_type="application/manifest+json")


def _icon(name: str, sizes: str, purpose: str) -> dict[str, str]:
    return {"src": static(name), "sizes": sizes, "type": "image/png", "purpose": purpose}


@require_GET
@public_page(version, max_age=300)
def kept(request: HttpRequest) -> HttpResponse:
    """The page of what this phone keeps; its rows are known to the phone only."""
    return render(request, "complaints/offline/kept.html")
