"""Markdown of guest posts: what becomes of hostile text."""

import re

import pytest

from operators.posts.markup import Shown, html_of, occurs

SHOWN = Shown(1, "0b8f9e8e-0000-4000-8000-000000000000", 'Ein "Mast"', 1600, 900, (480, 960, 1600))


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        '<iframe src="https://evil.example"></iframe>',
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        "</div><style>*{display:none}</style>",
        "text <svg onload=alert(1)> text",
        "```\n<script>alert(1)</script>\n```",
    ],
)
def test_it_shows_html_as_text(body: str) -> None:
    tags = set(re.findall(r"<\s*/?\s*([a-z0-9]+)", html_of(body)))
    assert tags <= {"p", "pre", "code"}


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#115;cript:alert(1)",
        "javascript&colon;alert(1)",
        "vbscript:msgbox(1)",
        "data:text/html;base64,PHNjcmlwdD4=",
        "data:image/png;base64,AAAA",
        "file://anna/privat.txt",
        "ftp://evil.example/",
        "//evil.example",
        "/\\evil.example",
    ],
)
def test_it_links_nothing_but_the_schemes_it_knows(address: str) -> None:
    html = html_of(f"[hier]({address}) ![bild]({address}) <{address}>")
    assert not [found for found in re.findall(r'(?:href|src)="([^"]*)"', html) if not found.startswith("/%5C")]


def test_it_links_https_mail_and_own_pages() -> None:
    html = html_of('[a](https://o2.de/) [b](mailto:max@o2.de) [c](/fall/1/) [d](https://o2.de/"onclick=x)')
    assert '<a href="https://o2.de/" rel="nofollow noopener">a</a>' in html
    assert '<a href="mailto:max@o2.de" rel="nofollow noopener">b</a>' in html
    assert '<a href="/fall/1/">c</a>' in html
    assert '"onclick' not in html


@pytest.mark.parametrize(
    ("body", "host"),
    [
        ("[o2.de](https://evil.example/)", "evil.example"),
        ("[www.o2.de/hilfe](https://o2.de.evil.example/)", "o2.de.evil.example"),
        ("[o2.de](https://2.de/)", "2.de"),
        ("[unsere Seite](https://tеlekom.de/)", "xn--tlekom-3of.de"),
    ],
)
def test_it_names_the_host_that_a_link_hides(body: str, host: str) -> None:
    assert f"({host})</a>" in html_of(body)


def test_a_bare_address_in_look_alike_letters_shows_its_true_name() -> None:
    html = html_of("<https://tеlekom.de>")
    assert "tеlekom.de<" not in html
    assert ">https://xn--" in html


def test_it_shows_own_pictures_in_their_sizes_and_no_others() -> None:
    html = html_of("![x](picture:1) ![ein anderes](picture:2) ![fremd](https://evil.example/x.png)", (SHOWN,))
    assert html.count("<img") == 1
    assert f"/bild/{SHOWN.key}-480.webp 480w" in html
    assert 'alt="Ein &quot;Mast&quot;"' in html
    assert 'width="1600" height="900"' in html
    assert "ein anderes" in html
    assert "evil.example" not in html


def test_it_marks_promises_across_the_ends_of_lines() -> None:
    body = "Bis Mai bauen\nwir **in Münster** aus. Danach sehen wir\nweiter, versprochen."
    html = html_of(body, (), ((7, "Danach sehen wir weiter, versprochen.", ""),))
    link = '<a class="promised" lang="de" href="#versprechen-7"'
    assert f"<mark>Danach sehen wir weiter, versprochen.</mark> {link}" in html
    assert occurs("Danach sehen wir weiter, versprochen.", body)
    assert not occurs("Danach sehen wir nichts.", body)


def test_the_title_of_the_page_stays_its_only_first_heading() -> None:
    assert html_of("# Oben\n\n## Unten").strip() == "<h2>Oben</h2>\n<h2>Unten</h2>"


def test_it_survives_deep_nesting() -> None:
    assert len(html_of(">" * 5000 + "x")) < 100_000
    assert len(html_of("[" * 5000)) < 100_000
