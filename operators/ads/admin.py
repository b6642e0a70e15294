"""Ads in the workplace: who advertises, what is booked, how it looks; each sees their own only."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from operators.ads import desk, sheets
from operators.ads.billing import euros
from operators.ads.bills import Statement
from operators.ads.bookingforms import CampaignForm, CreativeForm
from operators.ads.models import BOOKED, Campaign, CampaignChange, Creative, CreativePicture, Kind, Review, State
from operators.members import sessions
from operators.members.advertisers import Advertiser, Seat
from operators.members.queries import belongs, is_site_staff
from operators.scoping import AdvertiserAdmin, CarrierInline

OWN = frozenset({State.DRAFT, State.REJECTED})
"""States in which advertisers change a booking; the site's staff may as long as it waits for them."""


class SeatInline(CarrierInline[Any, Seat]):
    """Who books for an advertiser that is no carrier; seats end, they are not deleted."""

    model = Seat
    template = "admin/edit_inline/stacked.html"  # the table's last heads are empty, which no reader can read out
    carrier_path = "advertiser"
    owner = Advertiser
    owners = AdvertiserAdmin.owners
    extra = 0
    autocomplete_fields = ("user",)
    can_delete = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_site_staff(request.user) and super().has_view_permission(request, obj)


@admin.register(Advertiser)
class PayerAdmin(AdvertiserAdmin[Advertiser]):
    """Made and changed by the site's staff; everybody else sees their own."""

    carrier_path = "pk"
    list_display = ("name", "payer", "carrier", "branch", "is_house")
    search_fields = ("name", "payer")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (SeatInline,)
    actions = None

    def has_add_permission(self, request: HttpRequest, *parent: Any) -> bool:
        return is_site_staff(request.user) and super().has_add_permission(request, *parent)

    def has_change_permission(self, request: HttpRequest, obj: Advertiser | None = None) -> bool:
        return is_site_staff(request.user) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Advertiser | None = None) -> bool:
        return False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Whose seat ended and who belongs nowhere else is logged out."""
        super().save_related(request, form, formsets, change)
        for seat in form.instance.seats.select_related("user"):
            if not belongs(seat.user):
                sessions.end_all(seat.user)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Advertiser | None = None) -> Any:
        return self.prepopulated_fields if self.has_change_permission(request, obj) else {}


@admin.register(Campaign)
class CampaignAdmin(AdvertiserAdmin[Campaign]):
    form = CampaignForm
    list_display = ("linked", "advertiser", "state", "starts_on", "ends_on")
    list_display_links = None
    list_filter = ("state", "advertiser")
    list_select_related = ("advertiser",)
    search_fields = ("name",)
    actions = None
    fieldsets = (
        (None, {"fields": ("advertiser", "name", "starts_on", "ends_on", "slots")}),
        (_("How often"), {"fields": ("booked_views", "share", "exclusive", "daily_cap", "total_cap", "weight")}),
        (_("Price"), {"fields": ("price_model", "price")}),
        (_("Where"), {"fields": ("carriers", "place_names", "kinds", "language", "device", "excludes_rivals")}),
    )

    @admin.display(description=_("campaign"), ordering="name")
    def linked(self, campaign: Campaign) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("admin:ad-desk", args=(campaign.pk,)), campaign.name)

    def get_urls(self) -> list[URLPattern]:
        return [*desk.addresses(self), *super().get_urls()]

    def get_fieldsets(self, request: HttpRequest, obj: Campaign | None = None) -> Any:
        """The weight is the site's own to give."""
        sets = super().get_fieldsets(request, obj)
        if is_site_staff(request.user):
            return sets
        return [
            (name, {"fields": tuple(field for field in options["fields"] if field != "weight")})
            for name, options in sets
        ]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        own = self.owners(request, self.editors)
        first = own.first() if own.count() == 1 else None
        return super().get_changeform_initial_data(request) | {"advertiser": first}

    def has_change_permission(self, request: HttpRequest, obj: Campaign | None = None) -> bool:
        states = OWN | {State.SUBMITTED} if is_site_staff(request.user) else OWN
        return (obj is None or obj.state in states) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Campaign | None = None) -> bool:
        return (obj is None or obj.state == State.DRAFT) and super().has_delete_permission(request, obj)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What may not be changed any more is looked at on its own page."""
        row = self.own(request, object_id)
        if request.method == "GET" and not self.has_change_permission(request, row):
            return redirect("admin:ad-desk", row.pk)
        return super().change_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: Campaign, form: ModelForm[Campaign], change: bool) -> None:
        """Never writes the state, which somebody may have moved meanwhile."""
        if not change:
            super().save_model(request, obj, form, change)
            CampaignChange.objects.create(
                campaign=obj, after=State.DRAFT, by=desk.signature(request), changed_at=timezone.now()
            )
        elif self.has_change_permission(request, Campaign.objects.select_for_update().get(pk=obj.pk)):
            kept = ("id", "state", "created_at")
            obj.save(update_fields=[field.name for field in Campaign._meta.concrete_fields if field.name not in kept])

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        form.instance.places.set(form.cleaned_data["place_names"])

    def response_add(self, request: HttpRequest, obj: Campaign, post_url_continue: str | None = None) -> HttpResponse:
        messages.success(request, _t("The campaign is kept as a draft. Now add what is shown."))
        return redirect("admin:ad-desk", obj.pk)

    def response_change(self, request: HttpRequest, obj: Campaign) -> HttpResponse:
        messages.success(request, _t("The campaign is changed."))
        return redirect("admin:ad-desk", obj.pk)


@admin.register(Creative)
class CreativeAdmin(AdvertiserAdmin[Creative]):
    form = CreativeForm
    carrier_path = "campaign__advertiser"
    list_display = ("__str__", "campaign", "kind", "review")
    list_filter = ("review", "campaign")
    list_select_related = ("campaign",)
    search_fields = ("headline", "alt")
    actions = None
    fields = (
        *("campaign", "kind", "target_url", "headline", "text", "shape", "picture", "dark_picture", "alt"),
        "review",
        "reason",
        "decided_at",
    )
    readonly_fields = ("review", "reason", "decided_at")

    @admin.display(description=_("Where it is looked at"))
    def decided_at(self, creative: Creative) -> SafeString | str:
        """Its campaign's page approves and rejects."""
        if not creative.pk:
            return "–"
        address = reverse("admin:ad-desk", args=(creative.campaign_id,))
        return format_html('<a href="{}">{}</a>', address, creative.campaign)

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        """Not in the index: ads stand on their campaign's page."""
        return {}

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("<int:number>/vorschau/<str:slot>/<str:device>/<str:mode>/", view(self.preview), name="ad-preview"),
            path("<int:number>/urteil/", view(self.verdict), name="ad-verdict"),
        ]
        return [*own, *super().get_urls()]

    def preview(self, request: HttpRequest, number: int, slot: str, device: str, mode: str) -> HttpResponseBase:
        return sheets.preview(request, self.own(request, str(number)), slot, device, mode)

    def verdict(self, request: HttpRequest, number: int) -> HttpResponse:
        """What the site's staff say about an ad; nobody else finds this."""
        if not is_site_staff(request.user) or request.method != "POST":
            raise Http404
        return desk.judge_ad(self, request, self.own(request, str(number)))

    def get_readonly_fields(self, request: HttpRequest, obj: Creative | None = None) -> Any:
        return (*self.readonly_fields, "campaign") if obj else self.readonly_fields

    def get_field_queryset(self, db: str | None, db_field: Any, request: HttpRequest) -> QuerySet[Any] | None:
        rows = super().get_field_queryset(db, db_field, request)
        return rows.exclude(state=State.ENDED) if rows is not None and db_field.name == "campaign" else rows

    def has_change_permission(self, request: HttpRequest, obj: Creative | None = None) -> bool:
        return not (obj and obj.campaign.state == State.ENDED) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Creative | None = None) -> bool:
        """What may have been shown stays."""
        return not (obj and obj.campaign.state in BOOKED) and super().has_delete_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: Creative, form: Any, change: bool) -> None:
        """A change asks for a new look; new pixels have a new address, because the old one is kept for ever."""
        obj.review, obj.reason = Review.OPEN, ""
        super().save_model(request, obj, form, change)
        if obj.kind == Kind.TEXT or (change and "shape" in form.changed_data):
            obj.pictures.all().delete()
        for dark, content in form.contents.items():
            obj.pictures.filter(dark=dark).delete()
            CreativePicture.objects.create(creative=obj, dark=dark, content=content)
        if obj.campaign.state in BOOKED:
            desk.note_change(obj, desk.signature(request))

    def response_add(self, request: HttpRequest, obj: Creative, post_url_continue: str | None = None) -> HttpResponse:
        messages.success(request, _t("The ad is kept."))
        return redirect("admin:ad-desk", obj.campaign_id)

    def response_change(self, request: HttpRequest, obj: Creative) -> HttpResponse:
        messages.success(request, _t("The ad is changed; the site's staff look at it once more before it is shown."))
        return redirect("admin:ad-desk", obj.campaign_id)

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        messages.success(request, _t("The ad is deleted."))
        return redirect("admin:operators_campaign_changelist")


@admin.register(Statement)
class StatementAdmin(AdvertiserAdmin[Statement]):
    """Statements are read and printed; what is wrong is corrected by a row beside it."""

    list_display = ("linked", "advertiser", "billed", "sum")
    list_display_links = None
    list_filter = ("advertiser",)
    list_select_related = ("advertiser",)
    search_fields = ("number",)
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Statement]:
        return super().get_queryset(request).prefetch_related("corrections")

    @admin.display(description=_("number"), ordering="number")
    def linked(self, statement: Statement) -> SafeString:
        address = reverse("admin:operators_statement_change", args=(statement.pk,))
        return format_html('<a href="{}">{}</a>', address, statement.number)

    @admin.display(description=_("month"), ordering="month")
    def billed(self, statement: Statement) -> str:
        return date_format(statement.month, "F Y")

    @admin.display(description=_("net sum"))
    def sum(self, statement: Statement) -> str:
        return euros(statement.owed_cents)

    def has_add_permission(self, request: HttpRequest, *parent: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Statement | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Statement | None = None) -> bool:
        return False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The sheet; what the site's staff send is a correction."""
        return sheets.statement(self, request, self.own(request, object_id))
