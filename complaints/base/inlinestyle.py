"""The style sheet inside of a page, for pages that must be usable after one round trip."""

import functools
import hashlib
import re
from base64 import b64encode
from collections import Counter
from pathlib import Path

from django.conf import settings

SHEETS = ("base.css", "complaints/reports/form.css")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
STRING = re.compile(r'("[^"]*")')


@functools.cache
def style() -> str:
    """The site's style and the form's without font file, comments and needless blanks: nothing to wait for."""
    text = "".join(Path(settings.BASE_DIR, "static", name).read_text() for name in SHEETS)
    return minified(re.sub(r"@font-face \{.*?\}", "", text, flags=re.DOTALL))


@functools.cache
def constants() -> dict[str, str]:
    """The tokens of the site that no scheme, medium or part changes, and that are shorter than their own use."""
    text = COMMENT.sub("", Path(settings.BASE_DIR, "static", "base.css").read_text())
    tokens = re.findall(r"(--[\w-]+): ([^;]+);", text)
    often = Counter(name for name, _value in tokens)
    return {name: value for name, value in tokens if often[name] == 1 and len(value) <= len(f"var({name})")}


def minified(css: str) -> str:
    """The same rules without comments and needless blanks; a constant token stands as its value where it is used."""
    text = COMMENT.sub("", css)
    for name, value in constants().items():
        text = re.sub(rf"\s{name}: {re.escape(value)};", "", text).replace(f"var({name})", value)
    return "".join(part if part.startswith('"') else _dense(part) for part in STRING.split(text)).strip()


def _dense(text: str) -> str:
    text = re.sub(r"\s*([{};,>/])\s*", r"\1", re.sub(r"\s+", " ", text))
    text = re.sub(r"[^{}]+(?=\{)", lambda selector: re.sub(r" ([+~]) ", r"\1", selector[0]), text)
    text = re.sub(r"::(?=before|after)", ":", re.sub(r"(?<=[\w-]): ", ":", text))
    return text.replace("@media (", "@media(").replace(";}", "}")


@functools.cache
def policy_source() -> str:
    """How a content security policy names this one inline style; unlike a nonce the same for everybody."""
    digest = b64encode(hashlib.sha256(style().encode()).digest()).decode()
    return f"'sha256-{digest}'"
