import pytest

from complaints.base.placenames import key, short, slug


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Münster", "MUENSTER"),
        ("Frankfurt am Main", "Frankfurt a. M."),
        ("Frankfurt am Main", "frankfurt/main"),
        ("Sankt Augustin", "St. Augustin"),
        ("Neu-Isenburg", "Neu Isenburg"),
        ("Weißenfels", "Weissenfels"),
        ("Halle (Saale)", "Halle an der Saale"),
        ("Ko\u0308ln", "Köln"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


def test_different_names_have_different_keys() -> None:
    assert len({key(name) for name in ("Münster", "Munster", "Halle", "Halle (Saale)", "Köln", "Kölln")}) == 6
    assert key("Münster", umlauts=False) == key("Munster")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Frankfurt am Main", "Frankfurt"),
        ("Halle (Saale)", "Halle"),
        ("Fürstenwalde/Spree", "Fürstenwalde"),
        ("Rothenburg ob der Tauber", "Rothenburg"),
        ("Bad Homburg vor der Höhe", "Bad Homburg"),
        ("Immenstadt", "Immenstadt"),
        ("(Ort)", "(Ort)"),
    ],
)
def test_the_short_form_drops_what_only_tells_namesakes_apart(name: str, expected: str) -> None:
    assert short(name) == expected


def test_slugs_are_plain_letters() -> None:
    assert slug("Halle (Saale)") == "halle-saale"
    assert slug("Weißenburg in Bayern") == "weissenburg-in-bayern"
    assert slug("Chóśebuz") == "chosebuz"


@pytest.mark.parametrize("text", ["", " ", "...", "🙂"])
def test_nothing_has_no_key(text: str) -> None:
    assert key(text) == ""
