"""Colours can be told apart: by contrast for reading, by lightness without colour."""

from itertools import combinations

import pytest

from tests.draw.colours import contrast, lightness
from wayfinder.draw.theme import PAGE, THEMES, load_theme

TEXT_ON = [
    *(("on-banner", "banner"), ("on-route", "route"), ("on-route", "end"), ("on-route", "here")),
    *(("text", "page"), ("text-soft", "page"), ("text", "floor"), ("text", "ground")),
    *(("symbol", "badge"), ("symbol", "badge-emergency"), ("symbol", "badge-safety")),
    *(("symbol", "badge-vertical"), ("text", "halo"), ("text", "route-casing")),
]
SILENT = {"structure", "void", "glass"}
ROOMS = (
    *("circulation", "waiting", "room", "clinic", "ward", "service", "food", "sanitary"),
    *("diagnostics", "emergency", "vertical", "staff"),
)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert lightness("#ffffff") == pytest.approx(100)
    assert lightness("#777777") == pytest.approx(50, abs=0.5)


@pytest.mark.parametrize("name", THEMES)
def test_every_text_can_be_read_on_what_it_stands_on(name: str) -> None:
    theme = load_theme(name)
    for text, ground in TEXT_ON:
        assert contrast(theme.ink[text], theme.ink[ground]) >= 4.5, (text, ground)
    for kind, fill in theme.fills.items():
        if kind not in SILENT:
            assert contrast(theme.ink["text"], fill) >= 4.5, kind
    assert contrast(theme.ink["text-soft"], theme.fills["staff"]) >= 4.5


@pytest.mark.parametrize("name", THEMES)
def test_the_route_and_the_walls_stand_out_from_every_room(name: str) -> None:
    theme = load_theme(name)
    assert contrast(theme.ink["route"], theme.ink["route-casing"]) >= 4.5
    for kind in ROOMS:
        assert contrast(theme.ink["wall-outer"], theme.fills[kind]) >= 3, kind


@pytest.mark.parametrize("name", THEMES)
def test_kinds_differ_without_colour(name: str) -> None:
    theme = load_theme(name)
    for one, other in combinations(ROOMS, 2):
        if theme.patterns.get(one) == theme.patterns.get(other):
            apart = abs(lightness(theme.fills[one]) - lightness(theme.fills[other]))
            assert apart >= 2.4, (one, other)


def test_print_needs_black_ink_alone() -> None:
    theme = load_theme("print")
    for colour in (*theme.fills.values(), *theme.ink.values()):
        assert colour[1:3] == colour[3:5] == colour[5:7], colour


def test_themes_have_the_same_parts_and_others_are_refused() -> None:
    light = load_theme("light")
    for name in (*THEMES, PAGE):
        theme = load_theme(name)
        assert light.fills.keys() == theme.fills.keys()
        assert light.ink.keys() == theme.ink.keys()
        assert light.patterns.items() <= theme.patterns.items()
    with pytest.raises(ValueError, match="no theme 'neon'"):
        load_theme("neon")
