"""Place names as people type them: keys under which different spellings of one name are equal."""

import re
import unicodedata

GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
CONNECTING = frozenset(
    [
        "a",
        "am",
        "an",
        "auf",
        "b",
        "bei",
        "d",
        "dem",
        "den",
        "der",
        "i",
        "im",
        "in",
        "o",
        "ob",
        "u",
        "und",
        "unter",
        "v",
        "von",
        "vor",
    ]
)
WORDS = {"st": "sankt", "m": "main", "hbf": "hauptbahnhof"}
QUALIFIER = re.compile(r"\s*[(/,].*$|\s+(?:a\.|am|an|auf|b\.|bei|i\.|im|in|ob|unter|v\.|von|vor)\s.*$")
NOT_WORD = re.compile(r"[\W_]+")
LIMIT = 120
"""Longer input is cut: no place name is longer."""


def words(text: str, *, umlauts: bool = True) -> list[str]:
    """The words that tell names apart, folded to plain letters and digits.

    "ä" becomes "ae" ("a" with `umlauts=False`), "ß" "ss", "St." "sankt"; connecting words ("am", "an der") vanish.
    """
    folded = unicodedata.normalize("NFC", text[:LIMIT]).casefold()
    if umlauts:
        folded = folded.translate(GERMAN)
    decomposed = unicodedata.normalize("NFKD", folded)
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    found = NOT_WORD.sub(" ", plain).split()
    return [WORDS.get(word, word) for word in found if word not in CONNECTING] or found


def key(text: str, *, umlauts: bool = True) -> str:
    """The words of a name in one piece, so that hyphens and blanks do not matter; empty if there are none."""
    return "".join(words(text, umlauts=umlauts))


def short(name: str) -> str:
    """A name without what only tells it from its namesakes: "Frankfurt" for "Frankfurt (Oder)"."""
    return QUALIFIER.sub("", name) or name


def slug(text: str) -> str:
    """A name in the ASCII letters of an address: "muenster", "halle-saale", "frankfurt-am-main"."""
    folded = unicodedata.normalize("NFC", text).casefold().translate(GERMAN)
    plain = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()
    return NOT_WORD.sub("-", plain).strip("-")
