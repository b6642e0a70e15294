"""The base of every admin that carrier staff may open: nobody sees or touches another carrier's rows."""

import re
from functools import partial
from typing import Any, ClassVar, TypeVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import get_fields_from_path
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db.models import CharField, Model, QuerySet, SlugField, TextField
from django.db.models.fields.related import RelatedField
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse, TemplateResponse
from django.utils.translation import gettext as _t

from complaints.base.plaintext import CleanCharField
from complaints.carriers.models import Carrier
from operators.members.advertisers import Advertiser, advertisers_of
from operators.members.models import Membership, Role, User
from operators.members.queries import carriers_of, is_site_staff
from operators.once import once

M = TypeVar("M", bound=Model)
P = TypeVar("P", bound=Model)


class Scoped(admin.options.BaseModelAdmin[M]):
    """`carrier_path` leads from the model to its carrier; `viewers` may read, `editors` may read and change.

    Carrier staff need no rows in Django's permission tables; the site's staff keep Django's permissions.
    """

    carrier_path: ClassVar[str] = "carrier"
    owner: ClassVar[type[Model]] = Carrier
    formfield_overrides: ClassVar[dict[Any, Any]] = {
        CharField: {"form_class": CleanCharField},
        TextField: {"form_class": CleanCharField},
        SlugField: {"form_class": forms.SlugField},
    }
    viewers: ClassVar[frozenset[str]] = frozenset(Role.values)
    editors: ClassVar[frozenset[str]] = frozenset({Role.MANAGER})

    def owners(self, request: HttpRequest, roles: frozenset[str]) -> "QuerySet[Any]":
        """Whose rows somebody in one of the roles may open."""
        return carriers_of(request.user, *roles)

    def get_queryset(self, request: HttpRequest) -> QuerySet[M]:
        """The rows of one's own carriers; where something is sent, only those that one may change."""
        roles = self.editors if request.method == "POST" else self.viewers | self.editors
        return self.within(request, super().get_queryset(request), roles)

    def visible(self, request: HttpRequest) -> QuerySet[M]:
        """The rows that may be shown and chosen elsewhere."""
        return self.within(request, super().get_queryset(request), self.viewers | self.editors)

    def within(self, request: HttpRequest, rows: QuerySet[M], roles: frozenset[str]) -> QuerySet[M]:
        if is_site_staff(request.user):
            return rows
        return rows.filter(**{f"{self.carrier_path}__in": self.owners(request, roles)})

    def may(self, request: HttpRequest, roles: frozenset[str], row: Model | None) -> bool:
        own = self.owners(request, roles)
        if row is None:
            return own.exists()
        for step in self.carrier_path.split("__"):
            row = row if step == "pk" else getattr(row, step, None)
        return isinstance(row, self.owner) and own.filter(pk=row.pk).exists()

    def has_view_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        if is_site_staff(request.user):
            return super().has_view_permission(request, obj)
        return self.may(request, self.viewers | self.editors, obj)

    def has_add_permission(self, request: HttpRequest, *parent: Any) -> bool:
        if is_site_staff(request.user):
            return super().has_add_permission(request, *parent)
        return self.may(request, self.editors, None)

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        if is_site_staff(request.user):
            return super().has_change_permission(request, obj)
        return self.may(request, self.editors, obj)

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        if is_site_staff(request.user):
            return super().has_delete_permission(request, obj)
        return self.may(request, self.editors, obj)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_field_queryset(
        self, db: str | None, db_field: "RelatedField[Any, Any]", request: HttpRequest
    ) -> QuerySet[Any] | None:
        """What a relation offers: own carriers, colleagues, own rows; a scoped table without an admin is an error."""
        model = db_field.remote_field.model
        related = self.admin_site._registry.get(model)
        if isinstance(related, Scoped):
            return related.visible(request)
        if is_site_staff(request.user) or (model is not Carrier and model._meta.app_label == "complaints"):
            return super().get_field_queryset(db, db_field, request)
        if model is Carrier:
            return carriers_of(request.user, *self.editors)
        if model is User:
            own = Membership.objects.current().filter(carrier__in=carriers_of(request.user))
            return User.objects.filter(pk__in=own.values("user"))
        raise ImproperlyConfigured(f"{model.__name__} has no admin that says whose rows it holds.")


