"""Names on a map that do not touch each other."""

from hypothesis import given
from hypothesis import strategies as st

from complaints.base.labels import LETTER, Label, Name, place

coordinate = st.floats(min_value=0, max_value=400)
name = st.builds(Name, text=st.text("abc", min_size=1, max_size=12), x=coordinate, y=coordinate, size=st.just(12.0))


def box(label: Label) -> tuple[float, float, float, float]:
    top = label.baseline - 0.85 * label.size
    return label.left, top, label.left + len(label.text) * label.size * LETTER, top + label.size


def apart(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


@given(st.lists(name, max_size=40))
def test_it_never_lets_names_touch(names: list[Name]) -> None:
    boxes = [box(label) for label in place(names, 400, 400)]
    assert all(apart(a, b) for n, a in enumerate(boxes) for b in boxes[:n])


@given(st.lists(name, max_size=20))
def test_it_keeps_names_inside(names: list[Name]) -> None:
    for left, top, right, bottom in (box(label) for label in place(names, 400, 400)):
        assert 0 <= left <= right <= 400
        assert 0 <= top <= bottom <= 400


def test_it_gives_the_first_name_the_best_place_and_moves_the_second() -> None:
    first, second = place([Name("Köln", 100, 100, 12), Name("Bonn", 100, 115, 12)], 400, 400)
    assert first.left > 100
    assert second.left < 100


def test_it_leaves_out_a_name_without_room() -> None:
    same = [Name("Essen", 100, 100, 12) for _ in range(6)]
    assert len(place(same, 400, 400)) < 6
