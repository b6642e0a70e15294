"""The look keeps its promises: contrast, colours apart for colour-blind readers, size, nothing inline."""

import itertools
import re
from functools import cache

import numpy as np
import pytest
from django.conf import settings
from django.template import Context, Template
from django.test import Client
from numpy.typing import NDArray

from complaints.base import inlinestyle

STATIC, TEMPLATES = settings.BASE_DIR / "static", settings.BASE_DIR / "templates"
Colour = NDArray[np.float64]

# Linear RGB as seen with a missing cone (G. M. Machado et al., 2009, severity 1).
SIGHTS = {
    "usual": np.eye(3),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]]
    ),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
}
# Linear RGB to cones and cones to Oklab (B. Ottosson, 2020).
TO_CONES = np.array([[0.41222, 0.53633, 0.05145], [0.2119, 0.6807, 0.1074], [0.0883, 0.28172, 0.62998]])
TO_LAB = np.array([[0.21045, 0.79362, -0.00407], [1.978, -2.42859, 0.45059], [0.0259, 0.78277, -0.80868]])
FONT_BYTES, BASE_BYTES, PAGE_BYTES, CSS_BYTES = 40_000, 17_300, 30_000, 30_000
STAFF_CSS = {"intern.css", "operators/ads.css", "operators/desk.css", "operators/replies.css", "operators/team.css"}
BUILT = {f"ad--{slot}" for slot in ("left", "top", "list")} | {"ad__desktop", "ad__phone"}
"""Classes that a tag puts together."""
BAR_TEXT, BAR_GRAPHIC, BAR_APART = 4.5, 3.0, 0.08


@cache
def base_css() -> str:
    return (STATIC / "base.css").read_text()


def tokens(scheme: str) -> dict[str, str]:
    """Colour tokens of a scheme; the dark one overrides the light one."""
    light, dark = re.findall(r":root \{(.*?)\n *\}", base_css(), re.DOTALL)[:2]
    source = light if scheme == "light" else light + dark
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", source))