class ScopedRelatedFilter(admin.RelatedFieldListFilter):
    """Offers only what the person may see."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[tuple[Any, Any]]:
        rows = model_admin.get_field_queryset(None, field, request)
        return [
            (row.pk, str(row)) for row in (field.remote_field.model._default_manager.all() if rows is None else rows)
        ]


class CarrierAdmin(Scoped[M], admin.ModelAdmin[M]):
    """Every carrier-facing admin; a guessed number is 404, whether the row exists or not."""

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        return [self._scoped_filter(entry) for entry in super().get_list_filter(request)]

    def _scoped_filter(self, entry: Any) -> Any:
        if isinstance(entry, str) and get_fields_from_path(self.model, entry)[-1].is_relation:
            return (entry, ScopedRelatedFilter)
        return entry

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        raise Http404

    def own(self, request: HttpRequest, object_id: str) -> M:
        """The row for an address of one's own making; raises Http404."""
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        return row

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return once(request, partial(super().changeform_view, request, *args, **kwargs))

    def save_model(self, request: HttpRequest, obj: M, form: "ModelForm[M]", change: bool) -> None:
        """Refuses a row of a foreign carrier, whatever the form let through."""
        if not is_site_staff(request.user) and not self.may(request, self.editors, obj):
            raise PermissionDenied
        super().save_model(request, obj, form, change)

    def render_change_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Django links what cannot be changed to its admin, also where that is shut for the person.

        A form that was reached by a link to one of its fields would, once sent, open at that field again, below what
        is said at the top: so its address has a fragment of its own.
        """
        if request.method == "POST" and request.FILES:  # shown again because of an error
            messages.warning(request, _t("Your browser does not keep the file: please choose it once more."))
        kwargs["form_url"] = f"{kwargs.get('form_url') or request.get_full_path()}#content-start"
        answer = super().render_change_form(request, *args, **kwargs)
        if not is_site_staff(request.user) and isinstance(answer, TemplateResponse):
            answer.add_post_render_callback(_unlink_complaints)
        return answer

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, Any, Any, Any]:
        """Names only what was chosen: what hangs on it is counted, since it may be another carrier's."""
        _rows, counts, missing, protected = super().get_deleted_objects(objs, request)
        for field in self.model._meta.many_to_many:
            through: Any = field.remote_field.through
            counts.pop(through._meta.verbose_name_plural, None)  # no more than a tick in the form
        return [str(row) for row in objs], counts, missing, ["…"] if protected else []


def _unlink_complaints(answer: SimpleTemplateResponse) -> None:
    """Carriers and places by name alone; their admins are for the site's staff."""
    answer.content = re.sub(r'<a href="/intern/complaints/[^"]*">([^<]*)</a>', r"\1", answer.text)


class AdvertiserAdmin(CarrierAdmin[M]):
    """What belongs to an advertiser: for people with that role at its carrier, or with a seat."""

    carrier_path = "advertiser"
    owner = Advertiser

    def owners(self, request: HttpRequest, roles: frozenset[str]) -> "QuerySet[Any]":
        return advertisers_of(request.user)


class CarrierInline(Scoped[M], admin.TabularInline[M, P]):  # type: ignore[misc]  # the outer row is any model
    """Rows below a scoped row; say its `carrier_path` from the inner model."""

    def may(self, request: HttpRequest, roles: frozenset[str], row: Model | None) -> bool:
        """Django asks with the outer row, whose own admin knows its carrier."""
        outer = self.admin_site._registry.get(self.parent_model)
        if row is None or not isinstance(outer, Scoped):
            return super().may(request, roles, None)
        return outer.may(request, roles, row)
