"""Names that pass themselves off as a carrier's or the site's: told by their look, not by how they are written.

The look of a name is its skeleton, after Unicode Technical Standard 39: compatibility forms, marks, case and signs that
look alike are taken together. Our table holds the letters that look like Latin ones in usual fonts.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum

RESERVED = ("einzelfall", "moderation", "moderator", "moderatorin", "redaktion", "admin", "offiziell", "official")
_CYRILLIC = dict(zip("авеёзіӏјкмнорԛсѕтухһԁԝцьпгд", "abee3iljkmhopqcstyxhdwubnrd", strict=True))
_GREEK = dict(zip("αβγεικνορστυχωημζ", "abyeikvopotuxwnuz", strict=True))
_LATIN = dict(zip("øłđħıɪǀœæɑɡʟƨ", "oldhiiloaagl2", strict=True))
_OTHERS = dict.fromkeys("օ၀ዐ〇○◯◦٥ס", "o")
_SIGNS = {"|": "l", "!": "l", "$": "s", "€": "e", "@": "a", "¡": "l"}
_DIGITS = dict(zip("01345", "oleas", strict=True))
_LOOKS = {**_CYRILLIC, **_GREEK, **_LATIN, **_OTHERS, **_SIGNS, **_DIGITS, "i": "l", "j": "l"}
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_MARKS = frozenset("✓✔☑✅🗸🗹®©™℠★☆✪🔵🛡")
_BLANKS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_JOINT = re.compile("(?<=[\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d(?=[\u2600-\u27bf\U0001f000-\U0001faff])")
"""The joiner of two emoji that make one."""
_WORD = re.compile(r"[^\W_]+")
_SPACED = re.compile(r"(?<=\b\w) (?=\w\b)")
_IN_A_WORD, _ACROSS_WORDS = 5, 7
"""Letters of a carrier's name that give it away also inside of a longer word, or of all words together."""


class Doubt(StrEnum):
    """Why a name is not taken."""

    INVISIBLE = "invisible"
    MIXED = "mixed"
    MARK = "mark"
    CARRIER = "carrier"


def doubt_about(name: str, carriers: Iterable[str]) -> Doubt | None:
    """Why nobody may call themselves so, None where the name is fine."""
    if any(is_invisible(sign) for sign in _JOINT.sub("", name)):
        return Doubt.INVISIBLE
    if _MARKS & set(name):
        return Doubt.MARK
    if any(_is_mixed(word) for word in _WORD.findall(name)):
        return Doubt.MIXED
    return Doubt.CARRIER if _claims(name, [*carriers, *RESERVED]) else None


def skeleton(text: str) -> str:
    """What a text looks like: words of small Latin letters, one blank between them; s p a c e d words are joined."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold()).replace("&", "und")
    letters = "".join(_look(sign) for sign in plain if not unicodedata.combining(sign))
    for pair, look in _PAIRS:
        letters = letters.replace(pair, look)
    return _SPACED.sub("", " ".join(_WORD.findall(letters)))


def _look(sign: str) -> str:
    known = _LOOKS.get(sign)
    if known:
        return _LOOKS.get(known, known)
    value = unicodedata.decimal(sign, None)
    return sign if value is None else _LOOKS.get(str(value), str(value))


def _claims(name: str, taken: Iterable[str]) -> bool:
    words = skeleton(name).split()
    return any(_claims_one(words, skeleton(one).replace(" ", "")) for one in taken)


def _claims_one(words: list[str], taken: str) -> bool:
    """Whether a name is the taken one, has it as a word, ends with "von …", or hides it in longer words."""
    whole = "".join(words)
    if taken == whole or taken in words or whole.endswith((f"von{taken}", f"of{taken}")):
        return True
    if any(sign.isdigit() for sign in taken):  # "O2hilft", "MaxO2"
        return any(word.startswith(taken) or word.endswith(taken) for word in words)
    inside = len(taken) >= _IN_A_WORD and any(taken in word for word in words)
    return inside or (len(taken) >= _ACROSS_WORDS and taken in whole)


def is_invisible(sign: str) -> bool:
    """Whether a sign, blanks aside, leaves no trace on paper."""
    return unicodedata.category(sign) in ("Cf", "Cc", "Co", "Cn", "Cs") or sign in _BLANKS


def _is_mixed(word: str) -> bool:
    """Whether a word mixes alphabets, or letters of a foreign one with digits."""
    scripts = {_script(sign) for sign in unicodedata.normalize("NFKC", word) if sign.isalpha()}
    digits = any(sign.isdigit() for sign in word)
    return len(scripts) > 1 or (digits and bool(scripts - {"LATIN"}))


def _script(sign: str) -> str:
    script = unicodedata.name(sign, "?").split()[0].partition("-")[0]
    return "CJK" if script in ("HIRAGANA", "KATAKANA", "HANGUL") else script
