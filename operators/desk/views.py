"""The first page of carrier staff, and the work orders."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_safe

from operators.desk import queries
from operators.desk.forms import FiguresForm, OrdersForm
from operators.desk.orders import order_list
from operators.members.models import Membership, Role, User
from operators.members.queries import is_site_staff
from operators.replies.desk import Desk, staffed
from operators.replies.queries import REPLIERS, desks

ROLES = (Role.AUTHOR, Role.REPLIER, Role.MANAGER)
WRITERS = (Role.AUTHOR, Role.MANAGER)


def start(request: HttpRequest) -> HttpResponse:
    """/intern/: the dashboard for who works for a carrier, the index of tables for everybody else."""
    user = request.user
    own = isinstance(user, User) and not is_site_staff(user) and desks(user, *ROLES).exists()
    if own and admin.site.has_permission(request):
        return overview(request)
    return admin.site.admin_view(admin.site.index)(request)


def page_context(desk: Desk, title: str) -> dict[str, Any]:
    """The admin's frame without its index of tables, the desk, and what its roles allow; one query."""
    current = Membership.objects.current().filter(user=desk.user, carrier=desk.carrier)
    roles = set(current.values_list("role", flat=True))
    context = {"has_permission": True, "site_url": "/", "desk": desk, "title": title}
    return context | {"answers": bool(roles & set(REPLIERS)), "writes": bool(roles & set(WRITERS))}


@require_safe
@staffed(*ROLES)
def overview(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What waits, what burns, what people report, how fast the carrier answers; `zeit`, `problem`, `ort`."""
    form = FiguresForm(request.GET)
    asked = form.asked()
    context = page_context(desk, _t("Overview")) | {"form": form, "asked": asked}
    context |= {"found": queries.overview(desk.carrier, asked), "days": queries.BOARD_DAYS}
    context |= {"until": timezone.localdate(), "since": timezone.localdate() - timedelta(days=6)}
    return render(request, "operators/desk/overview.html", context, status=422 if form.errors else 200)


@require_safe
@staffed(*ROLES)
def orders(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The places where people are needed first; `zeit`, `art`, `land`, `anzahl`."""
    form = OrdersForm(request.GET)
    context = page_context(desk, _t("Work orders")) | {"form": form, "found": order_list(desk.carrier, form.orders())}
    query = request.GET.copy()
    query["anbieter"] = desk.carrier.slug
    context |= {"query": query.urlencode(), "fewest": queries.FEWEST}
    return render(request, "operators/desk/orders.html", context, status=422 if form.errors else 200)
