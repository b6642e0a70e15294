"""Every address of the workplace, tried by every kind of person: no trace of another carrier's rows."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import cast

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.db import transaction
from django.db.models import Field, Model
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from complaints.carriers.models import Carrier
from complaints.echoes.models import Echo
from complaints.moderation.models import Decision, Flag
from complaints.places.models import Place
from complaints.reports.models import Report
from complaints.threads.models import Comment, Thread
from operators.members.models import Role, User
from operators.scoping import CarrierAdmin
from tests.builders import a_member, a_report, site_staff
from tests.operators.plants import PLANTS, SEARCH, WORD

pytestmark = pytest.mark.django_db
SITE_STAFF_ONLY: set[type[Model]] = {Carrier, Comment, Decision, Echo, Flag, Group, Place, Report, Thread, User}
OWN_ACCOUNT = re.compile(r"^intern/(konto|mfa|sitzungen|logout|login|jsi18n|password_change)")
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")


def test_every_admin_is_scoped_or_for_the_sites_own_staff() -> None:
    others = {model for model, own in admin.site._registry.items() if not isinstance(own, CarrierAdmin)}
    assert others <= SITE_STAFF_ONLY, "carrier staff may not open these: base them on CarrierAdmin or name them here"


def test_every_scoped_admin_has_a_row_for_the_walk() -> None:
    scoped = {model for model, own in admin.site._registry.items() if isinstance(own, CarrierAdmin)}
    assert scoped <= set(PLANTS), "plant a row for these in tests/operators/plants.py"


@dataclass
class Walk:
    """What was tried and what was found; `rows` are those of the other carrier."""

    rows: dict[type[Model], Model]
    pages: int = 0
    leaks: list[str] = field(default_factory=list)

    def addresses(self) -> Iterator[tuple[str, type[Model] | None]]:
        """Every address below /intern/, with the numbers of the other's rows, and the table it is about."""
        for route in routes(get_resolver()):
            own = next((model for model in admin.site._registry if route.startswith(prefix(model))), None)
            for number in self.numbers(own) if PARAMETER.search(route) else ("",):
                yield "/" + PARAMETER.sub(number, route).replace("^", "").replace("$", ""), own
        for model in admin.site._registry:
            yield from ((f"/{prefix(model)}?{query}", model) for query in self.questions(model))
            yield f"/intern/r/{ContentType.objects.get_for_model(model).pk}/{self.numbers(model)[0]}/", model
            yield from ((look_up(model, relation), None) for relation in relations(model))

    def numbers(self, model: type[Model] | None) -> list[str]:
        if model in self.rows:
            return [str(self.rows[model].pk)]
        row = model._default_manager.first() if model else None
        return [str(row.pk if row else 1)] if model else sorted({str(row.pk) for row in self.rows.values()})

    def questions(self, model: type[Model]) -> Iterator[str]:
        """Search, order, and every filter by every related row of the other carrier."""
        yield from (f"q={SEARCH}", "o=-1", "_popup=1", "all=")
        for column in model._meta.get_fields():
            if isinstance(column, Field) and column.is_relation:
                yield from (f"{column.name}__id__exact={number}" for number in self.numbers(column.related_model))
        for entry in getattr(admin.site._registry[model], "list_filter", ()):
            name = entry if isinstance(entry, str) else entry[0] if isinstance(entry, tuple) else entry.parameter_name
            yield from (f"{name}=1", f"{name}__exact=1", f"{name}__isnull=0")

    def look(self, client: Client, who: str, forbidden: list[str]) -> None:
        for address, _model in self.addresses():
            self.judge(client.get(address), address, who, forbidden)

    def act(self, client: Client, who: str, forbidden: list[str]) -> None:
        """Sends every form about the other's rows, and every action of every list."""
        for address, model in self.addresses():
            if not OWN_ACCOUNT.match(address[1:]) and "autocomplete" not in address:
                self.judge(client.post(address, {"post": "yes"}), address, who, forbidden)
            if model and address == f"/{prefix(model)}":
                for action in ("delete_selected", *map(action_name, admin.site._registry[model].actions or ())):
                    data = {"action": action, "_selected_action": self.numbers(model), "post": "yes", "index": "0"}
                    self.judge(client.post(address, data), f"{address} {action}", who, forbidden)

    def judge(self, response: HttpResponseBase, address: str, who: str, forbidden: list[str]) -> None:
        self.pages += 1
        body = b"".join(cast("Iterable[bytes]", response)).decode(errors="replace")
        status = response.status_code
        if status >= 500 or any(word in body for word in forbidden):
            self.leaks.append(f"{who} {address}: {status}")


