"""Posts and promises for the carriers' own staff."""

from typing import Any, ClassVar, cast
from uuid import uuid4

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import BaseModelFormSet, ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from operators.members.models import Role, User
from operators.posts import actions, staffforms
from operators.posts.models import (
    Picture,
    PictureSize,
    Post,
    Promise,
    PromiseQuerySet,
    PromiseStep,
    Standing,
    TickerEntry,
)
from operators.posts.preview import preview_address
from operators.posts.queries import shown
from operators.posts.staffforms import PictureForm, PostForm, PromiseForm, StepForm, stage
from operators.scoping import CarrierAdmin, CarrierInline

WRITERS = frozenset({Role.AUTHOR.value, Role.MANAGER.value})
READERS = WRITERS | {Role.REPLIER.value}


def signature(request: HttpRequest) -> str:
    """The name under which whoever asks appears."""
    return request.user.signature if isinstance(request.user, User) else ""


class PostInline(CarrierInline[Any, Post]):
    """Rows of a post; what is there may change only as long as nobody has read it."""

    editors = WRITERS
    viewers = READERS
    extra = 1
    template = "admin/edit_inline/stacked.html"  # a table is too wide for a phone

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and obj.is_public)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.is_public)


class TickerInline(PostInline):
    model = TickerEntry
    carrier_path = "post__carrier"
    fields = ("text", "by", "written_at")
    readonly_fields = ("by", "written_at")


class PictureInline(PostInline):
    model = Picture
    form = PictureForm
    carrier_path = "post__carrier"
    fields = ("file", "alt", "shown_by")
    readonly_fields = ("shown_by",)

    @admin.display(description=_("File"))
    def file(self, picture: Picture) -> str:
        """Where it was stored already: how it looks."""
        stored = shown(picture)
        source = stored.address(next(iter(stored.widths), picture.width))
        return format_html('<img src="{}" alt="{}" width="200">', source, picture.alt)

    @admin.display(description=_("write in the text"))
    def shown_by(self, picture: Picture) -> str:
        return f"![](picture:{picture.number})" if picture.pk else "–"

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A picture is replaced by another one, never changed."""
        return False


class PromiseInline(PostInline):
    model = Promise
    form = PromiseForm
    carrier_path = "post__carrier"
    fields = ("sentence", "place", "due_on", "kinds")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields

    @admin.display(description=_("problems"))
    def kinds(self, promise: Promise) -> str:
        """Where it can no longer be changed."""
        return ", ".join(str(problem.label) for problem in promise.problem_list) or _t("all")


@admin.register(Post)
class PostAdmin(CarrierAdmin[Post]):
    form = PostForm
    editors: ClassVar[frozenset[str]] = WRITERS
    viewers: ClassVar[frozenset[str]] = READERS
    list_display = ("title", "carrier", "author_name", "stage", "published_at")
    list_filter = ("carrier",)
    list_select_related = ("carrier",)
    search_fields = ("title",)
    ordering = ("-changed_at",)
    actions = None
    inlines = (TickerInline, PromiseInline, PictureInline)
    readonly_fields = ("links",)

    @admin.display(description=_("state"))
    def stage(self, post: Post) -> str:
        names = {"draft": _t("draft"), "scheduled": _t("scheduled"), "public": _t("public")}
        if post.hidden_at:
            return _t("hidden by the site: %s") % post.get_hidden_reason_display()
        return _t("retracted") if post.retracted_at else names[stage(post)]

    @admin.display(description=_("Links"))
    def links(self, post: Post) -> SafeString | str:
        """To the public page, or to a preview that works for a week without a log-in."""
        if not post.pk:
            return _t("There is a preview once the draft is saved.")
        with translation.override("de"):
            address = post.get_absolute_url() if post.is_public else preview_address(post.pk)
        words = _t("Public page") if post.is_public else _t("Preview, for a week and without a log-in")
        return format_html('<a href="{}" target="_blank" rel="noopener">{}</a>', address, words)

    def get_view_on_site_url(self, obj: Post | None = None) -> str | None:
        """A draft has no public page."""
        return super().get_view_on_site_url(obj) if obj and obj.is_public else None

    def get_fieldsets(self, request: HttpRequest, obj: Post | None = None) -> Any:
        """A draft has a time to come, a public post corrections and an end."""
        rest = ("correction", "reason") if obj and obj.is_public else ("at",)
        return (
            (None, {"fields": ("carrier", "author_name", "title", "summary", "body", "places")}),
            (_("Publication"), {"fields": ("step", *rest, "links", "version")}),
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Post | None = None) -> Any:
        return (*self.readonly_fields, "carrier") if obj else self.readonly_fields

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        own = self.get_field_queryset(None, Post._meta.get_field("carrier"), request)
        first = own.first() if own is not None and own.count() == 1 else None
        return super().get_changeform_initial_data(request) | {"author_name": signature(request), "carrier": first}

    def has_change_permission(self, request: HttpRequest, obj: Post | None = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and obj.retracted_at)

    def has_delete_permission(self, request: HttpRequest, obj: Post | None = None) -> bool:
        """Drafts only: what was read stays, or is retracted."""
        return (obj is None or obj.published_at is None) and super().has_delete_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: Post, form: ModelForm[Post], change: bool) -> None:
        step, was = form.cleaned_data["step"], stage(obj)
        if not change:
            obj.author = request.user if isinstance(request.user, User) else None
        if was != "public":
            obj.slug = actions.slug_of(obj)
            times = {staffforms.NOW: timezone.now(), staffforms.LATER: form.cleaned_data["at"], staffforms.BACK: None}
            obj.published_at = times.get(step, obj.published_at)
        super().save_model(request, obj, form, change)
        if was == "public" and form.cleaned_data["correction"] and step != staffforms.RETRACT:
            actions.correct(post=obj, note=form.cleaned_data["correction"], by=signature(request))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        actions.come_out(post=form.instance)
        if form.cleaned_data["step"] == staffforms.RETRACT:
            actions.retract(post=form.instance, reason=form.cleaned_data["reason"])
            messages.warning(request, _t("Retracted. The address stays and says why."))
        else:
            messages.success(request, format_html("{} {}", _t("Stored. What others see:"), self.links(form.instance)))

    def save_formset(self, request: HttpRequest, form: Any, formset: BaseModelFormSet[Any, Any], change: bool) -> None:
        """Fills in who and when, and stores the copies of pictures."""
        for row in formset.save(commit=False):
            if isinstance(row, TickerEntry) and row.pk is None:
                row.by, row.written_at = signature(request), timezone.now()
            elif isinstance(row, Promise) and row.pk is None:
                row.carrier, row.made_at = row.post.carrier, timezone.now()
            elif isinstance(row, Picture):
                continue
            row.save()
        for row in formset.deleted_objects:
            row.delete()
        if formset.model is Picture:
            stored = [_store_picture(form.instance, inner) for inner in formset.forms]
            _place_pictures(request, form, [picture for picture in stored if picture])


def _place_pictures(request: HttpRequest, form: PostForm, pictures: list[Picture]) -> None:
    """Pictures that no text shows are put below it; a text that was public before changes only by its author's hand."""
    post = form.instance
    for picture in pictures:
        mark = f"![](picture:{picture.number})"
        if f"picture:{picture.number})" in post.body:
            continue
        if form.was_public:
            said = _t("The picture is stored, but the text does not show it yet: write %s in it.")
            messages.warning(request, said % mark)
            continue
        post.body = f"{post.body.rstrip()}\n\n{mark}\n"
        post.save(update_fields=["body"])
        messages.info(request, _t("The picture stands at the end of the text. Move %s to where it belongs.") % mark)


