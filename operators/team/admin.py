"""Colleagues: who belongs to a carrier, and who is invited. For its managers, and for the site's own staff."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _t

from complaints.carriers.models import Carrier
from operators.members.models import Membership, Role, User
from operators.members.queries import carriers_of, is_site_staff
from operators.scoping import CarrierAdmin
from operators.team import actions, queries
from operators.team.forms import InviteForm, RolesForm
from operators.team.models import Invitation

MANAGERS = frozenset({Role.MANAGER.value})


def actor(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  # the admin lets nobody else in
    return request.user


def back(carrier: Carrier) -> HttpResponse:
    return redirect(reverse("admin:operators_membership_changelist") + f"?anbieter={carrier.slug}")


@admin.register(Membership)
class TeamAdmin(CarrierAdmin[Membership]):
    """Pages of our own only: a person's roles are set together, and ended, never deleted."""

    editors: ClassVar[frozenset[str]] = MANAGERS
    viewers: ClassVar[frozenset[str]] = MANAGERS
    actions = None

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("", view(self.team), name="operators_membership_changelist"),
            path("<int:number>/", view(self.member), name="team-member"),
            path("<int:number>/ende/", view(self.end), name="team-end"),
        ]

    def carriers(self, request: HttpRequest) -> list[Carrier]:
        """Those whose team somebody may change; never none."""
        own = list(carriers_of(request.user, *self.editors))
        if not own or not self.has_change_permission(request):
            raise Http404
        return own

    def chosen(self, request: HttpRequest, own: list[Carrier]) -> Carrier:
        asked = request.GET.get("anbieter")
        found = [carrier for carrier in own if not asked or carrier.slug == asked]
        if not found:
            raise Http404
        return found[0]

    def page(self, request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
        frame = {"has_permission": True, "site_url": "/", "opts": self.opts}
        return render(request, f"operators/team/{name}.html", frame | context, status=status)

    def team(self, request: HttpRequest) -> HttpResponse:
        """The members and pending invitations of a carrier; POST invites."""
        own = self.carriers(request)
        carrier = self.chosen(request, own)
        form = InviteForm(request.POST if request.method == "POST" else None, carrier=carrier)
        if request.method == "POST" and form.is_valid() and self.invite(request, form):
            return back(carrier)
        context = {"title": _t("Colleagues"), "carrier": carrier, "carriers": own, "form": form}
        context |= {"team": queries.team(carrier), "invitations": queries.pending(carrier)}
        return self.page(request, "team", context, status=422 if form.errors else 200)

    def invite(self, request: HttpRequest, form: InviteForm) -> bool:
        data = form.cleaned_data
        try:
            made = actions.invite(carrier=form.carrier, email=data["email"], roles=data["roles"], by=actor(request))
        except actions.TooManyError:
            form.add_error(None, _t("Too many invitations went out today. Please try again tomorrow."))
            return False
        self.log_addition(request, made, f"{made.email}: {', '.join(made.role_names)}")  # type: ignore[arg-type]
        messages.success(request, _t("The invitation to %s is on its way.") % made.email)
        return True

    def row(self, request: HttpRequest, number: int) -> Membership:
        """A current membership at an own carrier, of somebody one may change; raises Http404."""
        self.carriers(request)
        rows = self.get_queryset(request) & Membership.objects.current()
        row = rows.select_related("user", "carrier").filter(pk=number).first()
        if row is None or (is_site_staff(row.user) and not is_site_staff(request.user)):
            raise Http404
        return row

    def member(self, request: HttpRequest, number: int) -> HttpResponse:
        """The roles of one person; POST sets them."""
        row = self.row(request, number)
        current = Membership.objects.current().filter(user=row.user, carrier=row.carrier)
        initial = {"roles": list(current.values_list("role", flat=True))}
        form = RolesForm(request.POST if request.method == "POST" else None, initial=initial)
        if request.method == "POST" and form.is_valid() and self.change(request, row, form.cleaned_data["roles"], form):
            messages.success(request, _t("The roles of %s are changed.") % row.user.called)
            return back(row.carrier)
        context = {"title": _t("Roles of %s") % row.user.called, "row": row, "form": form}
        return self.page(request, "member", context, status=422 if form.errors else 200)

    def end(self, request: HttpRequest, number: int) -> HttpResponse:
        """Asks, then ends somebody's membership and what sessions nothing else justifies."""
        row, form = self.row(request, number), RolesForm({})
        if request.method == "POST":
            form.errors.clear()
            if self.change(request, row, [], form):
                messages.success(request, _t("%s does not belong to the team any more.") % row.user.called)
                return back(row.carrier)
        context = {"title": _t("End the access of %s") % row.user.called, "row": row, "errors": form.non_field_errors()}
        return self.page(request, "end", context, status=422 if form.non_field_errors() else 200)

    def change(self, request: HttpRequest, row: Membership, roles: list[str], form: RolesForm) -> bool:
        try:
            actions.set_roles(user=row.user, carrier=row.carrier, roles=roles, by=actor(request))
        except actions.LastManagerError:
            form.add_error(None, _t("This would leave nobody who manages the team. Make somebody else manager first."))
            return False
        except actions.SiteStaffError as error:
            raise Http404 from error
        names = ", ".join(str(Role(role).label) for role in roles) or _t("access ended")
        self.log_change(request, row, f"{row.user}: {names}")
        return True


@admin.register(Invitation)
class InvitationAdmin(CarrierAdmin[Invitation]):
    """What a manager does with an invitation that nobody took yet."""

    editors: ClassVar[frozenset[str]] = MANAGERS
    viewers: ClassVar[frozenset[str]] = MANAGERS
    actions = None

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        """Not in the index: invitations stand below the colleagues."""
        return {}

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("", view(self.team), name="operators_invitation_changelist"),
            path("<int:number>/erneut/", view(self.resend), name="invitation-resend"),
            path("<int:number>/zurueckziehen/", view(self.withdraw), name="invitation-withdraw"),
        ]

    def team(self, request: HttpRequest) -> HttpResponse:
        return redirect("admin:operators_membership_changelist")

    def row(self, request: HttpRequest, number: int) -> Invitation:
        row = self.get_queryset(request).select_related("carrier").filter(pk=number).first()
        if row is None or not self.has_change_permission(request, row):
            raise Http404
        return row

    def resend(self, request: HttpRequest, number: int) -> HttpResponse:
        row = self.row(request, number)
        if request.method == "POST":
            try:
                actions.resend(invitation=row)
            except actions.TooManyError:
                messages.error(request, _t("Too many invitations went out today. Please try again tomorrow."))
            except actions.GoneError:
                messages.warning(request, _t("This invitation was accepted or withdrawn meanwhile."))
            else:
                messages.success(request, _t("The invitation to %s is on its way.") % row.email)
        return back(row.carrier)

    def withdraw(self, request: HttpRequest, number: int) -> HttpResponse:
        row = self.row(request, number)
        if request.method == "POST" and actions.withdraw(invitation=row):
            messages.success(request, _t("The invitation to %s is withdrawn. Its link opens nothing now.") % row.email)
        elif request.method == "POST":
            messages.warning(request, _t("This invitation was accepted or withdrawn meanwhile."))
        return back(row.carrier)
