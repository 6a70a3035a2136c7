"""What keeps boards from being read is told to the staff."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.boards import find_board, serve
from wayfinder.languages import LANGUAGES
from wayfinder.model import Conditions, Notice
from wayfinder.services.board_legibility import BoardWarning, list_warnings

NOW = datetime(2026, 3, 3, 2, tzinfo=UTC)


def warn(**options: Any) -> dict[str, BoardWarning]:  # noqa: ANN401 - of `serve`
    served = serve(**options)
    return {one.code: one for one in list_warnings(served, find_board(served), NOW)}


def test_a_board_that_can_be_read_is_not_warned_of() -> None:
    served = serve()
    assert list_warnings(served, find_board(served), NOW) == ()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"pixel_pitch_mm": None}, "unknown-pitch"),
        ({"bearing_deg": None}, "no-bearing"),
        ({"width_px": 480, "height_px": 270, "pixel_pitch_mm": 0.2}, "low-letters"),
    ],
)
def test_what_is_wrong_with_the_screen(said: dict[str, Any], code: str) -> None:
    assert code in warn(display=said)


def test_letters_are_told_with_their_distance() -> None:
    tiny = {"width_px": 960, "height_px": 540, "pixel_pitch_mm": 0.2, "mounting": "hanging"}
    warning = warn(display=tiny)["low-letters"]
    letter, reach = float(warning.values["letter"]), float(warning.values["reach"])
    assert letter < 40
    assert reach == pytest.approx(letter * 0.3, abs=0.2)  # 25 mm for 7.5 m
    assert (warning.values["needed"], warning.values["distance"]) == ("40", "12.0")
    assert "12.0 m" in warning.say("en")


def test_a_name_without_end_is_told() -> None:
    units = {"eye": {"name": {"en": "Eyes", "zh-Hans": "眼" * 150}}}
    warning = warn(display={"languages": ["zh-Hans"]}, units=units)["overlong"]
    assert warning.values["count"] == 1
    assert "overlong" not in warn(display={"languages": ["en"]}, units=units)
    # of a language without catalogues the page shows none, but all that have some
    assert "overlong" in warn(display={"languages": ["de"]}, units=units)


def test_a_notice_without_end_is_told() -> None:
    notices = (Notice("n", {"en": "Please wear a mask. " * 30}),)
    assert "cut-notice" in warn(conditions=Conditions(notices=notices))


def test_kiosks_are_not_judged() -> None:
    served = serve({"kind": "kiosk", "pixel_pitch_mm": None})
    assert list_warnings(served, find_board(served), NOW) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_of_them_can_be_said(language: str) -> None:
    values: dict[str, Any] = {
        "letter": "20",
        "reach": "6.0",
        "needed": "40",
        "distance": "12.0",
        "names": ["A", "B"],
        "count": 2,
        "seconds": 70,
    }
    codes = ("no-bearing", "unknown-pitch", "low-letters", "overlong", "left-out", "many-pages")
    for code in (*codes, "cut-notice"):
        assert BoardWarning(code, values).say(language)
