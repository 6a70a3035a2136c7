"""A digest tells drawings apart by what one sees on them, and by nothing else."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayfinder.draw.sign_digest import digest_drawing
from wayfinder.draw.signs.display import Fill, Glyphs, Item, Part, SignDrawing, Stroke, Use
from wayfinder.draw.signs.outlines import polyline, rectangle

WINDOW = (10.0, 10.0, 90.0, 90.0)
INSIDE = Fill(rectangle(20, 20, 5, 5), "#112233")
ACROSS = Stroke(polyline([(0, 50), (100, 50)]), "#445566", 1.0)
FAR = Fill(rectangle(200, 200, 5, 5), "#778899")
WORDS = Glyphs(12, 80, "药房 Pharmacy", 5, "#000000")


def draw(parts: Sequence[Fill | Stroke], *items: Item, turned: bool = False) -> SignDrawing:
    """Draw shapes through a window, and items over it."""
    part = Part("level", tuple(parts), (0, 0, 300, 300))
    # a quarter turn about the middle of the window
    matrix = (0.0, 1.0, -1.0, 0.0, 100.0, 0.0) if turned else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return SignDrawing("A1", "A1", 100, 100, (Use(part, matrix, WINDOW), *items))


def test_the_same_sign_made_anew_has_the_same_digest() -> None:
    assert digest_drawing(draw([INSIDE, ACROSS], WORDS)) == digest_drawing(
        draw([replace(INSIDE), replace(ACROSS)], replace(WORDS))
    )


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("place", range(3))
def test_what_lies_beyond_the_window_does_not_count(place: int, *, turned: bool) -> None:
    parts: list[Fill | Stroke] = [INSIDE, ACROSS]
    parts.insert(place, FAR)
    assert digest_drawing(draw(parts, turned=turned)) == digest_drawing(
        draw([INSIDE, ACROSS], turned=turned)
    )


@pytest.mark.parametrize(
    "other",
    [
        draw([INSIDE], WORDS),
        draw([ACROSS, INSIDE], WORDS),
        draw([INSIDE, ACROSS], WORDS, turned=True),
        draw([replace(INSIDE, colour="#112234"), ACROSS], WORDS),
        draw([replace(INSIDE, outline=rectangle(20, 20, 5, 5.1)), ACROSS], WORDS),
        draw([replace(INSIDE, opacity=0.5), ACROSS], WORDS),
        draw([INSIDE, replace(ACROSS, width=1.5)], WORDS),
        draw([INSIDE, ACROSS], replace(WORDS, text="药店 Pharmacy")),
        draw([INSIDE, ACROSS], replace(WORDS, x=12.1)),
        draw([INSIDE, ACROSS], replace(WORDS, weight="Bold")),
        draw([INSIDE, ACROSS]),
        replace(draw([INSIDE, ACROSS], WORDS), height_mm=101),
        replace(draw([INSIDE, ACROSS], WORDS), plate=draw([])),
    ],
)
def test_what_one_sees_counts(other: SignDrawing) -> None:
    assert digest_drawing(other) != digest_drawing(draw([INSIDE, ACROSS], WORDS))


def test_nobody_sees_a_fiftieth_of_a_millimetre() -> None:
    moved = replace(WORDS, x=WORDS.x + 0.02)
    assert digest_drawing(draw([INSIDE], moved)) == digest_drawing(draw([INSIDE], WORDS))


corners, sides = st.integers(-300, 300), st.integers(1, 80)
shapes = st.builds(
    lambda x, y, w, h: Fill(rectangle(x, y, w, h), "#123456"), corners, corners, sides, sides
)


@given(st.lists(shapes, max_size=8))
def test_a_window_shows_what_reaches_into_it(parts: list[Fill]) -> None:
    seen = [
        part
        for part in parts
        for left, top, right, bottom in [part.outline.bounds]
        if right >= 10 and left <= 90 and bottom >= 10 and top <= 90
    ]
    assert digest_drawing(draw(parts)) == digest_drawing(draw(seen))
