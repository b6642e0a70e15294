"""The forms behind comments, and what the address of a thread says."""

from uuid import UUID, uuid4, uuid5

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from complaints.base.lookalikes import Doubt, doubt_about
from complaints.base.plaintext import CleanCharField
from complaints.carriers import queries as carriers
from complaints.threads.actions import Words
from complaints.threads.models import TEXT_LIMIT, Comment, Thread
from complaints.threads.queries import LAST_PAGE, Order

DOUBTS = {
    Doubt.INVISIBLE: _("This name has signs that nobody can see. Please write it without them."),
    Doubt.MIXED: _("This name mixes letters of several alphabets. Please use one."),
    Doubt.MARK: _("Signs like ✓ are for the carriers' own people. Please leave them out."),
    Doubt.CARRIER: _("This name looks like that of a carrier or of this site. Please choose another."),
}


class TextForm(forms.Form):
    """The words of a comment."""

    text = CleanCharField(
        label=_("Your comment"),
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("Please write something."),
            "max_length": _("Please keep it below %(limit_value)d characters; you wrote %(show_value)d."),
        },
    )


class CommentForm(TextForm):
    """A reader's comment; only `text` is required."""

    submission = forms.UUIDField(required=False, widget=forms.HiddenInput)
    parent = forms.IntegerField(required=False, min_value=1, max_value=1 << 62, widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Name (anything, or nothing)"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
        error_messages={"max_length": _("Please keep the name below %(limit_value)d characters.")},
    )
    email = forms.EmailField(
        label=_("E-mail address, to hear of answers"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("This is no complete e-mail address. Please write it like name@example.org.")},
    )
    field_order = ("text", "name", "email")

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        doubt = doubt_about(name, (word for row in carriers.carriers() for word in (row.name, row.slug)))
        if doubt:
            raise forms.ValidationError(str(DOUBTS[doubt]))
        return name

    def words(self, thread: Thread, parent: Comment | None, sender: UUID) -> Words:
        """The comment of a valid form. Pages that all share bring no key: then the same words from here are one."""
        data = self.cleaned_data
        said = f"{thread.pk} {parent.number if parent else 0} {data['name']} {data['text']}"
        key = data["submission"] or uuid5(sender, said)
        return Words(submission=key, parent=parent, name=data["name"], text=data["text"], email=data["email"])


def order_in(query: QueryDict) -> Order:
    """The order that an address asks for; newest first where it says nothing that we know."""
    asked = query.get("ordnung", "")
    return Order(asked) if asked in set(Order) else Order.NEWEST


def page_in(query: QueryDict) -> int:
    """The page that an address asks for; the first where it says nothing sensible."""
    asked = query.get("seite", "")
    return min(max(int(asked), 1), LAST_PAGE) if asked.isascii() and asked.isdecimal() and len(asked) < 8 else 1


def written(query: QueryDict) -> dict[str, object]:
    """What the address of an empty form brings: a key of its own, and the number of the comment to answer."""
    return {"submission": uuid4(), "parent": query.get("antwort", "")[:20]}
