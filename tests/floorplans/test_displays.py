"""The screens of the hospital stand where people come in and ways part, clear of what is there."""

from datetime import UTC, datetime
from math import cos, hypot, inf, radians, sin

import pytest
from shapely.geometry import Point

from floorplans.drawing.displays import BOARDS, KIOSKS, PAPERS
from wayfinder.formats import ReadResult
from wayfinder.model import (
    Display,
    DisplayKind,
    Fixture,
    Level,
    Opening,
    Plan,
    Sign,
    Unit,
    list_displays,
    list_signs,
    pick_label,
)
from wayfinder.model.categories import is_through
from wayfinder.route import Router
from wayfinder.services.boards import make_board
from wayfinder.services.served import Served


@pytest.fixture(scope="module")
def displays(plan: Plan) -> tuple[Display, ...]:
    """Return all screens of the hospital."""
    return list_displays(plan)


def test_there_are_kiosks_and_boards_in_every_building(
    displays: tuple[Display, ...], plan: Plan
) -> None:
    kinds = [display.kind for display in displays]
    assert kinds.count(DisplayKind.KIOSK) == len(KIOSKS) >= 6
    assert kinds.count(DisplayKind.BOARD) == len(BOARDS) >= 14
    levels = [plan.find(display.level_id, Level) for display in displays]
    assert len({key for level in levels if level for key in level.building_ids}) >= 5
    assert len({display.ref for display in displays}) == len(displays)
    assert {display.is_portrait for display in displays} == {True, False}
    assert all(display.pixel_pitch_mm for display in displays)
    assert all(display.languages == ("zh-Hans", "en") for display in displays)


def test_some_kiosks_print_on_a_roll_and_some_on_sheets(displays: tuple[Display, ...]) -> None:
    assert {one.ref: one.paper for one in displays if one.paper} == PAPERS
    assert {one.paper for one in displays if one.kind is DisplayKind.KIOSK} == {"", "80mm", "a4"}


def test_their_names_say_where_they_are(displays: tuple[Display, ...], plan: Plan) -> None:
    names = [plan[display.id].name for display in displays]
    assert all(set(name) == {"zh-Hans", "en"} for name in names)
    assert len({name["en"] for name in names}) == len(names)


def test_nothing_is_wrong_with_them(displays: tuple[Display, ...], read: ReadResult) -> None:
    ids = {display.id for display in displays}
    assert not [issue for issue in read.issues if ids.intersection(issue.features)]


def _measure(plan: Plan, kind: type[Opening | Fixture], display: Display) -> float:
    """Return the metres to the nearest thing of a kind on the same floor."""
    at = Point(display.point)
    shapes = (plan.find_geometry_m(one.id) for one in plan.list_on(display.level_id, kind))
    return min((shape.distance(at) for shape in shapes if shape is not None), default=inf)


def test_they_hang_clear_of_doors_furniture_signs_and_each_other(
    displays: tuple[Display, ...], plan: Plan
) -> None:
    signs = list_signs(plan)
    for display in displays:
        x, y = display.point
        if display.mounting != "hanging":
            assert _measure(plan, Opening, display) >= 0.5, display.ref
            assert _measure(plan, Fixture, display) > 0.3, display.ref
        others: tuple[Sign | Display, ...] = (*signs, *displays)
        for other in others:
            if other.level_id == display.level_id and other.id != display.id:
                apart = hypot(other.point[0] - x, other.point[1] - y)
                assert apart >= 0.8, (display.ref, other.ref)


def test_who_stands_before_one_stands_where_people_walk_or_wait(
    displays: tuple[Display, ...], plan: Plan
) -> None:
    """A wheelchair turns on 1.5 m; a board is read from some way off."""
    for display in displays:
        assert display.bearing_deg is not None
        turn = radians(display.bearing_deg)
        far = 1.5 if display.kind is DisplayKind.KIOSK else 3.0
        before = Point(display.point[0] + far * sin(turn), display.point[1] + far * cos(turn))
        there = [
            unit
            for unit in plan.list_on(display.level_id, Unit)
            if (shape := plan.find_geometry_m(unit.id)) is not None and shape.contains(before)
        ]
        assert any(is_through(unit) for unit in there), display.ref
        if display.kind is DisplayKind.KIOSK:
            things = (
                plan.find_geometry_m(one.id) for one in plan.list_on(display.level_id, Fixture)
            )
            assert all(one is None or one.distance(before) > 0.75 for one in things), display.ref


def test_ways_begin_at_every_screen(displays: tuple[Display, ...], router: Router) -> None:
    for display in displays:
        assert router.network.places.get(display.id) or router.network.places.get(display.unit_id)


def test_of_the_emergency_department_a_board_has_one_arrow_and_no_door_is_without_a_name(
    displays: tuple[Display, ...], served_hospital: Served
) -> None:
    """Its building straight ahead beside itself behind one: nobody knows which to trust."""
    at = datetime(2026, 11, 23, 2, tzinfo=UTC)
    boards = (one for one in displays if one.kind is DisplayKind.BOARD)
    hall = min(boards, key=lambda one: one.ref)
    board = make_board(served_hospital, hall, at)
    names = [pick_label(one.line.labels, "en") for one in board.lines]
    assert board.emergency is not None
    assert "Inpatient Tower" in names
    assert "Emergency Building" not in names
    assert "Door" not in names
