"""German texts of synthetic reports, put together from hand-written sentences so that they agree with the report."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from einzelfall.demo import framing, trouble

Rng = np.random.Generator
DAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
CHOICE = re.compile(r"\[([^\]]*)\]")
# Sentences that would contradict a field of the report.
HABIT = re.compile(r"[Jj]ede|immer|[Ss]eit|dauernd|ständig|werktags|Woche|inzwischen|meisten|laufenden|nachts|[Mm]onat")
INDOOR = re.compile(r"Haus|Wohnung|Treppen|Tür|Nachbar|Straßen weiter|Kaffee|Keller|Homeoffice|WLAN ins|Viertel")
ON_THE_MOVE = re.compile(r"Navi|Strecke|Kontrolle|Fahrplan|Bus |Tal ")
ON_FOOT = re.compile(r"Schritte|mich nicht bewege|die Post")
SIGNAL = re.compile(r"Balken|Anzeige|angezeigt|oben|Netz ist da|Verbindung (steht|ist da)|[35]G|LTE|UMTS|HSDPA")
GENERATIONS = {"3g": re.compile(r"3G|UMTS|HSDPA"), "4g": re.compile("LTE"), "5g": re.compile("5G")}
PARTICULAR = re.compile(r"\{(town|day|hour|year)\}")
SHARE_WITH_TEXT = 0.6
SHARE_WITH_NAME = 0.45


@dataclass(frozen=True)
class Facts:
    """What a text must not contradict; `happened_at` in local time, `spot` a named place inside the town or empty.

    Without a `town` the text fits any place and time.
    """

    problems: Sequence[str]
    town: str
    spot: str
    situation: str
    frequency: str
    hotline: str
    technology: str
    device: str
    brand: str
    happened_at: datetime

    @property
    def era(self) -> str:
        return "then" if self.happened_at.year < 2014 else "now"


def write_text(rng: Rng, facts: Facts) -> str:
    """One to five sentences in the voice of a customer."""
    parts = [*_opening(rng, facts), *_trouble(rng, facts), *_ending(rng, facts)]
    text = " ".join(_filled(rng, part, facts) for part in parts)
    return _sloppy(rng, text)


def write_name(rng: Rng) -> str:
    """A first name with an initial, a first name, or nothing."""
    luck = rng.random()
    if luck > SHARE_WITH_NAME:
        return ""
    first = _pick(rng, framing.FIRST_NAMES)
    return first if luck < SHARE_WITH_NAME / 4 else f"{first} {_pick(rng, framing.INITIALS)}."


def fragments() -> list[str]:
    """Every hand-written sentence, for tests and counting."""
    found: list[str] = []
    for module in (trouble.ANY, trouble.THEN, trouble.NOW, framing.SITUATIONS, framing.SPOTS, framing.FREQUENCIES):
        found += [sentence for sentences in module.values() for sentence in sentences]
    for module in (framing.HOTLINES, framing.CLOSINGS):
        found += [sentence for sentences in module.values() for sentence in sentences]
    return found


def _opening(rng: Rng, facts: Facts) -> list[str]:
    if facts.spot and rng.random() < 0.8:
        return [_pick(rng, framing.SPOTS[facts.spot])]
    if facts.town and rng.random() < 0.45:
        return [_pick(rng, framing.SITUATIONS[facts.situation])]
    return []


def _trouble(rng: Rng, facts: Facts) -> list[str]:
    own = trouble.THEN if facts.era == "then" else trouble.NOW
    kinds = list(rng.permutation(list(facts.problems)))[: 1 + int(rng.random() < 0.35)]
    found = []
    for kind in kinds:
        usable = [s for s in trouble.ANY[kind] + 2 * own.get(kind, ()) if not _contradicts(s, kind, kinds, facts)]
        found.append(_pick(rng, usable))
    return found


def _contradicts(sentence: str, kind: str, kinds: Sequence[str], facts: Facts) -> bool:
    return (
        (not facts.device and "{device}" in sentence)
        or (not facts.town and bool(PARTICULAR.search(sentence)))
        or (facts.frequency == "once" and bool(HABIT.search(sentence)))
        or (facts.situation not in ("", "indoors") and bool(INDOOR.search(sentence)))
        or (facts.situation == "indoors" and bool(ON_THE_MOVE.search(sentence)))
        or (facts.situation in ("car", "train") and bool(ON_FOOT.search(sentence)))
        or (kind != "no-network" and "no-network" in kinds and bool(SIGNAL.search(sentence)))
        or any(facts.technology != name and bool(words.search(sentence)) for name, words in GENERATIONS.items())
    )


def _ending(rng: Rng, facts: Facts) -> list[str]:
    if "works" in facts.problems:
        return [_pick(rng, framing.CLOSINGS["works"])] if rng.random() < 0.25 else []
    parts = []
    if facts.frequency and rng.random() < 0.2:
        parts.append(_pick(rng, framing.FREQUENCIES[facts.frequency]))
    if facts.hotline and rng.random() < (0.1 if facts.hotline == "not-asked" else 0.4):
        parts.append(_pick(rng, framing.HOTLINES[facts.hotline]))
    if rng.random() < 0.3:
        closings = framing.CLOSINGS["any"] + framing.CLOSINGS[facts.era]
        parts.append(_pick(rng, [closing for closing in closings if facts.town or not PARTICULAR.search(closing)]))
    return parts


def _filled(rng: Rng, sentence: str, facts: Facts) -> str:
    chosen = CHOICE.sub(lambda match: _pick(rng, match[1].split("|")), sentence)
    return chosen.format(
        town=facts.town,
        device=facts.device,
        brand=facts.brand,
        day=DAYS[facts.happened_at.weekday()],
        hour=facts.happened_at.hour or 24,
        year=facts.happened_at.year,
    )


def _sloppy(rng: Rng, text: str) -> str:
    """People write in a hurry: some without capitals, some without the last full stop."""
    luck = rng.random()
    if luck < 0.06:
        text = text.lower()
    return text[:-1] if luck < 0.14 and text.endswith(".") else text


def _pick(rng: Rng, options: Sequence[str]) -> str:
    return options[int(rng.random() * len(options))]
