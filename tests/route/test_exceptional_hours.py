"""Hours that differ for a while: what they shut, what they open, when that ends."""

from datetime import datetime, timedelta
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from tests.ascii_plan import draw_plan
from tests.route.houses import HOUSE, MONDAY, TOWER, list_doors, make_router, refuse, travel
from wayfinder.model import Conditions, ExceptionalHours
from wayfinder.route.schedule import Schedule

NIGHT = MONDAY.replace(hour=3)
DAY = timedelta(days=1)
DESK = """
    +-----+-----+
    |A    |B    |
    |     |@desk|
    +--1--+--2--+
    |hall       |
    +-----------+
"""


def clinic() -> dict[str, dict[str, str]]:
    return {"4": {"hours": "Mo-Fr 08:00-18:00"}}


def exceptions(
    hours: str,
    feature: str = "door-4",
    start: datetime | None = None,
    end: datetime | None = None,
) -> Conditions:
    return Conditions(hours=(ExceptionalHours(feature, hours, start, end),))


def test_a_holiday_shuts_what_is_open_on_mondays() -> None:
    router = make_router(HOUSE, doors=clinic())
    holiday = exceptions("off")
    assert list_doors(travel(router, "A", "D"))[-1] == "door-4"
    assert list_doors(travel(router, "A", "D", conditions=holiday))[-1] == "door-5"


def test_a_long_evening_opens_what_is_shut_at_night() -> None:
    router = make_router(HOUSE, doors=clinic())
    open_night = exceptions("24/7")
    doors = list_doors(travel(router, "A", "D", departure=NIGHT, conditions=open_night))
    assert doors[-1] == "door-4"


def test_what_has_no_hours_of_its_own_may_have_exceptional_ones() -> None:
    router = make_router(HOUSE)
    shut = exceptions("off", "A")
    refusal = refuse(router, "B", "A", conditions=shut)
    assert (refusal.code, refusal.blocked_by) == ("outside-hours", ("A",))
    lift = exceptions("off", "lift@0")
    tower = make_router(TOWER)
    assert travel(tower, "R0", "R3", conditions=lift) != travel(tower, "R0", "R3")


def test_they_hold_from_start_until_end() -> None:
    router = make_router(HOUSE, doors=clinic())
    works = exceptions("off", start=MONDAY + DAY, end=MONDAY + 2 * DAY)
    for days, door in ((0, "door-4"), (1, "door-5"), (2, "door-4")):
        journey = travel(router, "A", "D", departure=MONDAY + days * DAY, conditions=works)
        assert list_doors(journey)[-1] == door


def test_what_was_said_last_counts() -> None:
    schedule = Schedule(draw_plan(HOUSE, doors=clinic()))
    both = Conditions(hours=(ExceptionalHours("door-4", "off"), ExceptionalHours("door-4", "24/7")))
    assert schedule.is_open("door-4", NIGHT, both)
    assert schedule.find_epoch(NIGHT, both).shut == frozenset()


def test_a_way_that_closes_early_today_is_warned_of() -> None:
    router = make_router(HOUSE, doors=clinic())
    early = exceptions("08:00-12:00")
    at = MONDAY.replace(hour=11, minute=59, second=55)
    (warning,) = travel(router, "A", "D", departure=at, conditions=early).warnings
    assert (warning.code, warning.values["time"]) == ("closes-soon", "12:00")
    begins = exceptions("off", start=MONDAY.replace(hour=12))
    (warning,) = travel(router, "A", "D", departure=at, conditions=begins).warnings
    assert (warning.code, warning.values["time"]) == ("closes-soon", "12:00")
    lasts = exceptions("08:00-22:00")
    late = MONDAY.replace(hour=17, minute=59, second=55)
    assert travel(router, "A", "D", departure=late, conditions=lasts).warnings == ()


