"""The sample hospital's boards: each can be read, is true, leads to the emergency department."""

from datetime import datetime
from itertools import pairwise
from math import atan2, degrees

import pytest

from wayfinder.guide.board import Board, BoardLine
from wayfinder.guide.pointing import find_sector, list_arrows
from wayfinder.model import Arrow, Closure, Conditions, Display, DisplayKind, Unit, list_displays
from wayfinder.model.categories import LIFT
from wayfinder.services.board_legibility import list_warnings
from wayfinder.services.boards import make_board
from wayfinder.services.navigate import Way, find_way
from wayfinder.services.served import Served

MORNING = datetime.fromisoformat("2026-11-23T09:30:00+08:00")
NIGHT = datetime.fromisoformat("2026-11-23T23:00:00+08:00")
_SECTORS: list[Arrow] = [
    arrow for arrow in list_arrows() if arrow not in {Arrow.UP, Arrow.DOWN, Arrow.HERE}
]


def list_boards(served: Served) -> list[Display]:
    return [one for one in list_displays(served.plan) if one.kind is DisplayKind.BOARD]


@pytest.fixture(scope="module")
def boards(served_hospital: Served) -> list[Board]:
    return [make_board(served_hospital, one, MORNING) for one in list_boards(served_hospital)]


@pytest.mark.long
@pytest.mark.parametrize("at", [MORNING, NIGHT])
def test_each_can_be_read_from_where_it_should_be(served_hospital: Served, at: datetime) -> None:
    assert len(list_boards(served_hospital)) >= 10
    for display in list_boards(served_hospital):
        told = [one.say("en") for one in list_warnings(served_hospital, display, at)]
        assert told == [], display.ref


def test_each_leads_to_the_emergency_department_by_day_and_night(
    served_hospital: Served, boards: list[Board]
) -> None:
    nightly = [make_board(served_hospital, one.display, NIGHT) for one in boards[::3]]
    for board in (*boards, *nightly):
        assert board.emergency is not None, board.display.ref
        assert len(board.lines) >= 5, board.display.ref


def test_arrows_are_those_of_the_ways_that_phones_are_told(
    served_hospital: Served, boards: list[Board]
) -> None:
    asked = 0
    for board in boards:
        for line in board.lines[:6]:
            off = _compare(served_hospital, board, line)
            if off is not None:
                asked += 1
                assert off <= 2, (board.display.ref, line.line)
    assert asked > 30


def _compare(served: Served, board: Board, line: BoardLine) -> int | None:
    """Return how many sectors an arrow is off the first metres of the way; None where unknown."""
    arrow = line.line.arrow
    if line.line.group is not None or line.hours_note or arrow not in _SECTORS:
        return None
    way = find_way(served, board.display.id, [line.line.to], at=MORNING)
    facing_deg = board.display.facing_deg
    if not isinstance(way, Way) or facing_deg is None:
        return None
    points = [p for run in way.journey.runs for part in run.segments for p in part.line]
    ahead = next(
        (b for a, b in pairwise(points) if abs(b[0] - a[0]) + abs(b[1] - a[1]) > 1.0), None
    )
    if ahead is None:
        return None
    (x0, y0), (x, y) = points[0], ahead
    seen = find_sector(degrees(atan2(x - x0, y - y0)) - facing_deg)
    apart = abs(_SECTORS.index(seen) - _SECTORS.index(arrow))
    return min(apart, 8 - apart)


def test_whatever_lift_is_out_another_is_promised_only_where_it_goes_as_far(
    served_hospital: Served, *, run_all: bool
) -> None:
    shafts = served_hospital.router.search.shafts.of_unit
    plan = served_hospital.plan
    promised = 0
    for display in list_boards(served_hospital)[: 14 if run_all else 2]:
        lifts = [
            unit
            for unit in plan.list_on(display.level_id, Unit)
            if unit.category == LIFT and unit.access is None
        ]
        for lift in lifts[:2]:
            closed = served_hospital.with_conditions(Conditions((Closure(lift.id),)), 1)
            board = make_board(closed, display, MORNING)
            for closure in board.closures:
                if closure.instead is None:
                    continue
                promised += 1
                other = plan.find(closure.instead.to, Unit)
                assert other is not None
                assert other.id not in shafts[lift.id]
                assert other.level_id == display.level_id
                assert _list_public(served_hospital, lift.id) <= _list_levels(
                    served_hospital, other.id
                )
    assert promised > 1


def _list_levels(served: Served, unit_id: str) -> set[str]:
    units = (served.plan.find(key, Unit) for key in served.router.search.shafts.of_unit[unit_id])
    return {unit.level_id for unit in units if unit is not None and unit.level_id is not None}


def _list_public(served: Served, unit_id: str) -> set[str]:
    named = {
        unit.level_id
        for unit in served.plan.units
        if unit.category in {"pharmacy", "registrationcashier", "information"}
    }
    return {level for level in _list_levels(served, unit_id) if level in named}
