"""Text that people typed, as files, feeds, the database and other readers can hold it."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _t

from complaints.base.lookalikes import is_invisible

_UNSEEN = re.compile(
    "[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u202a-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
"""What XML 1.0 forbids, what has no look of its own, and what turns around the text that stands beside it.

Joiners stay: emoji and Persian need them.
"""


def readable(text: str) -> str:
    """A text without signs that nobody sees; empty where nothing else is left."""
    kept = _UNSEEN.sub("", text.replace("\r\n", "\n"))
    return "" if all(sign.isspace() or is_invisible(sign) for sign in kept) else kept


class CleanCharField(forms.CharField):
    """A text that can be read; what arrived damaged is refused, not stored.

    Of a long text the browser cuts nothing off, which nobody would notice; the server says how long it may be.
    """

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        if isinstance(widget, forms.Textarea):
            attrs.pop("maxlength", None)
        return attrs

    def to_python(self, value: Any) -> str:
        text: str = super().to_python(value) or ""
        if "\x00" in text or "\ufffd" in text:
            raise forms.ValidationError(_t("A part of this text arrived damaged. Please type it again."))
        return readable(text)