def test_a_lift_with_exceptional_hours_is_warned_of_too() -> None:
    router = make_router(TOWER)
    at = MONDAY.replace(hour=11, minute=59, second=50)
    (warning,) = travel(
        router, "R0", "R4", departure=at, conditions=exceptions("00:00-12:00", "lift@3")
    ).warnings
    assert (warning.code, warning.features) == ("closes-soon", ("lift@3",))


def test_a_department_says_when_it_opens_again() -> None:
    router = make_router(DESK, places={"desk": {"hours": "Mo-Fr 08:00-18:00"}})
    off = exceptions("off", "desk", end=MONDAY.replace(hour=0) + DAY)
    (warning,) = travel(router, "A", "desk", conditions=off).warnings
    assert warning.code == "destination-opens-later"
    assert warning.values["at"] == "2026-11-24T08:00:00+08:00"
    (warning,) = travel(router, "A", "desk", conditions=exceptions("off", "desk")).warnings
    assert warning.code == "destination-closed"
    unreadable = exceptions("when we like", "desk")
    (warning,) = travel(router, "A", "desk", departure=NIGHT, conditions=unreadable).warnings
    assert (warning.code, warning.values) == ("hours-unknown", {"hours": "when we like"})


def test_the_nearest_is_one_that_is_open_today() -> None:
    plan = """
        +-----+-----+-----+
        |A    |wc1  |wc2  |
        +--1--+--2--+--3--+
        |hall             |
        +-----------------+
    """
    router = make_router(plan)
    assert travel(router, "A", "nearest:restroom").stops[0].feature == "wc1"
    off = exceptions("off", "wc1")
    assert travel(router, "A", "nearest:restroom", conditions=off).stops[0].feature == "wc2"


def test_a_refusal_knows_when_the_exception_ends() -> None:
    router = make_router(HOUSE)
    noon = MONDAY.replace(hour=12)
    refusal = refuse(router, "B", "A", conditions=exceptions("off", "A", end=noon))
    assert refusal.without == {"at": "2026-11-23T12:00:00+08:00"}


def test_an_unknown_feature_changes_nothing() -> None:
    schedule = Schedule(draw_plan(HOUSE, doors=clinic()))
    stray = exceptions("off", "nobody")
    assert schedule.find_epoch(MONDAY, stray) == schedule.find_epoch(MONDAY, Conditions())


HOURS = st.sampled_from(
    ["off", "24/7", "08:00-12:00", "Mo-We 10:00-11:00,13:00-14:00", "22:00-06:00", "nonsense"]
)
INSTANTS = st.integers(0, 4 * 24 * 2).map(lambda halves: MONDAY + halves * timedelta(minutes=30))
ENTRIES = st.lists(
    st.builds(
        ExceptionalHours,
        st.sampled_from(["door-4", "A", "hall"]),
        HOURS,
        st.none() | INSTANTS,
        st.none() | INSTANTS,
    ),
    max_size=3,
)


@cache
def make_schedule() -> Schedule:
    return Schedule(draw_plan(HOUSE, doors=clinic()))


@given(ENTRIES, INSTANTS, st.sampled_from(["door-4", "A", "B"]))
def test_nothing_changes_between_now_and_the_next_change(
    entries: list[ExceptionalHours], instant: datetime, feature: str
) -> None:
    schedule, conditions = make_schedule(), Conditions(hours=tuple(entries))
    epoch = schedule.find_epoch(instant, conditions)
    change = schedule.find_change(instant, conditions)
    turn = schedule.find_turn(feature, instant, conditions)
    was_open = schedule.is_open(feature, instant, conditions)
    assert (feature in epoch.shut) == (not was_open)
    steps = [instant + n * timedelta(minutes=30) for n in range(1, 5 * 48)]
    turns = [step for step in steps if schedule.is_open(feature, step, conditions) != was_open]
    if turns:
        assert turn == turns[0]
    else:
        assert turn is None or turn > steps[-1]
    for step in steps:
        if change is not None and step >= change:
            break
        assert schedule.find_epoch(step, conditions) == epoch
