"""What direction boards show at a moment."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.boards import HOUSE, find_board, serve
from wayfinder.guide.board import Board
from wayfinder.model import Arrow, Closure, Conditions, ExceptionalHours, Notice, pick_label
from wayfinder.services.board_lines import MOST_LINES
from wayfinder.services.boards import make_board

NOW = datetime(2026, 3, 3, 2, tzinfo=UTC)
"""Ten in the morning there, a Tuesday."""


def show(*, at: datetime = NOW, **options: Any) -> Board:  # noqa: ANN401 - of `serve`
    served = serve(**options)
    return make_board(served, find_board(served), at)


def close(*features: str, **options: Any) -> Board:  # noqa: ANN401 - of `serve`
    return show(conditions=Conditions(tuple(map(Closure, features))), **options)


def read(board: Board) -> dict[str, Arrow]:
    return {pick_label(one.line.labels, "en"): one.line.arrow for one in board.lines}


def tell_closures(board: Board) -> dict[str, tuple[str, Arrow] | None]:
    return {
        pick_label(one.labels, "en"): (pick_label(one.instead.labels, "en"), one.instead.arrow)
        if one.instead
        else None
        for one in board.closures
    }


def test_it_says_what_lies_each_way() -> None:
    lines = read(show())
    assert lines["Lift"] in {Arrow.AHEAD_LEFT, Arrow.LEFT, Arrow.AHEAD_RIGHT, Arrow.RIGHT}
    assert lines["Eyes"] is Arrow.AHEAD_LEFT
    assert lines["Ears"] is Arrow.AHEAD_RIGHT
    assert lines["Shop"] is Arrow.BACK_LEFT
    assert lines["Exit"] is Arrow.LEFT  # a door that has no name
    assert {"Skin", "Teeth", "Bones"} <= set(lines)
    assert "Store" not in lines


def test_turned_round_all_arrows_turn() -> None:
    lines = read(show(display={"bearing_deg": 0}))
    assert lines["Eyes"] is Arrow.BACK_RIGHT
    assert lines["Shop"] is Arrow.AHEAD_RIGHT


def test_who_does_not_know_where_it_faces_says_nothing() -> None:
    board = show(display={"bearing_deg": None})
    assert board.lines == ()
    assert board.emergency is None
    assert board.has_emergency


def test_emergency_is_apart_from_all_lines() -> None:
    board = show()
    assert board.emergency is not None
    assert board.emergency.line.to == "emerg"
    assert pick_label(board.emergency.line.floor, "en") == "M"
    assert "Emergency" not in read(board)


def test_a_shut_emergency_department_is_not_pointed_to() -> None:
    board = close("emerg")
    assert board.emergency is None
    assert board.has_emergency


def test_departments_upstairs_have_their_floor() -> None:
    floors = {one.line.to: pick_label(one.line.floor, "en") for one in show().lines}
    assert (floors["skin"], floors["ward"], floors["eye"]) == ("M", "T", "")


def test_people_on_wheels_are_sent_another_way_where_it_is_another() -> None:
    lines = {one.line.to: one for one in show().lines}
    skin = lines["skin"]
    assert skin.step_free is None or skin.step_free != skin.line.arrow
    assert lines["eye"].step_free is None
    by_lift = {one.line.to: one for one in close("stairs@0").lines}
    assert by_lift["skin"].step_free is None


def test_what_is_closed_is_not_announced() -> None:
    board = close("eye")
    assert "Eyes" not in read(board)
    assert tell_closures(board) == {"Eyes": None}


@pytest.mark.parametrize(
    ("closed", "toilets"), [("wcnear", Arrow.RIGHT), ("wcfar", Arrow.BACK_LEFT)]
)
def test_the_nearest_toilets_that_are_open(closed: str, toilets: Arrow) -> None:
    named = {"name": {"en": "Toilets here"}}
    board = close(closed, units={"wcnear": named, "wcfar": named})
    assert read(board)["Toilets"] is toilets
    assert tell_closures(board) == {"Toilets here": ("Toilets here", toilets)}


def test_of_a_lift_the_other_one_is_told_with_its_side() -> None:
    told = {label: tell_closures(close(label)) for label in ("lifteast@0", "lifteast@1")}
    assert told["lifteast@0"] == {"Lift 5": ("Lift 3", Arrow.LEFT)}
    (closure,) = close("lifteast@0").closures
    assert closure.said["en"] == "Lift 5 out of service. Use Lift 3, to the left."
    assert closure.said["zh-Hans"] == "5号电梯停用。请改乘3号电梯（向左）。"
    assert told["lifteast@1"] == told["lifteast@0"]  # a lift is one thing on all its floors


def test_no_lift_is_promised_that_does_not_go_as_far() -> None:
    assert tell_closures(close("liftwest@0")) == {"Lift 3": None}


def test_no_lift_is_promised_that_is_out_as_well() -> None:
    assert tell_closures(close("liftwest@0", "lifteast@0")) == {"Lift 3": None, "Lift 5": None}


def test_no_lift_is_promised_that_nobody_may_use() -> None:
    staff = {"liftwest": {"access": "staff"}}
    assert tell_closures(close("lifteast@0", units=staff)) == {"Lift 5": None}


def test_no_lift_is_promised_behind_a_closed_door() -> None:
    assert tell_closures(close("lifteast@0", "door-1.1"))["Lift 5"] is None


def test_what_is_over_or_to_come_is_not_told() -> None:
    hour = timedelta(hours=1)
    over, to_come = Closure("eye", end=NOW - hour), Closure("ear", start=NOW + hour)
    board = show(conditions=Conditions((over, to_come)))
    assert board.closures == ()
    assert {"Eyes", "Ears"} <= set(read(board))


def test_a_place_outside_its_hours_stays_with_the_time_at_which_it_opens() -> None:
    hours = Conditions(hours=(ExceptionalHours("eye", "10:30-16:00"),))
    (eye,) = [one for one in show(conditions=hours).lines if one.line.to == "eye"]
    assert eye.hours_note == {"en": "opens 10:30", "zh-Hans": "10:30开"}
    night = NOW + timedelta(hours=10)
    (eye,) = [one for one in show(conditions=hours, at=night).lines if one.line.to == "eye"]
    assert eye.hours_note["en"] == "opens tomorrow 10:30"
    never = Conditions(hours=(ExceptionalHours("eye", "off"),))
    (eye,) = [one for one in show(conditions=never).lines if one.line.to == "eye"]
    assert eye.hours_note == {"en": "closed now", "zh-Hans": "未开放"}


def test_of_what_reads_the_same_one_way_the_nearest_is_told() -> None:
    shop = {"category": "convenience", "name": {"en": "Shop"}}
    board = show(units={"wcnear": shop, "shop": shop})
    assert [one.line.to for one in board.lines if one.line.labels == {"en": "Shop"}] == ["wcnear"]


def test_notices_are_those_of_where_it_hangs() -> None:
    notices = (
        Notice("all", {"en": "Wear a mask"}),
        Notice("here", {"en": "Wet floor"}, start=NOW, feature="level0"),
        Notice("above", {"en": "Above"}, feature="level1"),
        Notice("over", {"en": "Over"}, end=NOW),
    )
    board = show(conditions=Conditions(notices=notices))
    assert [one.id for one in board.notices][:2] == ["here", "all"]
    assert "over" not in {one.id for one in board.notices}


def test_forty_places_are_all_announced_and_more_become_floors() -> None:
    def make(count: int) -> dict[str, Any]:
        rows = ["level 2 T", *_draw_rooms(count)]
        text = HOUSE[: HOUSE.index("level 2 T")] + "\n".join(rows)
        rooms = {f"r{n}": {"category": "clinic", "name": {"en": f"Room {n}"}} for n in range(count)}
        return {"text": text, "units": rooms}

    few, many = show(**make(20)), show(**make(60))
    assert {f"Room {n}" for n in range(20)} <= set(read(few))
    assert len(few.lines) <= MOST_LINES
    assert not {f"Room {n}" for n in range(60)} & set(read(many))
    assert {"M–T"} & set(read(many)) or {"M", "T"} <= set(read(many))


def _draw_rooms(count: int) -> list[str]:
    names = ["liftwest", *(f"r{n}" for n in range(count))]
    wall = "+".join("-" * 8 for _ in names)
    doors = "+".join(f"---{chr(97 + n % 26)}----" for n in range(len(names)))
    row = "|".join(f"{name:8}" for name in names)
    hall = f"|{'hall':{len(wall)}}|"
    return [f"+{wall}+", f"|{row}|", f"+{doors}+", hall, f"+{'-' * len(wall)}+"]


@pytest.mark.parametrize(
    ("said", "height_mm"),
    [
        ({}, 40.0),
        ({"mounting": "totem"}, 60.0),
        ({"mounting": "wall"}, 25.0),
        ({"mounting": "desk"}, 12.0),
        ({"letter_height_mm": 33}, 33.0),
    ],
)
def test_letters_are_as_high_as_where_it_hangs_asks_for(
    said: dict[str, Any], height_mm: float
) -> None:
    assert show(display=said).letter_height_mm == height_mm