def _store_picture(post: Post, form: Any) -> Picture | None:
    """The row and the copies of a picture that was just uploaded; None where there is none."""
    encoded = getattr(form, "encoded", None)
    if encoded is None or form.instance.pk:
        return None
    row: Picture = form.instance
    last = Picture.objects.filter(post=post).order_by("-number").first()
    row.post, row.carrier, row.key = post, post.carrier, uuid4()
    row.number = last.number + 1 if last else 1
    row.width, row.height = encoded.width, encoded.height
    row.save()
    PictureSize.objects.bulk_create(
        PictureSize(picture=row, width=width, content=content) for width, content in encoded.copies.items()
    )
    return row


@admin.register(Promise)
class PromiseAdmin(CarrierAdmin[Promise]):
    """What has become of a promise; promises are made in their post."""

    form = StepForm
    editors: ClassVar[frozenset[str]] = WRITERS
    viewers: ClassVar[frozenset[str]] = READERS
    list_display = ("sentence", "carrier", "place", "due_on", "stands")
    list_filter = ("state", "carrier")
    list_select_related = ("carrier", "place")
    search_fields = ("sentence",)
    ordering = ("state", "due_on")
    actions = None
    readonly_fields = ("sentence", "article", "place", "due_on", "stands", "evidence", "page")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Promise]:
        rows = cast(PromiseQuerySet, super().get_queryset(request))
        return rows.select_related("post", "carrier", "place").standing()

    def get_fields(self, request: HttpRequest, obj: Promise | None = None) -> Any:
        """Nothing to fill in where nothing can be changed any more; the evidence where there is some."""
        shown = [name for name in self.readonly_fields if name != "evidence" or (obj and obj.evidence)]
        return [*shown, "step", "new_date", "note"] if self.has_change_permission(request, obj) else shown

    @admin.display(description=_("guest post"))
    def article(self, promise: Promise) -> SafeString:
        address = reverse("admin:operators_post_change", args=(promise.post_id,))
        return format_html('<a href="{}">{}</a>', address, promise.post.title)

    @admin.display(description=_("state"))
    def stands(self, promise: Any) -> str:
        """As the public reads it."""
        return str(Standing(promise.standing).label)

    @admin.display(description=_("Links"))
    def page(self, promise: Promise) -> SafeString:
        address = f"{reverse('post', args=(promise.post.slug,))}#versprechen-{promise.pk}"
        return format_html('<a href="{}" target="_blank" rel="noopener">{}</a>', address, _t("Public page"))

    def has_add_permission(self, request: HttpRequest, *parent: Any) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Promise | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Promise | None = None) -> bool:
        """A promise of a draft is changed in the draft; one that is settled stays as it is."""
        changeable = obj is None or (obj.post.is_public and obj.settled_on is None)
        return changeable and super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: Promise, form: ModelForm[Promise], change: bool) -> None:
        typed, by = form.cleaned_data, signature(request)
        if not self.has_change_permission(request, obj):
            return
        try:
            if typed["step"] == PromiseStep.MOVED:
                actions.move(promise=obj, due_on=typed["new_date"], note=typed["note"], by=by)
            elif typed["step"] == PromiseStep.KEPT:
                actions.keep(promise=obj, evidence=typed["note"], by=by)
            else:
                actions.give_up(promise=obj, note=typed["note"], by=by)
            messages.success(request, format_html("{} {}", _t("Stored. What others see:"), self.page(obj)))
        except actions.SettledError:
            messages.error(request, _t("This promise was settled already, perhaps by a colleague just now."))
