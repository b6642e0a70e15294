"""Which comments stand at once and which wait for a look: plain rules about somebody whom nobody knows."""

import re

PER_HOUR = 6
"""Comments of one connection that stand at once."""
REASONS = ("trap", "token", "link", "many")
_LINK = re.compile(
    r"""
    \b[a-z][a-z0-9+.-]{1,20}://                       # a scheme
    | \b(?:javascript|data|vbscript|mailto|tel):\S    # one without slashes
    | \bwww\.                                         # or what people leave out
    | (?<![\w@.])[a-z0-9-]+(?:\.[a-z0-9-]+)*
      \.(?:com|net|org|info|biz|de|eu|io|ru|cn|xyz|top|shop|online|site|me|to|ly|tk)\b
    | \[/?url\b | <\s*a\b | href\s*=
    """,
    re.IGNORECASE | re.VERBOSE,
)
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")


def has_link(text: str) -> bool:
    """Whether a text holds an address of the web, also one broken by signs that nobody sees."""
    return bool(_LINK.search(_UNSEEN.sub("", text)))


def why_held(text: str, *, recent: int, trapped: bool, doubtful: bool) -> str:
    """Why a comment waits, empty where it stands at once.

    `recent` counts this connection's comments of the last hour; `trapped` and `doubtful` are what the hidden fields of
    the form said (complaints/base/formtoken.py).
    """
    broken = dict(zip(REASONS, (trapped, doubtful, has_link(text), recent >= PER_HOUR), strict=True))
    return next((reason for reason in REASONS if broken[reason]), "")
