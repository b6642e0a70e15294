import random

import pytest

from complaints.base.formletters import groups, normal

LETTER = (
    "Hallo {name}, vielen Dank für deine Meldung. Wir haben sie an unsere Technik weitergegeben und melden uns, "
    "sobald wir Neues wissen. Bitte hab noch etwas Geduld, dein Netz ist uns wichtig. Viele Grüße, dein Serviceteam"
)
NAMES = ("Anna", "Bo", "Christiane", "Dieter", "Eva-Maria", "Frau Özdemir")
PLANS = (
    "Am Hansaring steht seit gestern ein zweiter Mast, er geht am 3. Dezember in Betrieb.",
    "In Hiltrup ist die Richtfunkstrecke gestört; die Techniker sind heute Nacht da.",
    "Das Gewerbegebiet Loddenheide bekommt im Frühjahr 700 MHz, bis dahin hilft nur WLAN-Anruf.",
)


def test_a_letter_with_other_names_is_the_same_letter() -> None:
    assert len(set(groups([LETTER.format(name=name) for name in NAMES]))) == 1


def test_numbers_and_signs_make_no_other_letter() -> None:
    assert normal("Ticket Nr. 4711 –\n DANKE!") == normal("ticket nr 0815: danke")


def test_what_says_something_of_its_own_stays_apart() -> None:
    assert len(set(groups([*PLANS, LETTER.format(name="Anna")]))) == 4


def test_short_and_empty_words_are_compared_too() -> None:
    assert groups(["Danke!", "danke", "", "Nein."]) == [0, 0, 1, 2]


def test_letters_are_found_among_many_with_the_same_greeting() -> None:
    """Thousands that share their first and last words: the hashes of those words are passed over."""
    generator = random.Random(3)  # noqa: S311
    words = [f"wort{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(600)]
    own = [
        "Hallo und guten Tag, " + " ".join(generator.choices(words, k=40)) + " mit freundlichen Grüßen dein Team"
        for _ in range(1500)
    ]
    found = groups([*own, *(LETTER.format(name=name) for name in NAMES)])
    assert len(set(found)) == 1501
    assert len(set(found[1500:])) == 1


@pytest.mark.parametrize(("changed", "same"), [(1, True), (3, True), (20, False)])
def test_a_few_other_words_make_no_other_letter(changed: int, same: bool) -> None:
    generator, row = random.Random(5), LETTER.format(name="du").split()  # noqa: S311
    for place in generator.sample(range(len(row)), changed):
        row[place] = "und"
    assert (len(set(groups([LETTER.format(name="du"), " ".join(row)]))) == 1) is same
