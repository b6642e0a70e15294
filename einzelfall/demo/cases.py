"""From drawn facts to rows of the report table: keys, local days, words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np

from complaints.base import zorder
from complaints.carriers.queries import CarrierRow
from complaints.imports.actions import Row
from complaints.reports.models import Precision, Source, bits_of
from einzelfall.demo import sampling, texts
from einzelfall.demo.towns import Point

EPOCH = np.datetime64("1970-01-01", "D")


@dataclass(frozen=True)
class Case:
    """A synthetic report without its words; `happened` and `received` in seconds since 1970."""

    carrier: CarrierRow
    problems: tuple[str, ...]
    point: Point
    happened: int
    received: int
    technology: str
    situation: str
    frequency: str
    hotline: str
    device: str
    system: str
    spot: str = ""

    @property
    def town(self) -> str:
        return self.point.where.label.split(", ")[-1]

    def facts(self) -> texts.Facts:
        return texts.Facts(
            problems=self.problems,
            town=self.town,
            spot=self.spot,
            situation=self.situation,
            frequency=self.frequency,
            hotline=self.hotline,
            technology=self.technology,
            device=self.device,
            brand=self.carrier.name,
            happened_at=sampling.moment_of(self.happened).astimezone(sampling.ZONE),
        )


def rows_of(rng: np.random.Generator, cases: Iterable[Case]) -> list[Row]:
    """The rows of cases in the order of their arrival."""
    ordered = sorted(cases, key=lambda case: case.received)
    if not ordered:
        return []
    happened = np.array([case.happened for case in ordered], np.int64)
    days = (EPOCH + sampling.local_days(happened)).tolist()
    keys = zorder.encode_many(
        np.array([case.point.latitude for case in ordered]), np.array([case.point.longitude for case in ordered])
    )
    ids = sampling.uuids(rng, len(ordered))
    return [
        _row(rng, case, ids[n], days[n], int(keys[n]))  # one row after the other: the texts draw from `rng` in order
        for n, case in enumerate(ordered)
    ]


def _row(rng: np.random.Generator, case: Case, submission: UUID, day: date, key: int) -> Row:
    where = case.point.where
    return Row(
        submission=submission,
        carrier_id=case.carrier.id,
        network_id=case.carrier.network_id,
        problems=bits_of(list(case.problems)),
        happened_at=sampling.moment_of(case.happened),
        received_at=sampling.moment_of(case.received),
        happened_on=day,
        latitude=case.point.latitude,
        longitude=case.point.longitude,
        zorder=key,
        land_id=where.land_id,
        district_id=where.district_id,
        town_id=where.town_id,
        quarter_id=where.quarter_id,
        precision=Precision.TOWN.value if case.point.whole_town else Precision.POINT.value,
        place_text=_as_typed(rng, case),
        technology=case.technology,
        situation=case.situation,
        frequency=case.frequency,
        hotline=case.hotline,
        device=case.device,
        system=case.system,
        text=texts.write_text(rng, case.facts()) if rng.random() < texts.SHARE_WITH_TEXT else "",
        name=texts.write_name(rng),
        source=Source.DEMO.value,
    )


def _as_typed(rng: np.random.Generator, case: Case) -> str:
    """What was typed as the place; nothing where the telephone knew it."""
    if case.spot:
        return f"{case.town}, {case.spot}"
    if case.point.whole_town or rng.random() < 0.25:
        return case.town
    return "" if rng.random() < 0.5 else case.point.where.label


def slugs(carriers: Sequence[CarrierRow]) -> dict[str, CarrierRow]:
    return {carrier.slug: carrier for carrier in carriers}
