"""Accounts and memberships in the admin of the site's own staff."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.db.models import Max, OuterRef, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from operators.members import actions, sessions
from operators.members.lockout import attempts_of, is_locked
from operators.members.models import Membership, User
from operators.members.queries import belongs
from operators.members.staffforms import AccountForm

POWERS = ("is_staff", "is_superuser", "groups", "user_permissions")
"""What makes somebody site staff; superusers alone hand it out."""


class MembershipInline(admin.TabularInline[Membership, User]):
    """Memberships end, they are not deleted: who was ever a member stays recognisable as one."""

    model = Membership
    template = "admin/edit_inline/stacked.html"  # the table's first head is empty, which no reader can read out
    extra = 0
    can_delete = False


def _without_permissions(options: Any) -> dict[str, Any]:
    """Groups are enough: the list of single permissions has hundreds of rows in no language of the site."""
    return {**options, "fields": tuple(name for name in options["fields"] if name != "user_permissions")}


@admin.register(User)
class MemberAdmin(UserAdmin[User]):
    form = AccountForm
    inlines = (MembershipInline,)
    list_display = ("username", "email", "first_name", "last_name", "place", "is_active", "locked", "last_login")
    actions = ("reset_second_factor", "unlock")
    filter_horizontal = ()  # its two lists name their hints in a way that readers ignore
    readonly_fields = ("last_login", "date_joined")

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        name = OuterRef("username")
        attempts = {"everywhere": attempts_of(name, Sum), "at_one": attempts_of(name, Max)}
        rows = super().get_queryset(request).prefetch_related("memberships__carrier", "seats__advertiser")
        return rows.annotate(**attempts)

    @admin.display(description=_("locked out"))
    def locked(self, user: Any) -> str:
        """After how many wrong passwords, empty where the way is free."""
        if not is_locked(user.everywhere, user.at_one):
            return ""
        wrong = user.everywhere
        return ngettext("after %(n)s wrong attempt", "after %(n)s wrong attempts", wrong) % {"n": wrong}

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        sets = [(name, _without_permissions(options)) for name, options in super().get_fieldsets(request, obj)]
        if obj is None or not self._grants(request):
            return sets
        return [*sets, (_("Site staff"), {"fields": ("deliberate",)})]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        return (*super().get_readonly_fields(request, obj), *(() if self._grants(request) else POWERS))

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Superusers are changed by superusers only: their password and factor open everything."""
        return super().has_change_permission(request, obj) and not (
            obj and obj.is_superuser and not self._grants(request)
        )

    def _grants(self, request: HttpRequest) -> bool:
        return bool(getattr(request.user, "is_superuser", False))

    @admin.display(description=_("belongs to"))
    def place(self, user: User) -> str:
        """The site, carriers and advertisers, or nobody any more."""
        if user.is_site_staff:
            return _t("this site")
        own = [(str(row.carrier), row.ends_at) for row in user.memberships.all()]
        own += [(str(row.advertiser), row.ends_at) for row in user.seats.all()]
        names = {name for name, ends_at in own if ends_at is None or ends_at > timezone.now()}
        past = _t("nowhere any more") if own else "–"
        return ", ".join(sorted(names)) or past

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Who belongs nowhere any more is logged out."""
        super().save_related(request, form, formsets, change)
        if change and not belongs(User.objects.get(pk=form.instance.pk)):
            sessions.end_all(form.instance)

    @admin.action(description=_("Reset the second factor …"), permissions=["change"])
    def reset_second_factor(self, request: HttpRequest, rows: QuerySet[User]) -> HttpResponse | None:
        if "confirm" not in request.POST:
            context = self.admin_site.each_context(request) | {"title": _t("Reset the second factor?"), "rows": rows}
            return TemplateResponse(request, "operators/members/reset.html", context | {"opts": self.opts})
        self._each(request, rows, actions.reset_second_factor, _t("second factor reset"))
        return None

    @admin.action(description=_("Unlock after too many wrong passwords"), permissions=["change"])
    def unlock(self, request: HttpRequest, rows: QuerySet[User]) -> None:
        self._each(request, rows, actions.unlock, _t("unlocked"))

    def _each(self, request: HttpRequest, rows: QuerySet[User], do: Callable[..., object], words: str) -> None:
        for user in rows:
            if self.has_change_permission(request, user):
                do(user=user)
                self.log_change(request, user, words)
                messages.success(request, f"{words}: {user.username}")
            else:
                messages.error(request, _t("%s is a superuser; only a superuser changes that account.") % user.username)
