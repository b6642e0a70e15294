from complaints.base.gazetteer import Gazetteer, PostcodeArea
from complaints.base.namesakes import QUARTER, TOWN, Entry, Land


def town(number: int, name: str, population: int, land: int = 100, *aliases: str) -> Entry:
    return Entry(number, name, TOWN, land, None, None, 50.0 + number / 10, 8.0, population, aliases)


def quarter(number: int, name: str, parent: int) -> Entry:
    return Entry(number, name, QUARTER, 100, None, parent, 50.0 + number / 10, 8.0, 5_000)


PLACES = Gazetteer(
    [
        town(1, "Adorf", 200_000, 100, "Adorf am See"),
        town(2, "Bedorf", 30_000),
        town(3, "Bedorf", 20_000, 101),
        quarter(4, "Hafen", 1),
        quarter(5, "Hafen", 2),
        town(6, "Hafen", 900),
        town(7, "Dreidorf", 900),
    ],
    [Land(100, "Nordland", ("NL",)), Land(101, "Südland")],
    [PostcodeArea("12345", "Adorf", 50.2, 8.1, 1), PostcodeArea("99999", "Nirgends", 50.2, 8.1, None)],
)


def found(text: str) -> tuple[list[int], bool]:
    answer = PLACES.search(text)
    return [hit.entry.id for hit in answer.hits], answer.certain


def test_a_town_tells_which_of_two_quarters() -> None:
    assert found("Adorf Hafen") == ([4], True)
    assert found("Hafen, Bedorf")[0][0] == 5
    assert found("Hafen")[1] is False


def test_a_land_tells_which_of_two_towns() -> None:
    assert found("Bedorf") == ([2, 3], False)
    assert found("Bedorf Südland") == ([3], True)
    assert found("NL Bedorf") == ([2], True)


def test_a_typing_error_is_forgiven_once() -> None:
    assert found("Adorv")[0] == [1]
    assert found("Xdorv")[0] == []


def test_a_word_that_is_left_over_is_not_overlooked() -> None:
    assert found("Adorv Hafen") == ([4], False)
    assert found("Adorv Bedorf Südland") == ([1, 3], False)
    assert found("Seestern Hafen Adorf") == ([4], True)
    assert found("Seestern Bedorf") == ([2, 3], False)
    assert found("Seestern Dreidorf") == ([7], False)
    assert found("Markt Dreidorf") == ([7], True)
    assert found("Seestern Adorf") == ([1], True)


def test_a_postcode_decides_the_coordinates_but_needs_a_town() -> None:
    hit = PLACES.search("12345").hits[0]
    assert hit.postcode is not None
    assert (hit.label, hit.postcode.latitude) == ("12345 Adorf", 50.2)
    assert found("99999") == ([], False)
    assert found("99999 Adorf") == ([1], True)


def test_an_empty_gazetteer_finds_nothing() -> None:
    assert Gazetteer([], []).search("Adorf").hits == ()
