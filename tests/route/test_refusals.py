"""Honest refusals: what bars, and what would work."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.ascii_plan import relate
from tests.route.houses import HOUSE, MONDAY, TOWER, make_router, refuse, travel
from wayfinder.graph import NodeKind
from wayfinder.model import Closure, Conditions
from wayfinder.route import Journey, Router

ISLANDS = """
    +-----+-----+   +-----+
    |A    1B    |   |C    |
    +-----+-----+   +-----+
"""
LADDER = """
    level 0
    +------+------+------+
    |stairs|A     |B     |
    +--S---+--1---+--2---+
    |hall                |
    +--------------------+
    level 1
    +------+------+------+
    |stairs|C     |      |
    +--T---+--3---+------+
    |gallery             |
    +--------------------+
"""


def test_what_the_plan_does_not_connect_is_cut_off() -> None:
    router = make_router(ISLANDS)
    assert refuse(router, "A", "C").code == "cut-off"
    assert refuse(router, "A", "C").blocked_by == ("C",)
    assert refuse(router, "C", "B").blocked_by == ("C",)
    assert refuse(router, "A", "C").without is None


def test_a_one_way_door_is_told_from_a_wall() -> None:
    router = make_router(ISLANDS, doors={"1": {"one_way_to": "B"}})
    assert travel(router, "A", "B").duration_s > 0
    refusal = refuse(router, "B", "A")
    assert (refusal.code, refusal.blocked_by) == ("one-way", ("A",))


def test_a_closure_is_named_with_all_that_would_help() -> None:
    router = make_router(HOUSE)
    end = MONDAY + timedelta(hours=2)
    refusal = refuse(router, "A", "B", conditions=Conditions((Closure("door-2", end=end),)))
    assert refusal.code == "closed"
    assert refusal.values["reasons"] == ("closed",)
    assert refusal.blocked_by == ("door-2",)
    assert refusal.without == {"at": "2026-11-23T12:00:00+08:00", "reopen": ["door-2"]}


def test_only_the_closures_in_the_way_are_named() -> None:
    router = make_router(HOUSE)
    closures = tuple(Closure(key) for key in ("door-3", "door-4", "stairs@0", "E"))
    assert refuse(router, "A", "C", conditions=Conditions(closures)).blocked_by == ("door-3",)


def test_who_cannot_climb_is_told_what_bars_and_that_walking_works() -> None:
    router = make_router(LADDER, venue={"default_clear_widths_m": {"*": 2.0}})
    refusal = refuse(router, "A", "C", profile="wheelchair")
    assert refusal.code == "no-route"
    assert refusal.values["reasons"] == ("steps",)
    assert "stairs@0" in refusal.blocked_by
    on_foot = travel(router, "A", "C")
    assert refusal.without == {"profile": "walk", "duration_s": pytest.approx(on_foot.duration_s)}


def test_with_the_lift_out_a_wheelchair_waits_for_it() -> None:
    router = make_router(
        TOWER,
        units={"lift": {"category": "elevator", "wheelchair": True}},
        venue={"default_clear_widths_m": {"*": 2.0}},
    )
    assert not travel(router, "R0", "R2", profile="wheelchair").verified
    out = Conditions((Closure("lift@1", end=MONDAY + timedelta(hours=1)),))
    refusal = refuse(router, "R0", "R2", profile="wheelchair", conditions=out)
    assert (refusal.code, refusal.blocked_by) == ("closed", ("lift@1",))
    assert refusal.without is not None
    assert refusal.without["profile"] == "walk"
    assert refusal.without["at"] == "2026-11-23T11:00:00+08:00"
    assert refusal.without["reopen"] == ["lift@1"]


def test_each_stretch_of_a_visit_is_refused_by_its_own_ends() -> None:
    router = make_router(HOUSE)
    closed = Conditions((Closure("door-2"),))
    refusal = refuse(router, "A", "E", "B", "D", conditions=closed)
    assert (refusal.values["from"], refusal.values["to"]) == ("E", "B")


def test_what_is_in_the_plan_but_not_in_the_network_is_told_so() -> None:
    router = make_router(HOUSE, extra=[relate("link", "A", "B")])
    assert refuse(router, "A", "link").code == "not-in-network"


def test_none_of_a_category_may_be_open() -> None:
    router = make_router(HOUSE, units={"A": {"category": "pharmacy", "hours": "Mo-Fr 08:00-18:00"}})
    assert travel(router, "B", "nearest:pharmacy").stops[0].feature == "A"
    shut = refuse(router, "B", "nearest:pharmacy", departure=MONDAY.replace(hour=23))
    assert (shut.code, shut.values["place"]) == ("none-open", "pharmacy")


def test_all_that_is_promised_works() -> None:
    router = make_router(HOUSE, doors={"1": {"hours": "Mo-Fr 11:00-12:00"}})
    refusal = refuse(router, "A", "B")
    assert refusal.without is not None
    assert refusal.code == "outside-hours"
    later = travel(router, "A", "B", departure=MONDAY.replace(hour=11))
    assert later.departure.isoformat() == refusal.without["at"]


_HOURS = (
    None,
    "Mo-Fr 11:00-12:00",
    "Mo 11:30-20:00",
    "Tu 06:00-09:00",
    "We off",
    "2030 10:00-12:00",
)
_SPELLS = (None, timedelta(hours=1), timedelta(hours=26))


@given(
    st.lists(st.sampled_from(_HOURS), min_size=4, max_size=4),
    st.lists(
        st.tuples(st.sampled_from(("door-1", "lift@0", "stairs@1")), st.sampled_from(_SPELLS))
    ),
    st.sampled_from(("walk", "wheelchair")),
)
@example([None, None, "Mo 11:30-20:00", "Tu 06:00-09:00"], [], "walk")
@example([None, None, "Tu 06:00-09:00", None], [("lift@0", timedelta(hours=1))], "walk")
def test_what_opens_next_is_found_as_by_trying_every_moment(
    hours: list[str | None], closed: list[tuple[str, timedelta | None]], profile: str
) -> None:
    doors, units = (
        {key: {"hours": text} for key, text in zip(keys, part, strict=True) if text}
        for keys, part in ((("1", "T"), hours[:2]), (("stairs@0", "lift@0"), hours[2:]))
    )
    router = make_router(HOUSE, doors=doors, units=units)
    ends = [(key, None if spell is None else MONDAY + spell) for key, spell in closed]
    conditions = Conditions(tuple(Closure(key, end=end) for key, end in ends))
    found = router.find_route("A", ["F"], profile=profile, departure=MONDAY, conditions=conditions)
    if isinstance(found, Journey):
        return
    named = set(found.values.get("reasons", ())) & {"closed", "outside-hours"}
    told = (found.without or {}).get("at")
    assert told == (_try_every_moment(router, profile, conditions) if named else None)


def _try_every_moment(router: Router, profile: str, conditions: Conditions) -> str | None:
    """Return the first instant within a week, as ISO 8601, at which there is a way from A to F."""
    instant = router.schedule.find_change(MONDAY, conditions)
    while instant is not None and instant <= MONDAY + timedelta(days=7):
        options: Any = {"profile": profile, "departure": instant, "conditions": conditions}
        if isinstance(router.find_route("A", ["F"], **options), Journey):
            return instant.astimezone(router.schedule.zone).isoformat()
        instant = router.schedule.find_change(instant, conditions)
    return None


def _walkable(router: Router) -> list[dict[str, Any]]:
    return [d for _, d in router.network.graph.nodes(data=True) if d["kind"] is NodeKind.PLACE]


def test_every_pair_of_places_is_answered() -> None:
    router = make_router(HOUSE, doors={"4": {"access": "staff"}, "6": {"emergency_only": True}})
    units = [data["unit"] for data in _walkable(router)]
    for start in units:
        for end in units:
            for profile in ("walk", "wheelchair", "bed"):
                router.find_route(start, [end], profile=profile, departure=MONDAY)
