"""The style sheet inside of a page, for pages that must be usable after one round trip."""

import functools
import hashlib
import re
from base64 import b64encode
from pathlib import Path

from django.conf import settings

SHEETS = ("base.css", "complaints/reports/form.css")


@functools.cache
def style() -> str:
    """The site's style and the form's without font file, comments and needless blanks: nothing to wait for."""
    text = "".join(Path(settings.BASE_DIR, "static", name).read_text() for name in SHEETS)
    return minified(re.sub(r"@font-face \{.*?\}", "", text, flags=re.DOTALL))


def minified(css: str) -> str:
    """The same rules without comments and needless blanks."""
    text = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    text = re.sub(r"\s*([{};,>])\s*", r"\1", re.sub(r"\s+", " ", text))
    return re.sub(r"(?<=[\w-]): ", ":", text).replace(";}", "}").strip()


@functools.cache
def policy_source() -> str:
    """How a content security policy names this one inline style; unlike a nonce the same for everybody."""
    digest = b64encode(hashlib.sha256(style().encode()).digest()).decode()
    return f"'sha256-{digest}'"
