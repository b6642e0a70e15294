"""What is left of texts with signs that nobody sees, and which names are doubted for them."""

import pytest
from django.core.exceptions import ValidationError

from complaints.base.lookalikes import Doubt, doubt_about
from complaints.base.plaintext import CleanCharField, readable

FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("Kein Netz", "Kein Netz"),
        ("moc\u202e.xob", "moc.xob"),
        ("a\u200bb\ufeff\u2060", "ab"),
        ("eins\r\nzwei\x07", "eins\nzwei"),
        (FAMILY, FAMILY),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\u200b", ""),
        (" \u200d\u3164\u00ad\n", ""),
        ("", ""),
    ],
)
def test_it_keeps_what_can_be_read(typed: str, left: str) -> None:
    assert readable(typed) == left


def test_a_text_that_nobody_sees_is_missing() -> None:
    field = CleanCharField()
    with pytest.raises(ValidationError):
        field.clean("\u200b\u2060")
    with pytest.raises(ValidationError):
        field.clean("a\x00b")


def test_an_emoji_of_several_is_no_hidden_sign() -> None:
    assert doubt_about(f"Ada {FAMILY}", ()) is None
    assert doubt_about("Ada\u200d", ()) == Doubt.INVISIBLE
    assert doubt_about("Ada\u202e", ()) == Doubt.INVISIBLE