def linear(colour: str) -> Colour:
    parts = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2, 1 to 21."""
    bright, dim = sorted((float(linear(c) @ [0.2126, 0.7152, 0.0722]) for c in (one, other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def seen(colour: str, sight: str) -> Colour:
    lab: Colour = TO_LAB @ np.cbrt(TO_CONES @ np.clip(SIGHTS[sight] @ linear(colour), 0, 1))
    return lab


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "surface"])
def test_it_is_readable(scheme: str, ground: str) -> None:
    colours = tokens(scheme)
    for name in ("ink", "ink-soft", "accent", "good", "warn", "bad"):
        assert contrast(colours[name], colours[ground]) >= BAR_TEXT, name
    for number in range(1, 9):
        assert contrast(colours[f"tone-{number}"], colours[ground]) >= BAR_GRAPHIC, number
    assert contrast(colours["accent"], colours["surface"]) >= BAR_TEXT


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("sight", SIGHTS)
def test_it_keeps_the_networks_apart(scheme: str, sight: str) -> None:
    colours = tokens(scheme)
    networks = [seen(colours[f"tone-{number}"], sight) for number in range(1, 6)]
    for one, other in itertools.combinations(networks, 2):
        assert np.linalg.norm(one - other) >= BAR_APART


def public_css() -> dict[str, str]:
    """The style sheets that public pages link to, as they are served, each by its name."""
    return {
        name: inlinestyle.minified((STATIC / name).read_text())
        for path in TEMPLATES.rglob("*.html")
        if "allauth" not in path.parts and "admin" not in path.parts
        for name in re.findall(r'{% static "([\w/-]+\.css)" %}', path.read_text())
        if name not in STAFF_CSS and not name.startswith("leaflet/")
    } | {name: inlinestyle.minified((STATIC / name).read_text()) for name in inlinestyle.SHEETS}


def test_it_is_small() -> None:
    sizes = {name: len(css.encode()) for name, css in public_css().items()}
    assert sizes["base.css"] <= BASE_BYTES, sizes
    assert sum(sizes.values()) <= CSS_BYTES, sizes


@pytest.mark.django_db
@pytest.mark.parametrize(
    "page", ["/", "/melden/", "/karte/", "/faelle/", "/beitraege/", "/versprechen/", "/antworten/"]
)
def test_no_page_asks_for_more_than_30_kilobytes(client: Client, page: str) -> None:
    """Before compression; what a report, a receipt and a thread add to the base is less than what the map adds."""
    text = client.get(page).text
    sheets = set(re.findall(r'href="/static/([\w/-]+\.css)"', text)) - {"leaflet/leaflet.css"}
    asked = sum(len(public_css()[name].encode()) for name in sheets)
    assert sheets or "<style" in text
    assert asked + sum(len(style) for style in re.findall(r"<style[^>]*>(.*?)</style>", text, re.DOTALL)) <= PAGE_BYTES


def test_it_has_no_rule_that_no_page_uses() -> None:
    """Every class in a selector stands in a template, a script or a drawing; `name-1` counts as `name-`."""
    kinds = (".html", ".js", ".py", ".svg")
    folders = ("templates", "static", "complaints", "operators")
    sources = (path for folder in folders for path in (settings.BASE_DIR / folder).rglob("*") if path.suffix in kinds)
    written = "\n".join(path.read_text() for path in sources if "vendor" not in path.parts)
    for name, css in public_css().items():
        selectors = " ".join(re.findall(r"(?:^|[{};])([^{};]+)\{", css))
        for used in set(re.findall(r"\.([a-zA-Z][\w-]*)", selectors)):
            stem = re.sub(r"\d+$", "", used)
            assert used.startswith("leaflet-") or stem in written or used in BUILT, (name, used)


def test_it_asks_for_one_font_that_no_page_waits_for() -> None:
    (face,) = re.findall(r"@font-face \{(.*?)\}", base_css(), re.DOTALL)
    file = STATIC / re.findall(r'url\("([^"]+)"\)', face)[0]
    assert file.stat().st_size <= FONT_BYTES
    assert "font-display: optional" in face
    assert "@font-face" not in inlinestyle.style()
    assert inlinestyle.style().startswith(":root{")


@pytest.mark.django_db
def test_it_asks_for_no_font_on_light_pages(client: Client) -> None:
    assert '<html lang="de" class="light">' in client.get("/leicht/hilfe/").content.decode()
    assert ".light { --font: var(--font-system); }" in base_css()


def test_it_uses_only_tokens_that_exist() -> None:
    styles = "".join(path.read_text() for path in STATIC.rglob("*.css") if "vendor" not in path.parts)
    defined = set(re.findall(r"(--[\w-]+) *:", styles))
    used = {name for name, fallback in re.findall(r"var\((--[\w-]+)(,?)", styles) if not fallback}
    assert used <= defined


def test_it_has_the_papers_colour_in_the_browsers_bar() -> None:
    page = (TEMPLATES / "base.html").read_text()
    for scheme in ("light", "dark"):
        assert f'content="{tokens(scheme)["paper"]}" media="(prefers-color-scheme: {scheme})"' in page


def test_it_sends_rules_without_what_browsers_do_not_need() -> None:
    css = """
    /* A part: with its rules. */
    .a > .b + .c, .a ~ .b::before { margin: calc(1rem + 2px) 0 / var(--space-2) var(--ink); content: "a: b"; }
    @media (min-width: 40rem) { .a { grid-area: 1 / 2; } }
    """
    assert inlinestyle.minified(css) == (
        '.a>.b+.c,.a~.b:before{margin:calc(1rem + 2px) 0/.5rem var(--ink);content:"a: b"}'
        "@media(min-width:40rem){.a{grid-area:1/2}}"
    )


def test_it_sends_values_in_place_of_tokens_that_never_change() -> None:
    """So nothing else may set them, and no template or script may ask for them."""
    constants = inlinestyle.constants()
    assert constants["--space-2"] == ".5rem"
    assert not {"--ink", "--space-7", "--tone"} & set(constants)
    assert not re.search("|".join(constants), "".join(public_css().values()))
    folders = (TEMPLATES, STATIC, settings.BASE_DIR / "complaints", settings.BASE_DIR / "operators")
    for path in (
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.suffix in {".html", ".js", ".py", ".svg", ".css"}
    ):
        if "vendor" not in path.parts and path != STATIC / "base.css":
            text = path.read_text()
            found = re.findall(r"--[\w-]+(?= *:)" if path.suffix == ".css" else r"--[\w-]+", text)
            assert not set(found) & set(constants), path


def test_it_has_nothing_inline_in_templates() -> None:
    """The content security policy would drop it."""
    inline = re.compile(r"<style\b(?![^>]*nonce)|\sstyle=|\son[a-z]+=[\"']|javascript:", re.IGNORECASE)
    guilty = [str(path) for path in TEMPLATES.rglob("*.html") if inline.search(path.read_text())]
    assert not guilty


def test_it_draws_every_icon_that_templates_name() -> None:
    for path in TEMPLATES.rglob("*.html"):
        for name in re.findall(r'{% icon "([\w-]+)" %}', path.read_text()):
            assert (STATIC / "icons" / f"{name}.svg").exists(), (path, name)


def test_it_hides_icons_from_screen_readers() -> None:
    drawn = Template('{% icon "map" %}').render(Context())
    assert drawn.startswith('<svg class="icon" aria-hidden="true"')


def test_it_keeps_numbers_and_their_units_on_one_line() -> None:
    """German sets a space before "%" and "km"; it must not break."""
    apart = re.compile(r"(?:\d|\}\}|\)[sd]) (?:%%?(?=[-–  .,;:<)“\"])|km\b)")
    files = [path for path in TEMPLATES.rglob("*") if path.suffix in {".html", ".txt"}]
    catalogue = (settings.BASE_DIR / "locale" / "de" / "LC_MESSAGES" / "django.po").read_text()
    texts = {str(path): path.read_text() for path in files}
    texts["catalogue"] = "\n".join(re.findall(r"msgstr.*?(?=\n\n|\Z)", catalogue, re.DOTALL))
    broken = [(name, found.group()) for name, text in texts.items() for found in apart.finditer(text)]
    assert not broken


def map_steps(scheme: str) -> tuple[list[str], str]:
    """The five colours of the map's scale, lowest rate first, and that of the country below them."""
    css = (STATIC / "complaints" / "maps" / "maps.css").read_text()
    block = re.findall(r"\.map, \.key, \.picker \{(.*?)\}", css, re.DOTALL)[scheme == "dark"]
    found = dict(re.findall(r"--map-([\w-]+): (#[0-9a-f]{6});", block))
    return [found[f"step-{n}"] for n in range(1, 6)], found["country"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("sight", SIGHTS)
def test_it_keeps_the_maps_colours_apart_and_in_order(scheme: str, sight: str) -> None:
    """Whoever sees no colours at all still sees more as darker on a light map, and as lighter on a dark one."""
    steps, country = map_steps(scheme)
    shades = [seen(colour, sight) for colour in steps]
    lights = [float(shade[0]) for shade in shades]
    assert lights == sorted(lights, reverse=scheme == "light")
    for one, other in itertools.pairwise(shades):
        assert np.linalg.norm(one - other) >= BAR_APART
    assert all(contrast(colour, country) >= BAR_GRAPHIC for colour in steps)
