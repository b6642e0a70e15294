"""Nobody passes themselves off as a carrier; and what waits."""

import pytest

from complaints.base.lookalikes import doubt_about
from complaints.base.strangers import PER_HOUR, has_link, why_held

CARRIERS = ["O2", "o2", "Telekom", "telekom", "Vodafone", "1&1", "1und1", "otelo", "Ay Yildiz", "E-Plus", "e-plus"]

ALIKE = [
    *("O2", "o2", "О2", "Ο2", "0²", "Ｏ２", "O\u200b2", "O\u00ad2", "o 2", "𝐎𝟐", "Ó2", "Ø2", "〇2", "ᴼ²", "О₂", "٥2"),
    *("Max von O2", "Max von О2", "Max von 0²", "MAX VON O 2", "M a x v o n O 2", "Max@O2", "Max (o2)", "O2hilft"),
    *("MaxO2", "O2-Team", "Telekom hilft", "Теlekom", "Telek0m", "Telekorn", "TeIekom", "Te|ekom", "T e l e k o m"),
    *("Vоdаfоnе", "Vodafοne", "VODAFONE Service", "1&1", "1und1", "E Plus", "е-рlus", "Max ✓", "Max ☑", "Telekom®"),
    *("Einzelfall-Team", "Moderation", "Admin", "Max (offiziell)", "Max\u202e", "Max\u3164", "Maх"),
]
HONEST = [
    *(
        "",
        "Max",
        "Anna aus Köln",
        "Jörg K.",
        "Łukasz",
        "Ольга",
        "Γιώργος",
        "Zoë",
        "Bernd (54)",
        "Li Wei",
        "李伟",
        "田中さん",
    ),
    *(
        "Max von Oldenburg",
        "Hotel Otto",
        "Ex-Kunde",
        "1 Kunde",
        "John O'Neill",
        "Aylin Yıldız",
        "müder Pendler",
        "Olga 2",
    ),
]


@pytest.mark.parametrize("name", ALIKE)
def test_it_doubts_names_that_look_like_a_carrier(name: str) -> None:
    assert doubt_about(name, CARRIERS)


@pytest.mark.parametrize("name", HONEST)
def test_it_takes_honest_names(name: str) -> None:
    assert doubt_about(name, CARRIERS) is None


@pytest.mark.parametrize(
    "text",
    [
        *("Siehe https://x.example/a", "www.billig.example", "schau auf billig-netz.top vorbei", "JAVASCRIPT:alert(1)"),
        *("[url=x]y[/url]", '<a href="x">', "ht\u200btps://x.example", "data:text/html,x", "billig\u200b.com"),
    ],
)
def test_it_sees_links(text: str) -> None:
    assert has_link(text)
    assert why_held(text, recent=0, trapped=False, doubtful=False) == "link"


@pytest.mark.parametrize("text", ["Seit 14.30 Uhr. Kein Netz.", "Im ICE 4.Wagen", "3.500 Euro", "Danke!Gut.", "a@b"])
def test_it_takes_plain_words_for_no_link(text: str) -> None:
    assert not why_held(text, recent=PER_HOUR - 1, trapped=False, doubtful=False)


@pytest.mark.parametrize(
    ("sign", "reason"), [({"recent": PER_HOUR}, "many"), ({"trapped": True}, "trap"), ({"doubtful": True}, "token")]
)
def test_it_holds_what_programs_do(sign: dict[str, int], reason: str) -> None:
    assert why_held("Hallo", **({"recent": 0, "trapped": False, "doubtful": False} | sign)) == reason  # type: ignore[arg-type]
