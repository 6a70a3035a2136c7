"""Hours, closures and waits: what holds when, and what follows from it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ascii_plan import draw_plan
from tests.route.houses import (
    HOUSE,
    MONDAY,
    TOWER,
    list_doors,
    list_kinds,
    make_router,
    refuse,
    route_on,
    time_lift,
    travel,
)
from wayfinder.model import Closure, Conditions, Plan, make_feature
from wayfinder.route import SegmentKind, find_time_zone
from wayfinder.route.schedule import Hours, Schedule

SHANGHAI = ZoneInfo("Asia/Shanghai")
NIGHT = MONDAY.replace(hour=3)


def clinic(hours: str = "Mo-Fr 08:00-18:00") -> dict[str, dict[str, str]]:
    return {"4": {"hours": hours}}


def test_a_door_outside_its_hours_is_not_passed() -> None:
    router = make_router(HOUSE, doors=clinic())
    assert list_doors(travel(router, "A", "D")) == ["door-1", "door-4"]
    assert list_doors(travel(router, "A", "D", departure=NIGHT)) == ["door-1", "door-3", "door-5"]
    sunday = MONDAY - timedelta(days=1)
    assert list_doors(travel(router, "A", "D", departure=sunday))[-1] == "door-5"


def test_hours_are_the_venues_wherever_one_asks_from() -> None:
    router = make_router(HOUSE, doors=clinic())
    asked = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)  # half past five in the afternoon there
    assert list_doors(travel(router, "A", "D", departure=asked))[-1] == "door-4"
    assert (
        list_doors(travel(router, "A", "D", departure=asked + timedelta(hours=1)))[-1] == "door-5"
    )


def test_what_closes_before_one_is_through_is_warned_of() -> None:
    router = make_router(HOUSE, doors=clinic())
    (warning,) = travel(
        router, "A", "D", departure=MONDAY.replace(hour=17, minute=59, second=50)
    ).warnings
    assert (warning.code, warning.features) == ("closes-soon", ("door-4",))
    assert warning.values == {"at": "2026-11-23T18:00:00+08:00", "time": "18:00"}
    assert travel(router, "A", "D", departure=MONDAY.replace(hour=17)).warnings == ()


def test_a_closure_to_come_is_warned_of() -> None:
    router = make_router(TOWER)
    soon = Conditions((Closure("lift@3", start=MONDAY + timedelta(seconds=30)),))
    (warning,) = travel(router, "R0", "R4", conditions=soon).warnings
    assert (warning.code, warning.features) == ("closes-soon", ("lift@3",))
    late = Conditions((Closure("lift@3", start=MONDAY + timedelta(hours=1)),))
    assert travel(router, "R0", "R4", conditions=late).warnings == ()


def test_a_room_that_is_shut_is_refused_with_the_time_it_opens() -> None:
    router = make_router(HOUSE, units={"A": {"category": "room", "hours": "Mo-Fr 08:00-18:00"}})
    refusal = refuse(router, "B", "A", departure=MONDAY.replace(hour=19))
    assert refusal.code == "outside-hours"
    assert refusal.blocked_by == ("A",)
    assert refusal.without == {"at": "2026-11-24T08:00:00+08:00"}
    friday = MONDAY.replace(day=27, hour=19)
    assert refuse(router, "B", "A", departure=friday).without == {"at": "2026-11-30T08:00:00+08:00"}


def test_who_is_inside_may_leave_what_is_shut() -> None:
    router = make_router(HOUSE, units={"A": {"category": "room", "hours": "Mo-Fr 08:00-18:00"}})
    assert list_doors(travel(router, "A", "B", departure=NIGHT)) == ["door-1", "door-2"]
    closed = Conditions((Closure("A"),))
    assert list_doors(travel(router, "A", "B", conditions=closed)) == ["door-1", "door-2"]
    (leaving, beside) = (travel(router, start, "E", conditions=closed) for start in "AB")
    assert leaving.conditions == beside.conditions != ""
    lift_out = Conditions((Closure("lift@0"),))
    assert refuse(router, "lift@0", "A", conditions=lift_out).blocked_by == ("lift@0",)


def test_what_does_not_open_within_a_week_is_not_promised() -> None:
    router = make_router(
        HOUSE, units={"A": {"category": "room", "hours": "2027 Jan 01-2027 Feb 01"}}
    )
    assert refuse(router, "B", "A").without is None


def test_a_department_that_is_shut_is_led_to_with_a_warning() -> None:
    drawing = """
        +-----+-----+
        |A    |B    |
        |     |@desk|
        +--1--+--2--+
        |hall       |
        +-----------+
    """
    router = make_router(drawing, places={"desk": {"hours": "Mo-Fr 08:00-18:00"}})
    assert travel(router, "A", "desk").warnings == ()
    (warning,) = travel(router, "A", "desk", departure=NIGHT).warnings
    assert (warning.code, warning.values["time"]) == ("destination-opens-later", "08:00")
    closed = Conditions((Closure("desk"),))
    (warning,) = travel(router, "A", "desk", conditions=closed).warnings
    assert warning.code == "destination-closed"


@pytest.mark.parametrize("text", ["nonsense", "25:99", "x" * 5_000, "Mo-Fr 08:00-", "\ud800", "\0"])
def test_hours_that_cannot_be_read_count_as_open_with_a_warning(text: str) -> None:
    router = make_router(HOUSE, doors=clinic(text))
    journey = travel(router, "A", "D")
    assert list_doors(journey)[-1] == "door-4"
    assert [warning.code for warning in journey.warnings] == ["hours-unknown"]


@given(
    st.text(max_size=40)
    | st.from_regex(r"(Mo|Tu|PH|SH)[-,]?(Fr|Sa)? [0-2]?\d:\d\d-\d\d:\d\d(;.*)?")
)
def test_no_hours_break_anything(text: str) -> None:
    hours = Hours(text, SHANGHAI, "CN")
    for instant in (MONDAY, MONDAY.replace(year=1970), MONDAY.replace(year=9000)):
        change = hours.find_change(instant)
        assert isinstance(hours.is_open(instant), bool)
        assert change is None or change > instant


def test_closed_sections_levels_and_buildings_close_what_they_hold() -> None:
    router = make_router(HOUSE, sections={"east": (["D"], {})})
    closed = Conditions((Closure("east"),))
    assert refuse(router, "A", "D", conditions=closed).blocked_by == ("east",)
    for key in ("level1", "building"):
        refusal = refuse(router, "A", "E", conditions=Conditions((Closure(key),)))
        assert key in refusal.blocked_by
    assert list_doors(travel(router, "A", "D", conditions=Conditions((Closure("level1"),))))
    assert refuse(router, "A", "B", conditions=Conditions((Closure("venue"),))).code == "closed"


def test_a_closed_geofence_closes_its_units_on_all_its_levels() -> None:
    plan = draw_plan(HOUSE, sections={"east": (["hall", "C"], {})})
    fence = make_feature(
        "fence",
        "geofence",
        plan["east"].geometry,
        {"category": "concourse", "level_ids": ["level0", "level1"]},
    )
    router = route_on(plan.without("east").with_features(fence))
    closed = Conditions((Closure("fence"),))
    assert refuse(router, "A", "B", conditions=closed).blocked_by == ("fence",)
    assert refuse(router, "E", "F", conditions=closed).blocked_by == ("fence",)
    assert travel(router, "E", "fence").stops[0].feature == "fence"


def test_waits_may_depend_on_the_hour() -> None:
    waits = [{"hours": "Mo-Fr 08:00-11:00", "wait_s": 400}, {"hours": "broken", "wait_s": 1}]
    lift = {"category": "elevator", "lift": {"wait_s": "20", "waits": waits}}
    router = make_router(TOWER, units={"lift@0": lift})
    assert SegmentKind.LIFT not in list_kinds(travel(router, "R0", "R3"))
    at_night = travel(router, "R0", "R3", departure=NIGHT)
    assert time_lift(router, at_night)[0] == pytest.approx(20 + 10 + 15)


def test_an_epoch_lasts_until_something_changes() -> None:
    schedule = Schedule(draw_plan(HOUSE, doors=clinic()))
    nine, ten = (schedule.find_epoch(MONDAY.replace(hour=h), Conditions()) for h in (9, 10))
    night = schedule.find_epoch(NIGHT, Conditions())
    assert nine == ten != night
    assert night.shut == {"door-4"}
    assert schedule.find_change(MONDAY, Conditions()) == MONDAY.replace(hour=18)
    closure = Closure("A", end=MONDAY + timedelta(hours=1))
    assert schedule.find_change(MONDAY, Conditions((closure,))) == closure.end
    assert Schedule(draw_plan(HOUSE)).find_change(MONDAY, Conditions()) is None


def _in_zone(name: str | None, lon: float, lat: float) -> Plan:
    corners = [(lon, lat), (lon + 1e-3, lat), (lon, lat + 1e-3), (lon, lat)]
    outline = {"type": "Polygon", "coordinates": [corners]}
    ours = {"time_zone": name} if name else {}
    return Plan.of([make_feature("venue", "venue", outline, {"wayfinder": ours})])


@pytest.mark.parametrize(
    ("name", "place", "zone"),
    [
        ("Europe/Berlin", (116.4, 39.9), "Europe/Berlin"),
        (None, (13.7, 51.0), "Europe/Berlin"),
        ("Mars/Olympus", (116.4, 39.9), "Asia/Shanghai"),
        ("../../etc/passwd", (116.4, 39.9), "Asia/Shanghai"),
        (None, (999.0, 999.0), "UTC"),
    ],
)
def test_the_time_zone_is_tagged_or_that_of_the_place(
    name: str | None, place: tuple[float, float], zone: str
) -> None:
    assert str(find_time_zone(_in_zone(name, *place))) == zone
