"""The admin site: who may enter it, and the addresses that every admin shares."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.admin.models import LogEntry
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.views import redirect_to_login
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import path, reverse
from django.urls.resolvers import URLPattern, URLResolver
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView

from complaints.places.models import Place
from operators.members import queries
from operators.members.kept import kept_words

V = TypeVar("V", bound=Callable[..., HttpResponseBase])

PUBLIC: tuple[type[Model], ...] = (Place,)  # anybody who enters may look these up


class PublicLookup(AutocompleteJsonView):
    """Offers what the person may see, and places, which everybody may."""

    def has_perm(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return issubclass(self.model_admin.model, PUBLIC) or super().has_perm(request, obj)


class StaffSite(AdminSite):
    """Entered by the site's own staff and by current members of a carrier; everybody else finds nothing here."""

    site_header = _("Workplace")
    enable_nav_sidebar = False  # the ways stand in the frame of every page; tables need the room
    empty_value_display = ""

    def has_permission(self, request: HttpRequest) -> bool:
        """Read anew for every request: an ended membership shuts the door at once."""
        return queries.may_enter(request.user)

    def admin_view(self, view: V, cacheable: bool = False) -> V:
        """Hides every address of an admin that somebody may not open, so that guessing tells nothing.

        Who sends a form after losing access, or about a row that is gone, gets the words back.
        """
        owner = getattr(view, "__self__", None)

        def only_of_open_admins(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if isinstance(owner, ModelAdmin) and not owner.has_module_permission(request):
                raise Http404
            return view(request, *args, **kwargs)

        only_of_open_admins.csrf_exempt = getattr(view, "csrf_exempt", False)  # type: ignore[attr-defined]
        guarded = super().admin_view(only_of_open_admins, cacheable)

        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method != "POST":
                return guarded(request, *args, **kwargs)
            try:
                response = guarded(request, *args, **kwargs)
            except (Http404, PermissionDenied) as refused:
                return kept_words(request, 404 if isinstance(refused, Http404) else 403)
            shut = isinstance(response, HttpResponseRedirect) and response.url.startswith(reverse("admin:login"))
            return kept_words(request, 403) if shut else response

        return cast("V", answer)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        own = [
            path("r/<int:content_type_id>/<path:object_id>/", self.admin_view(self.public_page)),
            path("password_change/", RedirectView.as_view(pattern_name="account_change_password")),
            path("password_change/done/", RedirectView.as_view(pattern_name="admin:index")),
        ]
        return [*own, *super().get_urls()]

    def public_page(self, request: HttpRequest, content_type_id: int, object_id: str) -> HttpResponseBase:
        """Leads to a row's public page, if the row's own admin shows it to this person; raises Http404."""
        kind = ContentType.objects.filter(pk=content_type_id).first()
        own = self._registry.get(kind.model_class()) if kind else None  # type: ignore[arg-type]
        row = own.get_object(request, object_id) if own else None
        if own is None or row is None or not own.has_view_permission(request, row):
            raise Http404
        return shortcut(request, content_type_id, object_id)

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return cast("HttpResponse", PublicLookup.as_view(admin_site=self)(request))

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Strangers log in on the site's own page, who has no second factor sets one up; nobody else gets further."""
        if not request.user.is_authenticated:
            return redirect_to_login(request.GET.get("next") or "/intern/")
        if self.has_permission(request):
            return redirect("admin:index")
        if queries.belongs(request.user):
            return redirect("mfa_index")
        raise PermissionDenied

    def get_log_entries(self, request: HttpRequest) -> QuerySet[LogEntry]:
        """One's own doings only; the site's staff see all."""
        entries = super().get_log_entries(request)
        return (
            entries
            if queries.is_site_staff(request.user)
            else entries.filter(user__username=request.user.get_username())
        )
