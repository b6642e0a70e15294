"""All input of the inbox: filters, answers, notes, clusters."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from complaints.base.plaintext import CleanCharField
from complaints.carriers.models import Carrier
from complaints.places.forms import PlaceField
from complaints.reports.filters import FIRST_DAY
from complaints.reports.models import Problem, bits_of
from operators.members.models import User
from operators.replies.inbox import Cursor, Wanted
from operators.replies.models import TEXT_LIMIT, Item
from operators.replies.queries import Cluster

TROUBLE = [(problem.value, problem.label) for problem in Problem if problem != Problem.WORKS]
LONGEST = timedelta(days=366)


class InboxForm(forms.Form):
    """The filters `art`, `ort`, `problem`, `wieder`, `mir` and the page `nach` of an inbox."""

    FILTERS = ("art", "ort", "problem", "wieder", "mir")

    art = forms.ChoiceField(label=_("What"), required=False, choices=[("", _("everything")), *Item.choices])
    ort = PlaceField(required=False)
    problem = forms.ChoiceField(label=_("Problem"), required=False, choices=[("", _("all")), *TROUBLE])
    wieder = forms.BooleanField(label=_("open again"), required=False)
    mir = forms.BooleanField(label=_("assigned to me"), required=False)
    nach = forms.RegexField(r"^\d{1,11}\.\d{6}_\d{1,18}_\d{1,18}$", required=False, widget=forms.HiddenInput)

    @property
    def is_filtered(self) -> bool:
        return any(self.cleaned_data.get(name) for name in self.FILTERS)

    def wanted(self, user: User) -> Wanted:
        """The filters of a valid form."""
        data = self.cleaned_data
        after = None
        if data["nach"]:
            at, report, comment = data["nach"].split("_")
            after = Cursor(datetime.fromtimestamp(float(at), UTC), int(report), int(comment))
        return Wanted(
            item=Item(data["art"]) if data["art"] else None,
            place=data["ort"],
            problems=bits_of([data["problem"]]) if data["problem"] else 0,
            again=data["wieder"],
            mine=user if data["mir"] else None,
            after=after,
        )


class ReplyForm(forms.Form):
    """An official answer; `seen` is the newest answer that stood there when the form was made."""

    submission = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False, min_value=0, max_value=1 << 62, widget=forms.HiddenInput)
    text = CleanCharField(
        label=_("Your answer"),
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 6, "accesskey": "t"}),
        error_messages={"required": _("Your answer is still empty.")},
    )
    fixed = forms.BooleanField(label=_("The trouble is fixed"), required=False)


class NoteForm(forms.Form):
    text = CleanCharField(label=_("Note to colleagues"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class ClusterForm(forms.Form):
    """Which reports one answer is to."""

    ort = PlaceField()
    problem = forms.MultipleChoiceField(
        label=_("Problems"), required=False, choices=TROUBLE, widget=forms.CheckboxSelectMultiple
    )
    von = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    bis = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def clean(self) -> dict[str, Any]:
        since, until = self.cleaned_data.get("von"), self.cleaned_data.get("bis")
        if since and since < FIRST_DAY:
            self.add_error("von", _t("There is nothing before the year 2000."))
        if until and until > timezone.localdate():
            self.add_error("bis", _t("The end lies in the future."))
        if since and until and since > until:
            self.add_error("bis", _t("The end lies before the beginning."))
        elif since and until and until - since > LONGEST:
            self.add_error("bis", _t("A cluster spans a year at most. Please choose a shorter period."))
        return self.cleaned_data

    def cluster(self, carrier: Carrier) -> Cluster:
        """The cluster of a valid form."""
        data = self.cleaned_data
        return Cluster(carrier, data["ort"], bits_of(data["problem"]), data["von"], data["bis"])


class ClusterReplyForm(ReplyForm):
    """An answer to a cluster; `up_to` is the highest number its writer was shown."""

    up_to = forms.IntegerField(min_value=0, max_value=1 << 62, widget=forms.HiddenInput)
    sure = forms.BooleanField(
        label=_("Yes, answer all of these reports"),
        error_messages={"required": _("Please confirm that you want to answer all of these reports.")},
    )
