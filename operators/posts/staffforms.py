"""What carrier staff write: posts and when they come out, pictures, promises and what becomes of them."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from complaints.base.plaintext import CleanCharField
from complaints.base.tags import moment
from complaints.places.forms import PlacesField
from complaints.reports.models import Problem, bits_of, problems_of
from operators.posts.markup import occurs
from operators.posts.models import Picture, Post, Promise, PromiseState, PromiseStep
from operators.posts.pictures import Encoded, PictureError, encode

TROUBLE = [(problem.value, problem.label) for problem in Problem if problem != Problem.WORKS]
STAY, NOW, LATER, BACK, RETRACT = "stay", "now", "later", "back", "retract"
STEPS = {
    "draft": ((STAY, _("Keep as a draft")), (NOW, _("Publish now")), (LATER, _("Publish at the time below"))),
    "scheduled": (
        (STAY, _("Keep the time")),
        (NOW, _("Publish now")),
        (LATER, _("Publish at the time below")),
        (BACK, _("Make it a draft again")),
    ),
    "public": ((STAY, _("Leave it published")), (RETRACT, _("Retract it; say why below"))),
}
WORDS = ("title", "summary", "body")


def stage(post: Post) -> str:
    """Where a post is on its way: a key of STEPS."""
    if post.published_at is None:
        return "draft"
    return "public" if post.is_public else "scheduled"


class PostForm(forms.ModelForm[Post]):
    """A post, what should happen with it, and when it was read (`version`), so that nobody overwrites unseen."""

    step = forms.ChoiceField(label=_("Publication"), widget=forms.RadioSelect, initial=STAY)
    at = forms.SplitDateTimeField(
        label=_("Time"),
        required=False,
        widget=forms.SplitDateTimeWidget(
            {},
            "%Y-%m-%d",
            "%H:%M",
            {"type": "date", "aria-label": _("Day")},  # type: ignore[dict-item]
            {"type": "time", "aria-label": _("Hour")},  # type: ignore[dict-item]
        ),
        help_text=_("Only for a publication later on."),
    )
    places = PlacesField(
        label=_("places"), required=False, help_text=_("One a line: town, quarter, Kreis or Land. They show the post.")
    )
    correction = CleanCharField(
        label=_("Correction note"),
        max_length=500,
        required=False,
        help_text=_("Needed when you change the words of a published post; it stands below the post."),
    )
    reason = CleanCharField(label=_("Why it is retracted"), max_length=300, required=False)
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Post
        fields = ("carrier", "author_name", "title", "summary", "body", "places")
        widgets = {"summary": forms.Textarea({"rows": 2}), "body": forms.Textarea({"rows": 16})}
        help_texts = {
            "summary": _("One or two sentences for lists and search engines."),
            "body": _(
                "An empty line begins a paragraph, ## a heading, - an item of a list. **bold**, *italic*, "
                "[words](https://…) for a link."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = STEPS[stage(self.instance)]  # type: ignore[attr-defined]
        self.initial["step"] = STAY
        self.was_public = stage(self.instance) == "public"
        if self.instance.pk:
            self.initial["version"] = self.instance.changed_at.isoformat()
            self.initial["at"] = None if self.instance.is_public else self.instance.published_at

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk:
            self._unchanged_meanwhile()
        self._time(cleaned)
        if stage(self.instance) == "public":
            self._said(cleaned)
            self._keeps_its_promises(cleaned.get("body", ""))
        return cleaned

    def _unchanged_meanwhile(self) -> None:
        """Refuses to overwrite what somebody else stored since this form was shown; a second try may."""
        stored = Post.objects.select_for_update().get(pk=self.instance.pk)
        if parse_datetime(self.cleaned_data.get("version") or "") == stored.changed_at:
            return
        shown = QueryDict(mutable=True)
        shown.update(self.data)
        shown["version"] = stored.changed_at.isoformat()
        self.data = shown
        said = _t(
            "Somebody else saved this post at %(at)s, while you were writing. Nothing of yours is lost: it stands "
            "below. Look at the stored post in a second window; if you save again, yours replaces it."
        )
        raise forms.ValidationError(said % {"at": moment(stored.changed_at)})

    def _keeps_its_promises(self, body: str) -> None:
        """What was promised in public is moved or given up, never written over."""
        for promise in self.instance.promises.all():
            if not occurs(promise.sentence, body):
                said = _t("This sentence is a promise and has to stay: “%s”. Move it or give it up under “Promises”.")
                self.add_error("body", said % promise.sentence)

    def _time(self, cleaned: dict[str, Any]) -> None:
        step, at = cleaned.get("step"), cleaned.get("at")
        if "at" in self.errors:
            return
        if step != LATER:
            known = self.initial.get("at")
            if at is not None and not (known and abs(at - known) < timedelta(minutes=1)):
                self.add_error(
                    "at", _t("A time belongs to “Publish at the time below” only. Choose that, or empty the time.")
                )
            return
        if at is None:
            self.add_error("at", _t("Please say when the post should come out."))
        elif at <= timezone.now():
            self.add_error("at", _t("This time is past. Choose one that is still to come, or publish now."))

    def _said(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("step") == RETRACT and not cleaned.get("reason"):
            self.add_error("reason", _t("Please say why; readers will see this sentence."))
        changed = [name for name in WORDS if name in self.changed_data]
        if changed and cleaned.get("step") != RETRACT and not cleaned.get("correction"):
            self.add_error("correction", _t("This post is public. Please say in a sentence what you corrected."))


class PictureForm(forms.ModelForm[Picture]):
    """A picture to upload, and in words what it shows."""

    file = forms.FileField(label=_("File"), help_text=_("JPEG, PNG or WebP, at most 10 MB."))
    encoded: Encoded | None = None

    class Meta:
        model = Picture
        fields = ("alt",)

    def clean_file(self) -> "UploadedFile[Any]":
        file: UploadedFile[Any] = self.cleaned_data["file"]
        try:
            self.encoded = encode(file.file or file, file.size or 0)
        except PictureError as error:
            raise forms.ValidationError(str(error)) from error
        return file


class PromiseForm(forms.ModelForm[Promise]):
    """A sentence of the post as a promise; the sentence must stand there word for word."""

    place = PlacesField(single=True, label=_("place"), help_text=_("Town, quarter, Kreis or Land."))
    kinds = forms.MultipleChoiceField(
        label=_("problems"),
        choices=TROUBLE,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: all of them."),
    )

    class Meta:
        model = Promise
        fields = ("sentence", "place", "due_on")
        widgets = {
            "due_on": forms.DateInput({"type": "date"}, "%Y-%m-%d"),
            "sentence": forms.Textarea({"rows": 2}),
        }
        help_texts = {"sentence": _("Word for word as it stands in the text.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["kinds"] = [problem.value for problem in problems_of(self.instance.problems)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        sentence, due_on = cleaned.get("sentence"), cleaned.get("due_on")
        if sentence and not occurs(sentence, self.data.get("body", "")):
            self.add_error("sentence", _t("This sentence does not stand in the text. Copy it from there."))
        if due_on and "due_on" in self.changed_data and due_on <= timezone.localdate():
            self.add_error("due_on", _t("A promise needs a day that is still to come."))
        self.instance.problems = bits_of(cleaned.get("kinds", []))
        return cleaned


class StepForm(forms.ModelForm[Promise]):
    """What has become of a promise."""

    step = forms.ChoiceField(
        label=_("What has become of it"),
        widget=forms.RadioSelect,
        choices=(
            (PromiseStep.MOVED.value, _("It has another date")),
            (PromiseStep.KEPT.value, _("It is kept")),
            (PromiseStep.BROKEN.value, _("It will not be kept")),
        ),
        help_text=_(
            "“Kept” and “not kept” are public at once and final. What counts is the day on which you say so here."
        ),
    )
    new_date = forms.DateField(
        label=_("New date"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    note = CleanCharField(
        label=_("In a sentence"),
        max_length=500,
        widget=forms.Textarea,
        help_text=_("Public. What shows that it is kept, or why it is moved or given up."),
    )

    class Meta:
        model = Promise
        fields = ()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        due_on = cleaned.get("new_date")
        if cleaned.get("step") == PromiseStep.MOVED and "new_date" not in self.errors:
            if due_on is None:
                self.add_error("new_date", _t("Please say the new date."))
            elif due_on <= timezone.localdate():
                self.add_error("new_date", _t("A promise needs a day that is still to come."))
            elif due_on == self.instance.due_on:
                self.add_error("new_date", _t("This is the date that it has already."))
        elif due_on:
            self.add_error("new_date", _t("A new date belongs to “It has another date” only."))
        if self.instance.state != PromiseState.OPEN:
            raise forms.ValidationError(_t("This promise was settled already, perhaps by a colleague just now."))
        return cleaned
