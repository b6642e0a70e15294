"""Finding form letters: texts that say nearly the same to many."""

import re
from collections import defaultdict
from collections.abc import Sequence
from zlib import crc32

from rapidfuzz import fuzz

ALIKE = 90.0
"""Percent of two texts that must agree (normalised indel similarity of their words)."""
SHINGLE = 3
SKETCH = 8
CROWD = 60

_WORDS = re.compile(r"[^\W\d_]+")


def normal(text: str) -> str:
    """The words of a text in lower case; numbers, signs and line breaks do not make it another text."""
    return " ".join(_WORDS.findall(text.casefold()))


def groups(texts: Sequence[str]) -> list[int]:
    """A number for each text, the same for those that say nearly the same.

    Each text is compared with the first ones of the groups that share one of its SKETCH smallest hashes of three
    successive words (A. Broder, 1997); hashes that more than CROWD groups share tell nothing and are passed over. Two
    texts of which nine tenths agree share one of them nearly always.
    """
    known: dict[str, int] = {}
    first: list[str] = []
    sharing: dict[int, list[int]] = defaultdict(list)
    found = []
    for text in texts:
        words = normal(text)
        if words not in known:
            sketch = _sketch(words)
            known[words] = _like(words, sketch, first, sharing)
            if known[words] == len(first):
                first.append(words)
                for mark in sketch:
                    sharing[mark].append(known[words])
        found.append(known[words])
    return found


def _like(words: str, sketch: list[int], first: list[str], sharing: dict[int, list[int]]) -> int:
    """The group that begins with a text like this, or the number of a new one."""
    near = {group for mark in sketch if len(sharing[mark]) <= CROWD for group in sharing[mark]}
    scored = ((fuzz.ratio(words, first[group], score_cutoff=ALIKE), -group) for group in near)
    score, group = max(scored, default=(0.0, 0))
    return -group if score >= ALIKE else len(first)


def _sketch(words: str) -> list[int]:
    row = words.split()
    shingles = {" ".join(row[n : n + SHINGLE]) for n in range(max(1, len(row) - SHINGLE + 1))}
    return sorted(crc32(shingle.encode()) for shingle in shingles)[:SKETCH]