def prefix(model: type[Model]) -> str:
    return f"intern/{model._meta.app_label}/{model._meta.model_name}/"


def action_name(action: object) -> str:
    return action if isinstance(action, str) else str(getattr(action, "__name__", ""))


def relations(model: type[Model]) -> list[str]:
    return [one.name for one in model._meta.get_fields() if isinstance(one, Field) and one.is_relation]


def look_up(model: type[Model], relation: str) -> str:
    meta = model._meta
    source = f"app_label={meta.app_label}&model_name={meta.model_name}&field_name={relation}"
    return f"/intern/autocomplete/?term={SEARCH}&{source}"


def routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """All routes below /intern/, with their parameters."""
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern).removeprefix("^")
        if isinstance(entry, URLPattern) and route.startswith("intern/") and "(?P<url>" not in route:
            yield route
        elif isinstance(entry, URLResolver) and (route.startswith("intern/") or not before):
            yield from routes(entry, route)


@pytest.fixture
def walk() -> Walk:
    a_report()
    for plant in PLANTS.values():
        plant("o2")
    return Walk({model: plant("telekom") for model, plant in PLANTS.items()})


def state(walk: Walk) -> str:
    """The other's rows as they stand in the database."""
    rows = [row for model, one in walk.rows.items() for row in model._default_manager.filter(pk=one.pk)]
    return str(serializers.serialize("json", rows))


def strangers() -> dict[str, User | None]:
    ended = a_member("o2", "author", "manager")
    ended.memberships.update(ends_at=timezone.now())
    return {"nobody": None, "without membership": User.objects.create_user("fremd"), "ended": ended}


def test_strangers_see_nothing_at_all(walk: Walk) -> None:
    before = state(walk)
    for who, user in strangers().items():
        client = Client()
        if user:
            client.force_login(user)
        walk.look(client, who, list(WORD.values()))
        walk.act(client, who, list(WORD.values()))
    assert walk.leaks == []
    assert state(walk) == before
    assert walk.pages > 300


@pytest.mark.parametrize("role", Role.values)
def test_a_carriers_staff_find_no_trace_of_the_others(walk: Walk, role: str) -> None:
    before, client = state(walk), Client()
    client.force_login(a_member("o2", role))
    walk.look(client, role, [WORD["telekom"]])
    with transaction.atomic():
        walk.act(client, role, [WORD["telekom"]])
    assert walk.leaks == []
    assert state(walk) == before
    assert walk.pages > 100


def test_carrier_staff_find_nothing_where_only_the_site_may_go(walk: Walk) -> None:
    client = Client()
    client.force_login(a_member("o2", *Role.values))
    open_ = [
        address
        for address, model in walk.addresses()
        if model in SITE_STAFF_ONLY and client.get(address, follow=True).status_code != 404
    ]
    assert open_ == []


def test_the_sites_staff_see_the_planted_rows(walk: Walk) -> None:
    """The walk would find a leak: those who may see everything do meet the words."""
    client = Client()
    client.force_login(site_staff())
    walk.look(client, "site staff", [WORD["telekom"]])
    assert [leak for leak in walk.leaks if not leak.endswith(": 200")] == []
    assert len(walk.leaks) > 3
