"""Markdown of guest posts as HTML that can do no harm: no raw HTML, few link schemes, own pictures only."""

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import urlsplit

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _t
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

PICTURE = re.compile(r"picture:(\d{1,4})")
LINK = re.compile(r"(https?://|mailto:|/(?![/\\])|#)", re.IGNORECASE)
HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+")
SIZES = "(min-width: 42rem) 40rem, 100vw"


@dataclass(frozen=True)
class Shown:
    """A picture of the post as the page shows it; `widths` in pixels, smallest first."""

    number: int
    key: str
    alt: str
    width: int
    height: int
    widths: tuple[int, ...]

    def address(self, width: int) -> str:
        return f"/bild/{self.key}-{width}.webp"


Promised = tuple[int, str, str]
"""A promise's number, its sentence, and what has become of it, in a word; empty while it stands as it was said."""


def html_of(body: str, pictures: tuple[Shown, ...] = (), promised: tuple[Promised, ...] = ()) -> SafeString:
    """A body as HTML; sentences of `promised` are marked and linked, in the words of the reader's language."""
    return _html_of(body, pictures, promised, get_language() or "de")


@functools.lru_cache(maxsize=128)
def _html_of(body: str, pictures: tuple[Shown, ...], promised: tuple[Promised, ...], language: str) -> SafeString:
    """Kept for the next reader of this language."""
    context = {"pictures": {shown.number: shown for shown in pictures}, "promised": promised, "language": language}
    html: str = _PARSER.render(body, context)
    return mark_safe(html)  # noqa: S308  made by a parser that knows no HTML


def plain(text: str) -> str:
    """A text with every run of spaces and line ends as one space."""
    return " ".join(text.split())


def occurs(sentence: str, body: str) -> bool:
    """Whether a body holds a sentence, whatever its line ends."""
    return bool(plain(sentence)) and plain(sentence) in plain(body)


def pictures_in(body: str) -> set[int]:
    """The numbers of the pictures that a body shows."""
    return {int(number) for number in PICTURE.findall(body)}


def _may_link(self: MarkdownIt, url: str) -> bool:
    return bool(LINK.match(url) or PICTURE.fullmatch(url))


class _Parser(MarkdownIt):
    validateLink = _may_link  # noqa: N815  the library's name

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        """Addresses are read as they are sent, so that a host in look-alike letters shows its true name."""
        return self.normalizeLink(link)


def _one_line(children: Sequence[Token]) -> Iterator[Token]:
    """Neighbouring pieces of plain text as one."""
    words = ""
    for token in children:
        if token.type in ("text", "softbreak"):
            words += token.content if token.type == "text" else " "
            continue
        if words:
            yield _text(words)
        words = ""
        yield token
    if words:
        yield _text(words)


def _text(content: str, kind: str = "text") -> Token:
    return Token(kind, "", 0, content=content)


def _marked(token: Token, promised: tuple[Promised, ...]) -> Iterator[Token]:
    """A piece of plain text with the promises in it between marks."""
    rest = token.content
    for number, sentence, note in sorted(promised, key=lambda pair: rest.find(plain(pair[1]))):
        before, found, after = rest.partition(plain(sentence))
        if found:
            yield from (_text(before), _text(found, "promise"))
            yield Token("promise_link", "", 0, meta={"number": number, "note": note})
            rest = after
    yield _text(rest)


def _mark_promises(state: StateCore) -> None:
    """A rule of the parser: finds the promised sentences in running text."""
    for token in state.tokens:
        if token.type == "inline" and token.children:
            pieces = list(_one_line(token.children))
            promised = state.env.get("promised", ())
            token.children = [
                new for piece in pieces for new in (_marked(piece, promised) if piece.type == "text" else (piece,))
            ]


def _humble(state: StateCore) -> None:
    """A rule of the parser: the title of the page is the only heading of the first rank."""
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close") and token.tag == "h1":
            token.tag = "h2"


def _warn_of_hosts(state: StateCore) -> None:
    """A rule of the parser: a foreign link whose text names another host, or a disguised one, says where it leads."""
    for token in state.tokens:
        token.children = list(_with_hosts(token.children)) if token.children else token.children


def _with_hosts(children: Sequence[Token]) -> Iterator[Token]:
    href, words = "", ""
    for child in children:
        if child.type == "link_open":
            href, words = str(child.attrGet("href") or ""), ""
        elif child.type == "link_close" and (host := _unsaid(href, words)):
            yield _text(f" ({host})")
        words += child.content
        yield child


def _unsaid(href: str, words: str) -> str:
    """The host of a link where its words hide it."""
    host, said = urlsplit(href).hostname or "", HOST.findall(words.lower())
    return host if host not in said and (said or "xn--" in host) else ""


def _link_open(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    href = str(tokens[index].attrGet("href") or "")
    if PICTURE.fullmatch(href):
        return "<a>"
    rel = ' rel="nofollow noopener"' if href.lower().startswith(("http", "mailto")) else ""
    return f'<a href="{escape(href)}"{rel}>'


def _image(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    """One of the post's own pictures in the sizes there are; anything else is only its words."""
    token = tokens[index]
    found = PICTURE.fullmatch(str(token.attrGet("src") or ""))
    shown = env["pictures"].get(int(found[1])) if found else None
    if shown is None:
        return escape(token.content)
    srcset = ", ".join(f"{shown.address(width)} {width}w" for width in shown.widths)
    return (
        f'<img src="{shown.address(shown.widths[-1])}" srcset="{srcset}" sizes="{SIZES}" width="{shown.width}" '
        f'height="{shown.height}" alt="{escape(shown.alt)}" loading="lazy">'
    )


def _promise(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return f"<mark>{escape(tokens[index].content)}</mark>"


def _promise_link(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    number, note = tokens[index].meta["number"], escape(tokens[index].meta["note"])
    said = _t("promise %(number)s") % {"number": number}
    words = f'<span class="visually-hidden">{escape(said)}</span>'
    return f' <a class="promised" lang="{env["language"]}" href="#versprechen-{number}">⚑ {note}{words}</a>'


def _parser() -> MarkdownIt:
    parser = (
        _Parser("commonmark", {"html": False, "maxNesting": 20}).enable("table").disable(["html_block", "html_inline"])
    )
    for rule in (_humble, _warn_of_hosts, _mark_promises):
        parser.core.ruler.push(rule.__name__, rule)
    for name, render in (
        ("link_open", _link_open),
        ("image", _image),
        ("promise", _promise),
        ("promise_link", _promise_link),
    ):
        parser.add_render_rule(name, render)
    return parser


_PARSER = _parser()
