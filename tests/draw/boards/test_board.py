"""Boards as drawn: nothing over its edge, nothing over anything else, everything said, legible."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayfinder.draw.boards.board import BoardDrawing, draw_board
from wayfinder.draw.boards.rows import MOST_PAGES, MOST_ROWS
from wayfinder.draw.boards.svg import write_board
from wayfinder.draw.signs.display import Glyphs, Item, Use
from wayfinder.draw.signs.fonts import CAPITAL_EM, IDEOGRAPH_EM, load_font
from wayfinder.draw.signs.outlines import Box
from wayfinder.guide.board import Board, BoardClosure, BoardLine, BoardNotice, Instead
from wayfinder.guide.face import Face, FaceLine
from wayfinder.guide.groups import Group, GroupKind
from wayfinder.model import Arrow, Display, DisplayKind, Sign

ACROSS = Display("b", "l", "u", (0.0, 0.0), 0.0, DisplayKind.BOARD, 1920, 1080, 0.63)
UPRIGHT = replace(ACROSS, width_px=1080, height_px=1920)
FINE = replace(ACROSS, width_px=3840, height_px=2160, pixel_pitch_mm=0.315)
SCREENS = (ACROSS, UPRIGHT, FINE)
BOTH = ("zh-Hans", "en")
ZONE = Group("A", GroupKind.BUILDING, {"en": "Outpatients", "zh-Hans": "门诊楼"}, "A", "blue")
HEAD = Face(
    Sign("b", "l", "u", (0.0, 0.0), 0.0, "hanging"),
    here={"en": "Hall", "zh-Hans": "大厅"},
    floor={"en": "1F", "zh-Hans": "1F"},
    zone=ZONE,
)


def make_line(
    english: str, chinese: str, arrow: Arrow, *, to: str = "to", category: str = "pharmacy"
) -> FaceLine:
    return FaceLine(arrow, to, {"en": english, "zh-Hans": chinese}, category)


EMERGENCY = BoardLine(make_line("Emergency", "急诊科", Arrow.LEFT, category="emergency"))


def make_board(
    lines: Sequence[BoardLine] = (),
    *,
    display: Display = ACROSS,
    closures: Sequence[BoardClosure] = (),
    notices: Sequence[str] = (),
    letter_height_mm: float = 40.0,
    emergency: BoardLine | None = EMERGENCY,
) -> Board:
    told = tuple(BoardNotice(f"n{n}", {"und": text}) for n, text in enumerate(notices))
    return Board(
        display,
        datetime(2026, 3, 3, tzinfo=UTC),
        HEAD,
        tuple(lines),
        emergency,
        has_emergency=True,
        closures=tuple(closures),
        notices=told,
        letter_height_mm=letter_height_mm,
    )


def make_lines(count: int) -> list[BoardLine]:
    arrows = list(Arrow)
    return [
        BoardLine(make_line(f"Place {n}", f"第{n}诊室", arrows[n % len(arrows)], to=f"p{n}"))
        for n in range(count)
    ]


def list_boxes(items: Sequence[Item | Use]) -> Iterator[tuple[str, Box]]:
    """Yield texts with the boxes of their letters, from the height of capitals to the baseline."""
    for item in items:
        if isinstance(item, Glyphs) and item.text.strip():
            width = load_font(item.weight).measure_em(item.text) * item.size
            yield item.text, (item.x, item.y - CAPITAL_EM * item.size, item.x + width, item.y)


def read_texts(items: Sequence[Item | Use]) -> str:
    return "".join(item.text for item in items if isinstance(item, Glyphs))


def check(drawing: BoardDrawing) -> None:
    """Hold that no letter leaves the screen, and no two texts of one moment touch."""
    feet = [items for items, _ in drawing.notes] or [()]
    for page in drawing.pages or ((),):
        for foot in feet:
            boxes = list(list_boxes((*drawing.items, *page, *foot)))
            for text, (left, top, right, bottom) in boxes:
                assert left >= 0, text
                assert top >= 0, text
                assert right <= drawing.width_mm + 0.01, text
                assert bottom <= drawing.height_mm + 0.01, text
            for (one, a), (other, b) in combinations(boxes, 2):
                apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
                assert apart, (one, other)


LONG = "National Centre for Advanced Reconstructive Paediatric Otorhinolaryngology and Surgery"
NAMES = st.one_of(
    st.sampled_from(
        ["药房", "挂号收费处", "CT", "Pharmacy", LONG, "消化内科内镜诊疗中心候诊区二", "W" * 60]
    ),
    st.text(min_size=1, max_size=60),
)


@given(
    st.lists(st.tuples(NAMES, NAMES, st.sampled_from(list(Arrow))), max_size=14),
    st.sampled_from(SCREENS),
    st.sampled_from([BOTH, ("en", "zh-Hans"), ("en",), ("zh-Hans",)]),
    st.lists(st.one_of(NAMES, st.text(max_size=700)), max_size=3),
)
def test_no_text_leaves_the_screen_or_touches_another(
    names: list[tuple[str, str, Arrow]],
    display: Display,
    languages: tuple[str, ...],
    notices: list[str],
) -> None:
    lines = [
        BoardLine(
            make_line(english, chinese, arrow, to=f"p{n}"),
            {"en": "opens 8:00", "zh-Hans": "8:00开放"} if n % 3 == 0 else {},
            Arrow.LEFT if n % 4 == 1 else None,
        )
        for n, (english, chinese, arrow) in enumerate(names)
    ]
    drawing = draw_board(make_board(lines, display=display, notices=notices), languages)
    check(drawing)
    write_board(drawing, "title")


@pytest.mark.parametrize("display", SCREENS)
@pytest.mark.parametrize("languages", [BOTH, ("en", "zh-Hans")])
def test_forty_places_are_all_shown(display: Display, languages: tuple[str, ...]) -> None:
    drawing = draw_board(make_board(make_lines(40), display=display), languages)
    check(drawing)
    assert not drawing.dropped
    assert len(drawing.pages) <= MOST_PAGES
    said = "".join(read_texts(page) for page in drawing.pages)
    for number in range(40):
        assert f"Place {number}" in said
        assert f"第{number}诊室" in said


def test_pages_are_even_and_what_most_look_for_is_on_the_first() -> None:
    drawing = draw_board(make_board(make_lines(MOST_ROWS + 1)), BOTH)
    counts = [read_texts(page).count("Place") for page in drawing.pages]
    assert max(counts) - min(counts) <= 1
    assert "Place 0" in read_texts(drawing.pages[0])
    assert f"Place {MOST_ROWS}" in read_texts(drawing.pages[-1])


def test_where_there_is_nothing_to_announce_emergency_and_notices_are_shown() -> None:
    drawing = draw_board(make_board([], notices=["停水至18:00"]), BOTH)
    check(drawing)
    assert drawing.pages == ()
    assert drawing.letter_mm is None
    ((note, _),) = drawing.notes
    assert "停水" in read_texts(note)
    assert "急诊" in read_texts(drawing.items)
    write_board(drawing, "title")


def test_each_direction_has_its_arrow_once_on_a_page() -> None:
    lines = [
        BoardLine(make_line(name, name, arrow, to=name))
        for name, arrow in (("B", Arrow.RIGHT), ("A", Arrow.LEFT), ("C", Arrow.RIGHT))
    ]
    (page,) = draw_board(make_board(lines), ("en",)).pages
    arrows = [item for item in page if isinstance(item, Use) and item.part.key.startswith("arrow")]
    assert len(arrows) == 2
    places = dict(list_boxes(page))
    middle = ACROSS.width_px * 0.63 / 2
    assert places["A"][0] < middle < places["B"][0]  # what lies to the left stands on the left
    assert places["B"][0] == places["C"][0]


def test_no_arrow_points_away_from_its_side_where_there_is_room() -> None:
    arrows = [Arrow.BACK_LEFT, Arrow.LEFT, Arrow.LEFT, Arrow.AHEAD, Arrow.BACK_LEFT]
    lines = [BoardLine(make_line(f"P{n}", "", one, to=f"p{n}")) for n, one in enumerate(arrows)]
    (page,) = draw_board(make_board(lines, letter_height_mm=30), ("en",)).pages
    places = {text: box[0] for text, box in list_boxes(page)}
    middle = ACROSS.width_px * 0.63 / 2
    assert {name for name, left in places.items() if left > middle} == {"P3"}


@pytest.mark.parametrize("display", SCREENS)
@pytest.mark.parametrize("count", [1, 5, 40])
def test_letters_are_as_high_as_the_distance_asks_for(display: Display, count: int) -> None:
    drawing = draw_board(make_board(make_lines(count), display=display), BOTH)
    assert drawing.letter_mm is not None
    assert drawing.letter_mm >= 40.0 - 0.001
    sizes = {
        item.size
        for page in drawing.pages
        for item in page
        if isinstance(item, Glyphs) and item.text.endswith("诊室")
    }
    assert len(sizes) == 1  # the same on all pages
    assert sizes.pop() * IDEOGRAPH_EM == pytest.approx(drawing.letter_mm)


def test_only_an_overlong_name_has_smaller_letters() -> None:
    long = BoardLine(make_line("W" * 80, "长" * 80, Arrow.LEFT, to="long"))
    board = make_board([long, *make_lines(3)], letter_height_mm=60.0)
    drawing = draw_board(board, BOTH)
    check(drawing)
    assert drawing.overlong == ("long",)
    assert read_texts(drawing.pages[-1]).count("长") == 80
    assert drawing.letter_mm is not None
    assert drawing.letter_mm < 60.0
    assert "Place 0" in read_texts(drawing.pages[0])


def test_a_screen_that_is_too_small_says_what_it_leaves_out() -> None:
    phone = replace(ACROSS, width_px=400, height_px=300, pixel_pitch_mm=0.3)
    drawing = draw_board(make_board(make_lines(30), display=phone), BOTH)
    check(drawing)
    shown = sum(read_texts(page).count("Place") for page in drawing.pages)
    assert shown + len(drawing.dropped) == 30
    assert drawing.letter_mm is None or drawing.letter_mm < 40.0


def test_a_closure_says_what_to_take_and_which_way() -> None:
    said = {"en": "Lift 3 out of service. Use Lift 5, to the left.", "zh-Hans": "3号电梯停用。"}
    instead = Instead("l5", {"en": "Lift 5"}, "elevator", Arrow.LEFT)
    closure = BoardClosure("l3", {"en": "Lift 3"}, said, "elevator", instead)
    drawing = draw_board(make_board(make_lines(4), closures=[closure]), BOTH)
    ((items, keys),) = drawing.notes
    assert keys == ()  # of notices alone it is counted how often they were shown
    assert "3号电梯停用。" in read_texts(items)
    arrows = [item for item in items if isinstance(item, Use) and "arrow left" in item.part.key]
    assert len(arrows) == 1
    check(drawing)


def test_long_notices_are_shown_in_parts_and_very_long_ones_are_told() -> None:
    short = draw_board(make_board(notices=["Wear a mask, please."]), BOTH)
    assert short.cut == ()
    assert len(short.notes) == 1
    some = draw_board(make_board(notices=["请戴口罩。" * 30]), BOTH)
    assert some.cut == ()
    said = "".join(read_texts(items) for items, _ in some.notes)
    assert said.count("请") == 30
    much = draw_board(make_board(notices=["请戴口罩。" * 390]), BOTH)
    assert much.cut == ("n0",)
    for drawing in (short, some, much):
        check(drawing)


def test_two_notes_stand_side_by_side_and_more_turn() -> None:
    drawing = draw_board(make_board(notices=["One.", "Two.", "Three."]), BOTH)
    assert [keys for _, keys in drawing.notes] == [("n0", "n1"), ("n2",)]
    check(drawing)


def test_emergency_is_on_every_page_and_larger_than_all_names() -> None:
    drawing = draw_board(make_board(make_lines(20)), BOTH)
    assert "急诊科" in read_texts(drawing.items)
    sizes = {item.text: item.size for item in drawing.items if isinstance(item, Glyphs)}
    names = [item.size for page in drawing.pages for item in page if isinstance(item, Glyphs)]
    assert sizes["急诊科"] >= max(names) * 0.95


def test_without_a_way_the_band_says_what_to_do() -> None:
    drawing = draw_board(make_board(emergency=None), BOTH)
    assert "急诊：请询问身边的工作人员" in read_texts(drawing.items)
    check(drawing)
    called = replace(make_board(emergency=None), head=replace(HEAD, phone="0500-1234"))
    assert "0500-1234" in read_texts(draw_board(called, BOTH).items)


def test_characters_without_a_letter_become_a_mark_and_emoji_nothing() -> None:
    drawing = draw_board(make_board(notices=["🎉 Open day", "𰻝𰻝面"]), ("en",))
    said = "".join(read_texts(items) for items, _ in drawing.notes)
    assert "Open day" in said
    assert "🎉" not in said
    assert "〓〓面" in said


def test_pages_turn_by_classes_and_one_alone_stays() -> None:
    svg = write_board(draw_board(make_board(make_lines(30)), BOTH), "Hall <1>")
    assert 'class="page turn of-' in svg
    assert " at-0" in svg
    assert 'aria-label="Hall &lt;1&gt;"' in svg
    alone = write_board(draw_board(make_board(make_lines(2)), BOTH), "Hall")
    assert 'class="page"' in alone
    assert "turn" not in alone


def test_languages_are_one_or_two() -> None:
    with pytest.raises(ValueError, match="one language or two"):
        draw_board(make_board(), ())
    assert draw_board(make_board(), ("en", "zh-Hans", "fr")).languages == ("en", "zh-Hans")
