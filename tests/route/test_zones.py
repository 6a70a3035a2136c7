"""Restricted areas: entered only where the way ends inside, always left."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.route.houses import list_doors, list_kinds, make_router, refuse, travel
from wayfinder.model import Closure, Conditions
from wayfinder.route import Router, SegmentKind

WARD = """
    +-----+-----+-----+-----+
    |A    |B    |C    |D    |
    +--1--+--2--+--3--+--4--+
    |hall |ward 5     6room |
    |     7     +-----+-----+
    |     |     8store|     |
    +-----+-----+-----+-----+
"""

LOOP = """
    +-------+-------+-------+
    |hall   1ward   2lobby  |
    |       |       |       |
    +---3---+-------+---4---+
    |outer                  |
    +-----------------------+
"""
"""From the hall to the lobby it is shorter through the ward than around it."""

NESTED = """
    +-------+-------+-------+-------+
    |hall   1staff  2ward   3A      |
    +---4---+-------+-------+-------+
    |B      |
    +-------+
"""


def make_loop(access: str) -> Router:
    return make_router(LOOP, units={"ward": {"category": "walkway", "access": access}})


def make_nested() -> Router:
    return make_router(
        NESTED,
        units={
            "staff": {"category": "walkway", "access": "staff"},
            "ward": {"category": "walkway", "access": "private"},
        },
    )


@pytest.mark.parametrize("access", ["private", "staff", "ticketed"])
def test_nobody_is_led_through_a_ward(access: str) -> None:
    router = make_loop(access)
    for profile in ("walk", "easy"):
        assert list_doors(travel(router, "hall", "lobby", profile=profile)) == ["door-3", "door-4"]


def test_a_public_one_is_walked_through() -> None:
    assert list_doors(travel(make_loop("public"), "hall", "lobby")) == ["door-1", "door-2"]


def test_one_may_enter_where_one_is_going_and_leave_from_where_one_is() -> None:
    router = make_loop("private")
    assert list_doors(travel(router, "hall", "ward")) == ["door-1"]
    assert list_doors(travel(router, "lobby", "ward")) == ["door-2"]
    assert list_doors(travel(router, "ward", "lobby")) == ["door-2"]


def test_staff_pass_staff_areas_but_no_ward() -> None:
    assert list_doors(travel(make_loop("staff"), "hall", "lobby", profile="staff")) == [
        "door-1",
        "door-2",
    ]
    assert list_doors(travel(make_loop("private"), "hall", "lobby", profile="staff")) == [
        "door-3",
        "door-4",
    ]


def test_a_zone_is_no_way_out_even_if_there_is_no_other() -> None:
    router = make_loop("staff")
    refusal = refuse(router, "hall", "lobby", conditions=Conditions((Closure("outer"),)))
    assert refusal.code == "closed"
    assert refusal.blocked_by == ("outer",)
    assert refusal.without is not None
    assert refusal.without["profile"] == "staff"
    assert refusal.without["reopen"] == ["outer"]


def test_zones_inside_zones_are_crossed_where_there_is_no_other_way() -> None:
    router = make_nested()
    assert list_doors(travel(router, "B", "A")) == ["door-4", "door-1", "door-2", "door-3"]
    assert list_doors(travel(router, "A", "B")) == ["door-3", "door-2", "door-1", "door-4"]


def test_who_is_in_a_ward_stays_in_it_on_the_way_to_its_other_end() -> None:
    router = make_router(
        """
        +-----+-----+-----+
        |A    1hall 2F    |
        +--3--+-----+--4--+
        |inner            |
        |                 |
        +-----------------+
        """,
        units={key: {"category": "walkway", "access": "private"} for key in ("A", "F", "inner")},
    )
    assert list_doors(travel(router, "A", "F")) == ["door-3", "door-4"]
    closed = Conditions((Closure("inner"),))
    assert list_doors(travel(router, "A", "F", conditions=closed)) == ["door-1", "door-2"]


def test_the_nearest_is_one_that_everybody_may_use() -> None:
    router = make_router(
        """
        +-----+-----+-----+-----+
        |A    |wc1  |     |wc2  |
        +--1--+--2--+-----+--3--+
        |hall                   |
        +-----------------------+
        """,
        units={"wc1": {"category": "restroom", "access": "staff"}},
    )
    assert travel(router, "A", "nearest:restroom").stops[0].feature == "wc2"
    assert travel(router, "A", "nearest:restroom", profile="staff").stops[0].feature == "wc1"
    closed = Conditions((Closure("wc2"),))
    assert travel(router, "A", "nearest:restroom", conditions=closed).stops[0].feature == "wc1"


def test_a_section_restricts_what_lies_in_it() -> None:
    router = make_router(
        LOOP,
        units={"ward": "walkway"},
        sections={"icu": (["ward"], {"access": "private"})},
    )
    assert list_doors(travel(router, "hall", "lobby")) == ["door-3", "door-4"]
    assert list_doors(travel(router, "hall", "icu")) == ["door-1"]


def test_the_way_to_one_ward_does_not_lead_through_the_next() -> None:
    router = make_router(
        """
        +-------+-------+-------+
        |hall   1wardA  2wardB  |
        |       +-------+---3---+
        |                       |
        |                       |
        |                       |
        |                       |
        +-----------------------+
        """,
        units={"wardA": "walkway", "wardB": "walkway"},
        sections={
            "a": (["wardA"], {"access": "private"}),
            "b": (["wardB"], {"access": "private"}),
        },
    )
    assert list_doors(travel(router, "wardA", "wardB")) == ["door-2"]
    closed = Conditions((Closure("door-3"),))
    assert refuse(router, "hall", "wardB", conditions=closed).blocked_by == ("door-3",)


def test_a_section_open_to_all_inside_a_restricted_one_is_no_part_of_it() -> None:
    router = make_router(
        LOOP,
        units={"ward": "walkway", "lobby": "nonpublic"},
        sections={
            "wing": (["ward", "lobby", "outer"], {"access": "private"}),
            "shop": (["ward", "lobby"], {"access": "public"}),
        },
    )
    zones = router.network.zones
    found = {unit: zones[key] for unit, key in router.network.zone_of_unit.items()}
    assert {unit: (zone.access, zone.features) for unit, zone in found.items()} == {
        "outer": ("private", ("wing",)),
        "lobby": ("staff", ()),
    }


@pytest.mark.parametrize(
    ("profile", "shaft", "kind"),
    [("wheelchair", "lift", SegmentKind.LIFT), ("walk", "stairs", SegmentKind.STAIRS)],
)
def test_one_goes_past_the_floor_of_a_ward_without_entering_it(
    profile: str, shaft: str, kind: SegmentKind
) -> None:
    drawing = "".join(
        f"""
        level {floor}
        +------+------+
        |lift  |stairs|
        +--L---+--S---+
        |hall         |
        +-------------+
        """
        for floor in range(3)
    )
    venue = {"default_clear_widths_m": {"*": 2.0}}
    inside, door = ["hall@1", f"{shaft}@1"], {"lift": "L.2", "stairs": "S.2"}[shaft]
    for tags in (
        {"sections": {"ward": (inside, {"access": "private"})}},
        {"units": {"hall@1": {"category": "walkway", "access": "private"}}},
        {"doors": {door: {"access": "staff"}}},
    ):
        router = make_router(drawing, venue=venue, **tags)
        assert kind in list_kinds(travel(router, "hall@0", "hall@2", profile=profile))
        assert f"{shaft}@1" not in router.network.zone_of_unit


def test_a_restricted_door_between_public_rooms_bars_all_but_those_it_is_for() -> None:
    drawing = """
        +-------+-------+
        |hall   1lobby  |
        +---2---+---3---+
        |A      |B      |
        +-------+-------+
    """
    router = make_router(drawing, doors={"1": {"access": "staff"}})
    assert list_doors(travel(router, "A", "B", profile="staff")) == ["door-2", "door-1", "door-3"]
    refusal = refuse(router, "A", "B")
    assert refusal.code == "restricted"
    assert refusal.blocked_by == ("door-1",)
    assert refusal.without is not None
    assert refusal.without["profile"] == "staff"


def test_a_ward_is_entered_by_its_own_door_before_one_with_a_badge_reader() -> None:
    drawing = """
        +-----------+-----+
        |hall       2ward |
        |           +---1-+
        |                 |
        |                 |
        +-----------------+
    """
    ward = {"category": "walkway", "access": "private"}
    guarded = {"2": {"access_control": ["badgereader"]}}
    router = make_router(drawing, units={"ward": ward}, doors=guarded)
    for ends in (("hall", "ward"), ("ward", "hall")):
        assert list_doors(travel(router, *ends)) == ["door-1"]
        assert list_doors(travel(router, *ends, profile="staff")) == ["door-2"]
    closed = Conditions((Closure("door-1"),))
    behind = travel(router, "hall", "ward", conditions=closed)
    assert list_doors(behind) == ["door-2"]
    assert behind.duration_s < 60


@given(
    st.lists(st.sampled_from((None, "private", "staff")), min_size=9, max_size=9),
    st.sampled_from("ABCDEFGHI"),
    st.sampled_from("ABCDEFGHI"),
)
def test_no_zone_is_entered_without_need(access: list[str | None], start: str, end: str) -> None:
    rooms = {
        name: {"category": "walkway", **({"access": tag} if tag else {})}
        for name, tag in zip("ABCDEFGHI", access, strict=True)
    }
    router = make_router(
        """
        +----+----+----+
        |A   aB   bC   |
        +-c--+-d--+-e--+
        |D   fE   gF   |
        +-h--+-i--+-j--+
        |G   kH   lI   |
        +----+----+----+
        """,
        units=rooms,
    )
    journey = travel(router, start, end)
    zones = router.network.zone_of_unit
    visited = list(dict.fromkeys(u for s in journey.segments for u in s.units))
    entered = [
        zones[new]
        for old, new in pairwise(visited)
        if zones.get(new) and zones.get(new) != zones.get(old)
    ]
    assert len(entered) == _fewest(router, start, end)


def _fewest(router: Router, start: str, end: str) -> int:
    """Count the zones that must be entered, room by room."""
    zones, beside = router.network.zone_of_unit, _BESIDE
    best, queue = {start: 0}, [start]
    while queue:
        room = queue.pop(0)
        for other in beside[room]:
            price = best[room] + (zones.get(other) not in {None, zones.get(room)})
            if price < best.get(other, 99):
                best[other] = price
                queue.append(other)
    return best[end]


_BESIDE = {
    "A": "BD",
    "B": "ACE",
    "C": "BF",
    "D": "AEG",
    "E": "BDFH",
    "F": "CEI",
    "G": "DH",
    "H": "EGI",
    "I": "FH",
}


@pytest.mark.parametrize("access", ["private", "staff", "ticketed"])
def test_whoever_is_sent_into_a_restricted_area_is_told(access: str) -> None:
    router = make_loop(access)
    (warning,) = travel(router, "hall", "ward").warnings
    assert (warning.code, warning.features) == (f"destination-{access}", ("ward",))
    assert travel(router, "ward", "hall").warnings == ()


def test_staff_are_not_warned_of_staff_areas() -> None:
    assert travel(make_loop("staff"), "hall", "ward", profile="staff").warnings == ()
