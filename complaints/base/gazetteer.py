"""Places found as people type them: an index in memory, without a database and without a network."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from rapidfuzz import process
from rapidfuzz.distance import OSA

from complaints.base.catchments import kilometres
from complaints.base.namesakes import TOWN, Entry, Land, labels
from complaints.base.placenames import key, short, words

BY_LABEL, BY_NAME, BY_OTHER_NAME, BY_BARE_LETTERS, BY_PAIR = range(5)
"""How a key was made: label, name, alias or short form, umlauts written as a, o, u, or town and quarter together."""

DOMINANT = 15
LIKELY_TYPO = {0: 0, 1: 20_000, 2: 100_000}
"""Inhabitants by letters away: many mistype Mannheim, but who types Musterstadt hardly means Mutterstadt."""
"""A place is taken without asking when it has so many times the inhabitants of every namesake."""
SAME_PLACE_KM = 4.0
POSTCODE = re.compile(r"(?<!\d)(?:[Dd]e?-?\s?)?(\d{5})(?!\d)")
LONGEST_PHRASE = 8
SHORTEST_IN_PHRASE = 3
SHORTEST_FUZZY = 4
SHORTEST_PREFIX = 2
COMMON_WORDS = {"hauptbahnhof", "bahnhof", "platz", "strasse", "str", "markt", "altstadt", "zentrum", "innenstadt"} | {
    "mitte",
    "neustadt",
}


@dataclass(frozen=True, slots=True)
class PostcodeArea:
    """The middle of a postcode (or the part of it in one place) and the town there."""

    code: str
    name: str
    latitude: float
    longitude: float
    town: int | None


DISTRICT_WORDS = frozenset({"kreis", "landkreis", "lkr", "lk"})
"""Who writes one of these means more than the town of that name."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place found; `postcode` is set where that is what was typed, and then decides the coordinates."""

    entry: Entry
    label: str
    postcode: PostcodeArea | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, best first; `certain` when the first can be taken without asking."""

    hits: tuple[Hit, ...] = ()
    certain: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    entries: list[Entry]
    certain: bool


NOTHING = _Found([], certain=False)


class Gazetteer:
    """The index; 12,000 places take about 0.4 s to build and 30 MB. Exact names take microseconds."""

    def __init__(
        self, entries: Iterable[Entry], laender: Iterable[Land], postcodes: Iterable[PostcodeArea] = ()
    ) -> None:
        self.entries: Mapping[int, Entry] = {entry.id: entry for entry in entries}
        self.laender: Mapping[int, Land] = {land.id: land for land in laender}
        self.labels = labels(list(self.entries.values()), self.laender)
        self._land_keys = {
            key(name): land.id for land in self.laender.values() for name in (land.name, *land.abbreviations)
        }
        self._postcodes: dict[str, list[PostcodeArea]] = defaultdict(list)
        for area in postcodes:
            self._postcodes[area.code].append(area)
        self._keys = self._indexed()
        self._sorted = sorted(self._keys)
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for name in self._sorted:
            self._by_length[len(name)].append(name)

    @property
    def knows_postcodes(self) -> bool:
        return bool(self._postcodes)

    def search(self, text: str, limit: int = 8) -> Answer:
        """The places meant by a text: exact name, postcode, beginning, typing error, or a name inside of it."""
        postcode = POSTCODE.search(text[:200])
        rest = text
        if postcode:
            rest = text[: postcode.start()] + " " + text[postcode.end() :]
            answer = self._by_postcode(postcode[1], rest)
            if answer.hits:
                return Answer(answer.hits[:limit], answer.certain)
        typed = words(rest)
        if not typed:
            return Answer()
        found = (
            self._exact(typed)
            or self._within_land(typed)
            or self._begun(typed)
            or self._misspelt(typed, limit=1 if len(typed) > 1 else 2)
            or self._mentioned(typed)
            or self._misspelt_word(typed)
        )
        hits = tuple(Hit(entry, self.labels[entry.id]) for entry in (found or NOTHING).entries[:limit])
        is_district = not DISTRICT_WORDS.isdisjoint(typed) and not self._exact(typed)
        return Answer(hits, bool(found and found.certain) and not is_district)

    def _by_postcode(self, code: str, rest: str) -> Answer:
        areas = [area for area in self._postcodes.get(code, ()) if area.town in self.entries]
        wanted = key(rest)
        named = [area for area in areas if wanted and (key(area.name).startswith(wanted) or key(area.name) in wanted)]
        shown = named or areas
        hits = tuple(
            Hit(self.entries[area.town], f"{area.code} {area.name}", area) for area in shown if area.town is not None
        )
        return Answer(hits, len({hit.entry.id for hit in hits}) == 1 and bool(named or not wanted))

    def _exact(self, typed: Sequence[str]) -> _Found | None:
        ranked = self._keys.get("".join(typed))
        return self._ranked(ranked) if ranked else None

    def _ranked(self, ranked: Sequence[tuple[int, int]]) -> _Found:
        """Entries of one key: by label, then by inhabitants, those by bare letters last."""
        best: dict[int, int] = {}
        for rank, number in ranked:
            best[number] = min(rank, best.get(number, rank))
        if BY_NAME in best.values():
            best = {number: rank for number, rank in best.items() if rank != BY_PAIR}
        order = sorted(best, key=lambda n: (best[n] == BY_BARE_LETTERS, -self.entries[n].population, n))
        labelled = [number for number in order if best[number] == BY_LABEL]
        if labelled:
            order = labelled + [number for number in order if number not in labelled]
        entries = [self.entries[number] for number in order]
        return _Found(entries, certain=len(labelled) == 1 or self._dominates(entries))

    def _dominates(self, entries: Sequence[Entry]) -> bool:
        first = entries[0]
        return all(other.population * DOMINANT < first.population or _same_spot(first, other) for other in entries[1:])

    def _within_land(self, typed: Sequence[str]) -> _Found | None:
        """ "Neustadt Sachsen", "NRW Münster": a place with its Land beside it."""
        for cut in range(1, len(typed)):
            for place, land in ((typed[:cut], typed[cut:]), (typed[cut:], typed[:cut])):
                number, ranked = self._land_keys.get("".join(land)), self._keys.get("".join(place))
                inside = [row for row in ranked or () if self.entries[row[1]].land == number]
                if number and inside:
                    return self._ranked(inside)
        return None

    def _begun(self, typed: Sequence[str]) -> _Found | None:
        """Places whose name begins with the text, the biggest first; never certain."""
        begin = "".join(typed)
        if len(begin) < SHORTEST_PREFIX:
            return None
        start = bisect_left(self._sorted, begin)
        end = bisect_left(self._sorted, begin + "\x7f", lo=start)
        numbers = {number for name in self._sorted[start:end] for _, number in self._keys[name]}
        order = sorted(numbers, key=lambda n: (-self.entries[n].population, n))
        return _Found([self.entries[number] for number in order], certain=False) if order else None

    def _misspelt(self, typed: Sequence[str], limit: int) -> _Found | None:
        """Places whose key is at most `limit` letters away (optimal string alignment distance).

        A short word is read with two mistakes only as a city: "Kasell" may be Kassel as well as Kasel.
        """
        wanted = "".join(typed)
        if len(wanted) < SHORTEST_FUZZY:
            return None
        allowed = min(limit, 2 if len(wanted) > SHORTEST_FUZZY + 1 else 1)
        near: dict[int, int] = {}
        for length in range(len(wanted) - allowed, len(wanted) + allowed + 1):
            names = self._by_length.get(length, [])
            for name, distance, _ in process.extract(
                wanted, names, scorer=OSA.distance, score_cutoff=allowed, limit=None
            ):
                for _, number in self._keys[name]:
                    if distance > 1 and len(wanted) < 8 and self.entries[number].population < LIKELY_TYPO[2]:
                        continue
                    near[number] = min(int(distance), near.get(number, allowed))
        order = sorted(near, key=lambda n: (near[n], -self.entries[n].population, n))
        entries = [self.entries[number] for number in order]
        closest = [entry for entry in entries if near[entry.id] == near[order[0]]]
        if not entries:
            return None
        likely = len(wanted) > 5 and closest[0].population >= LIKELY_TYPO[near[order[0]]]
        return _Found(entries, certain=likely and self._dominates(closest))

    def _mentioned(self, typed: Sequence[str]) -> _Found | None:
        """The place named somewhere in a longer text: "Köln Hauptbahnhof", "Hackescher Markt Berlin".

        Never certain where another word may be a mistyped town ("Achen Brand"), or may well be a place that we do not
        know because the one we know is small.
        """
        found = self._named(typed)
        if found is None:
            return None
        known = " ".join(key(name) for name in self._spelt_out(found.entries[0]))
        rest = [word for word in typed[:LONGEST_PHRASE] if len(word) >= SHORTEST_FUZZY and word not in known]
        rest = [word for word in rest if word not in COMMON_WORDS]
        towns = [entry for word in rest if (near := self._misspelt([word], limit=1)) for entry in near.entries]
        likely = [entry for entry in towns if entry.kind == TOWN and entry.population >= LIKELY_TYPO[1]]
        if likely:
            return _Found(list(dict.fromkeys([*likely, *found.entries])), certain=False)
        first = found.entries[0]
        is_big = max(first.population, self.entries.get(first.parent or 0, first).population) >= LIKELY_TYPO[1]
        return _Found(found.entries, certain=found.certain and (is_big or not rest))

    def _spelt_out(self, entry: Entry) -> tuple[str, ...]:
        return (self.labels[entry.id], entry.name, *entry.aliases, self.laender[entry.land].name)

    def _named(self, typed: Sequence[str]) -> _Found | None:
        """A quarter counts where its town is named too; else the longest name, then the one with most inhabitants."""
        runs = self._runs(typed)
        towns = {number for found in runs for _, number in found if self.entries[number].kind == TOWN}
        quarters = [row for found in runs for row in found if self.entries[row[1]].parent in towns]
        if quarters:
            return self._ranked(quarters)
        ranked = [self._ranked(found) for found in runs]
        if not ranked:
            return None
        return max(ranked, key=lambda found: found.entries[0].population)

    def _runs(self, typed: Sequence[str]) -> list[Sequence[tuple[int, int]]]:
        """What runs of neighbouring words name: first of several words, where there are none single ones."""
        typed = typed[:LONGEST_PHRASE]
        long = [
            self._keys["".join(typed[start:end])]
            for start in range(len(typed))
            for end in range(start + 2, len(typed) + 1)
            if "".join(typed[start:end]) in self._keys
        ]
        single = [word for word in typed if len(word) >= SHORTEST_IN_PHRASE and word in self._keys]
        telling = [word for word in single if word not in COMMON_WORDS]
        if telling:
            single = telling + [word for word in single if word in COMMON_WORDS and self._has_town(telling)]
        return long or [self._keys[word] for word in single]

    def _has_town(self, telling: Sequence[str]) -> bool:
        return any(self.entries[number].kind == TOWN for word in telling for _, number in self._keys[word])

    def _misspelt_word(self, typed: Sequence[str]) -> _Found | None:
        found = [self._misspelt([word], limit=1) for word in typed[:LONGEST_PHRASE] if len(word) > 5]
        known = [each for each in found if each]
        return max(known, key=lambda each: each.entries[0].population) if known else None

    def _indexed(self) -> dict[str, Sequence[tuple[int, int]]]:
        keys: dict[str, list[tuple[int, int]]] = defaultdict(list)
        names = {entry.id: _names(entry) for entry in self.entries.values()}
        for entry in self.entries.values():
            keys[key(self.labels[entry.id])].append((BY_LABEL, entry.id))
            for name, rank in names[entry.id]:
                keys[name].append((rank, entry.id))
            for (own, _), (town, _) in product(names[entry.id], names.get(entry.parent or 0, ())):
                keys[town + own].append((BY_PAIR, entry.id))
                keys[own + town].append((BY_PAIR, entry.id))
        keys.pop("", None)
        return dict(keys)


def _names(entry: Entry) -> list[tuple[str, int]]:
    """The keys of a place with the way each was made, without repetitions."""
    known: dict[str, int] = {}
    known.setdefault(key(entry.name), BY_NAME)
    for name in (short(entry.name), *entry.aliases):
        known.setdefault(key(name), BY_OTHER_NAME)
    for name in (entry.name, short(entry.name), *entry.aliases):
        known.setdefault(key(name, umlauts=False), BY_BARE_LETTERS)
    return [(name, rank) for name, rank in known.items() if name]


def _same_spot(one: Entry, other: Entry) -> bool:
    near = kilometres(one.latitude, one.longitude, other.latitude, other.longitude) < SAME_PLACE_KM
    return near and key(one.name) == key(other.name)
