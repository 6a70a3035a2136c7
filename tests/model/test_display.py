from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.displayed import BOARD, KIOSK, make_house
from wayfinder.formats.validation import list_plan_issues
from wayfinder.model import Display, DisplayKind, find_display, list_displays, list_signs
from wayfinder.model.display import is_display

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


def find(said: Mapping[str, object]) -> Display | None:
    return find_display(make_house({"k": said}), "k")


def test_displays_of_a_plan_say_where_they_stand_and_what_they_are() -> None:
    plan = make_house({"k": KIOSK, "b": BOARD}, refs={"k": "K-01"})
    kiosk, board = list_displays(plan)
    assert kiosk == find_display(plan, "k")
    assert (kiosk.kind, board.kind) == (DisplayKind.KIOSK, DisplayKind.BOARD)
    assert (kiosk.unit_id, kiosk.level_id) == ("hall", plan["hall"].level_id)
    assert (kiosk.bearing_deg, kiosk.facing_deg) == (180, 0)
    assert (kiosk.width_px, kiosk.height_px, kiosk.is_portrait) == (1080, 1920, True)
    assert kiosk.size_mm == pytest.approx((680.4, 1209.6))
    assert kiosk.languages == ("zh-Hans", "en")
    assert (kiosk.mounting, kiosk.group, kiosk.ref) == ("totem", "hall", "K-01")
    assert kiosk.paper == ""
    assert (board.is_portrait, board.languages, board.group) == (False, (), "")


def test_a_display_is_no_sign_and_what_stands_nowhere_is_no_display() -> None:
    plan = make_house({"k": KIOSK})
    assert list_signs(plan) == ()
    assert find_display(plan, "hall") is None
    assert find_display(plan, "nothing") is None
    lost = plan.with_features(plan["k"].with_properties(unit_ids=[]))
    assert find_display(lost, "k") is None
    assert is_display(lost["k"])
    assert list_displays(lost) == ()


@pytest.mark.parametrize("kind", [None, "", "projector", ["kiosk"], {"kiosk": 1}, 3])
def test_without_a_readable_kind_it_is_shown_nowhere(kind: object) -> None:
    assert find({**KIOSK, "kind": kind}) is None


def test_what_cannot_be_read_is_as_if_it_were_not_said() -> None:
    strange = find(
        {
            "kind": "board",
            "bearing_deg": "north",
            "width_px": 0,
            "height_px": 1080,
            "pixel_pitch_mm": -1,
            "languages": ["en", 3, "", "en"],
            "mounting": 7,
            "group": None,
        }
    )
    assert strange is not None
    assert (strange.bearing_deg, strange.facing_deg) == (None, None)
    assert (strange.width_px, strange.height_px) == (1920, 1080)
    assert (strange.pixel_pitch_mm, strange.size_mm) == (None, None)
    assert strange.languages == ("en",)
    assert (strange.mounting, strange.group) == ("wall", "")
    upright = find({"kind": "kiosk"})
    assert upright is not None
    assert upright.is_portrait


def test_a_full_turn_is_north() -> None:
    display = find({**KIOSK, "bearing_deg": 360})
    assert display is not None
    assert (display.bearing_deg, display.facing_deg) == (0, 180)


@given(st.dictionaries(st.sampled_from([*KIOSK, "else"]), JSON), st.booleans())
def test_whatever_is_said_a_display_is_fit_to_be_drawn_or_there_is_none(
    said: dict[str, Any],
    known: bool,  # noqa: FBT001 - drawn by Hypothesis
) -> None:
    display = find({**said, "kind": "board"} if known else said)
    if known:
        assert display is not None
    if display is not None:
        assert display.width_px >= 1
        assert display.height_px >= 1
        assert display.pixel_pitch_mm is None or display.pixel_pitch_mm > 0
        assert display.bearing_deg is None or 0 <= display.bearing_deg < 360
        assert all(display.languages)


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"kind": "projector"}, "display.kind"),
        ({"bearing_deg": 400}, "display.bearing_deg"),
        ({"width_px": 1.5}, "display.width_px"),
        ({"pixel_pitch_mm": 0}, "display.pixel_pitch_mm"),
        ({"languages": "en"}, "display.languages"),
        ({"mounting": "glued"}, "display.mounting"),
    ],
)
def test_wrong_values_are_reported_with_their_place(change: dict[str, Any], key: str) -> None:
    issues = list_plan_issues(make_house({"k": {**KIOSK, **change}}))
    wrong = [one for one in issues if one.code == "wayfinder-value-wrong"]
    assert [(one.features, one.values["key"]) for one in wrong] == [(("k",), key)]


def test_a_sound_display_has_no_issue() -> None:
    plan = make_house({"k": KIOSK, "b": BOARD})
    assert not [one for one in list_plan_issues(plan) if {"k", "b"} & set(one.features)]


@pytest.mark.parametrize(("said", "paper"), [("a4", "a4"), ("80mm", "80mm"), ("a3", ""), (7, "")])
def test_paper_is_what_a_printer_can_hold(said: object, paper: str) -> None:
    plan = make_house({"kiosk": {**KIOSK, "paper": said}})
    display = find_display(plan, "kiosk")
    assert display is not None
    assert display.paper == paper
