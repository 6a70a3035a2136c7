"""Directories: all places by building and floor, on one page."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.draw.signs.faces import ADDRESS, EMERGENCY, ground_floor, make_face, make_line
from tests.draw.signs.test_sign import outside, overlapping, said
from wayfinder.draw.signs.display import SignDrawing, Use
from wayfinder.draw.signs.fitting import choose_size
from wayfinder.draw.signs.sign import draw_sign
from wayfinder.draw.signs.sizes import FORMATS
from wayfinder.guide.face import Face, FaceLine, ListedBuilding, ListedFloor
from wayfinder.guide.groups import Group, GroupKind
from wayfinder.model.sign import Arrow

TONGUES = ("zh-Hans", "en")
LETTERS_MM = 25 / 7.5 * 2
SIZES = ("A2", "A1", "A0", "totem", "totem-large")
AT_ONCE = (("A2", TONGUES), ("A2", ("en",)), ("A1", ("zh-Hans",)), ("totem", TONGUES))
"""What every run looks at; the others are for a long one."""


def list_floor(letter: str, number: int, count: int, *, here: bool = False) -> ListedFloor:
    places = tuple(
        make_line(
            n, {"zh-Hans": f"{letter}楼{number}层第{n}诊室", "en": f"{letter}{number} Room {n}"}
        )
        for n in range(count)
    )
    label = f"{number}F"
    return ListedFloor({"zh-Hans": label, "en": label}, places, here=here, marks=("restroom",))


def list_building(
    letter: str, floors: Sequence[ListedFloor], *, here: bool = False
) -> ListedBuilding:
    name = {"zh-Hans": f"{letter}座大楼", "en": f"Building {letter}"}
    group = Group(letter, GroupKind.BUILDING, name, letter, "blue" if here else "green")
    line = FaceLine(Arrow.LEFT, letter, name, group=group)
    return ListedBuilding(line, tuple(floors), here=here, pointed=not here)


def make_directory(count: int, mounting: str = "wall") -> Face:
    own = [list_floor("A", n, count, here=n == 1) for n in (3, 2, 1)]
    others = [[list_floor(letter, n, count) for n in (2, 1)] for letter in "BCD"]
    named = zip("BCD", others, strict=True)
    directory = (
        list_building("A", own, here=True),
        *(list_building(letter, floors) for letter, floors in named),
    )
    face = make_face(EMERGENCY, directory=directory, letter_height_mm=LETTERS_MM)
    return face if mounting == "wall" else make_face(*face.lines, directory=directory)


def draw(face: Face, size: str, languages: tuple[str, ...] = TONGUES) -> SignDrawing:
    return draw_sign(
        face,
        ground_floor(*languages),
        address=ADDRESS,
        size=FORMATS[size],
        languages=languages,
        letter_height_mm=LETTERS_MM,
    )


@pytest.mark.parametrize(
    ("size", "languages"),
    [
        pytest.param(size, tongues, marks=() if (size, tongues) in AT_ONCE else pytest.mark.long)
        for size in SIZES
        for tongues in (TONGUES, ("zh-Hans",), ("en",))
    ],
)
def test_it_says_where_everything_is(size: str, languages: tuple[str, ...]) -> None:
    face = make_directory(5)
    drawing = draw(face, size, languages)
    texts = said(drawing)
    assert drawing.dropped == ()
    assert drawing.letter_height_mm >= LETTERS_MM - 1e-9
    for building in face.directory:
        assert building.line.labels[languages[0]] in texts
        for floor in building.floors:
            assert floor.labels["en"] in texts
            assert {place.labels[languages[0]] for place in floor.places} <= set(texts)
    assert EMERGENCY.labels[languages[0]] in texts
    assert drawing.payload == ADDRESS.url
    assert {ADDRESS.text, ADDRESS.code} <= set(texts)
    assert outside(drawing) == []
    assert overlapping(drawing) == []


def test_the_way_to_other_buildings_is_pointed_out_and_its_own_is_marked() -> None:
    drawing = draw(make_directory(3), "A1")
    arrows = [u.part.key.split()[1] for u in drawing.items if isinstance(u, Use)]
    assert arrows.count("left") == 3
    assert "您在本楼" in said(drawing)
    assert said(drawing).index("A座大楼") < said(drawing).index("B座大楼")


def test_it_is_as_small_as_what_it_lists_allows() -> None:
    chosen = [
        choose_size(make_directory(count), TONGUES, letter_height_mm=LETTERS_MM, address=ADDRESS)
        for count in (2, 12, 30)
    ]
    assert [one.name for one in chosen] == ["A2", "A1", "A0"]


def test_letters_get_smaller_before_any_place_goes_and_what_goes_is_told() -> None:
    smaller = draw(make_directory(14), "A2")
    assert smaller.dropped == ()
    assert 0.75 * LETTERS_MM - 1e-9 <= smaller.letter_height_mm < LETTERS_MM
    fewer = draw(make_directory(40), "A2")
    assert fewer.dropped
    assert f"还有 {len(fewer.dropped)} 处未列出" in "".join(said(fewer))
    kept = [text for text in said(fewer) if "诊室" in text]
    assert len(kept) + len(fewer.dropped) == 9 * 40
    near, far = (sum(text.startswith(letter) for text in kept) for letter in "AD")
    assert near >= far
    assert EMERGENCY.labels["zh-Hans"] in said(fewer)
    assert outside(fewer) == []


def test_a_small_sheet_still_names_the_buildings() -> None:
    drawing = draw_sign(make_directory(30), None, address=ADDRESS, size=FORMATS["A4"])
    assert {"A座大楼", "B座大楼", "C座大楼", "D座大楼"} <= set(said(drawing))
    assert drawing.dropped


names = st.text(st.sampled_from("内科急诊室放射楼ABC 1-"), min_size=1, max_size=40).map(
    lambda text: text.strip() or "科"
)


@given(st.lists(st.lists(st.tuples(names, names), max_size=9), min_size=1, max_size=6))
def test_whatever_it_lists_lies_on_the_page_and_apart(floors: list[list[tuple[str, str]]]) -> None:
    listed = [
        ListedFloor(
            {"en": f"{number}F"},
            tuple(make_line(n, {"zh-Hans": zh, "en": en}) for n, (zh, en) in enumerate(places)),
        )
        for number, places in enumerate(floors)
    ]
    halves = list_building("A", listed[:2], here=True), list_building("B", listed[2:])
    face = make_face(EMERGENCY, directory=halves, letter_height_mm=LETTERS_MM)
    drawing = draw(face, "A1")
    assert outside(drawing) == []
    assert overlapping(drawing) == []
