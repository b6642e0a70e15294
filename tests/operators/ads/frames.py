"""How tests ask for frames: as a person's browser does."""

import re
from html import unescape
from typing import Any

from django.http import HttpResponse
from django.test import Client

AGENT = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36"
BROWSER: dict[str, Any] = {
    "HTTP_USER_AGENT": AGENT,
    "HTTP_SEC_FETCH_DEST": "iframe",
    "HTTP_SEC_FETCH_SITE": "same-origin",
}
FOLLOWS: dict[str, Any] = {"HTTP_USER_AGENT": AGENT, "HTTP_SEC_FETCH_DEST": "document"}


def frames_of(body: str) -> list[str]:
    """The addresses of the frames on a page."""
    return [unescape(address) for address in re.findall(r'<iframe[^>]*\ssrc="([^"]+)"', body)]


def frame_on(path: str, slot: str = "left") -> str:
    """The address of the first frame of a slot on a page."""
    found = [address for address in frames_of(Client().get(path).content.decode()) if f"/{slot}/" in address]
    return found[0]


def ask(address: str, **headers: Any) -> HttpResponse:
    answer: Any = Client().get(address, **BROWSER | headers)
    assert isinstance(answer, HttpResponse)
    return answer


def shows_an_ad(address: str) -> bool:
    """Whether the frame holds an ad, not the words of a free slot."""
    return "sponsored" in ask(address).content.decode()


def link_in(response: HttpResponse) -> str:
    """Where the ad inside a frame leads."""
    found = re.search(r'href="([^"]+)"', response.content.decode())
    assert found
    return unescape(found[1])
