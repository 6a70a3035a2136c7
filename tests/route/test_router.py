"""Journeys on plans drawn as text: which way is taken, how long it takes, what is refused."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise, permutations, product
from math import dist

import pytest

from tests.route.houses import (
    HOUSE,
    MONDAY,
    TOWER,
    list_doors,
    list_kinds,
    make_router,
    refuse,
    time_lift,
    travel,
)
from wayfinder.model import Closure, Conditions
from wayfinder.route import PROFILES, Journey, Router, SegmentKind
from wayfinder.route.profiles import DOOR_S


@pytest.fixture(scope="module")
def house() -> Router:
    return make_router(HOUSE)


@pytest.fixture(scope="module")
def tower() -> Router:
    return make_router(TOWER)


def test_a_journey_goes_from_door_to_door_without_gaps(house: Router) -> None:
    journey = travel(house, "A", "F")
    assert journey.segments[0].from_node in house.network.places["A"]
    assert journey.segments[-1].to_node in house.network.places["F"]
    for one, other in pairwise(journey.segments):
        assert one.to_node == other.from_node
        assert one.to_level == other.level
        if SegmentKind.STAIRS not in {one.kind, other.kind}:
            assert dist(one.line[-1], other.line[0]) < 1e-6
    assert list_doors(journey) == ["door-1", "door-S", "door-T", "door-7"]


def test_shown_time_is_walking_doors_and_stairs_without_burden(house: Router) -> None:
    journey = travel(house, "A", "F")
    walked_m = sum(s.length_m for s in journey.segments if s.kind is SegmentKind.WALK)
    assert journey.duration_s == pytest.approx(walked_m / 1.1 + 4 * DOOR_S + 13)
    assert journey.distance_m == pytest.approx(sum(s.length_m for s in journey.segments))
    assert journey.stops[-1].arrive_s == pytest.approx(journey.duration_s)


def test_one_floor_up_is_walked_and_three_are_not_beside_a_lift(tower: Router) -> None:
    assert SegmentKind.STAIRS in list_kinds(travel(tower, "R0", "R1"))
    assert SegmentKind.STAIRS in list_kinds(travel(tower, "R0", "R2"))
    for end in ("R3", "R4"):
        assert SegmentKind.STAIRS not in list_kinds(travel(tower, "R0", end))
        assert SegmentKind.STAIRS not in list_kinds(travel(tower, "R0", end, profile="staff"))


def test_no_floor_is_climbed_free_by_leaving_the_stairs_for_a_moment(tower: Router) -> None:
    lift_out = Conditions((Closure("lift@0"),))
    journey = travel(tower, "R0", "R4", conditions=lift_out)
    stairs = [s for s in journey.segments if s.kind is SegmentKind.STAIRS]
    assert [s.floors for s in stairs] == [4.0]


def test_who_takes_it_easy_takes_the_lift_even_for_one_floor(tower: Router) -> None:
    for start, end in (("R0", "R1"), ("R1", "R0"), ("R4", "R0")):
        journey = travel(tower, start, end, profile="easy")
        assert SegmentKind.LIFT in list_kinds(journey)
        assert SegmentKind.STAIRS not in list_kinds(journey)


def test_a_lift_is_one_segment_with_its_wait_ride_and_range(tower: Router) -> None:
    journey = travel(tower, "R0", "R4")
    (lift,) = (s for s in journey.segments if s.kind is SegmentKind.LIFT)
    assert lift.features[0] == "lift@0"
    assert lift.floors == 4
    lift_s, walked_s = time_lift(tower, journey)
    assert lift_s == pytest.approx(60 + 10 + 4 * 5)
    low, high = journey.duration_range_s
    assert low == pytest.approx(0.85 * walked_s + 0.25 * 60 + 30)
    assert high == pytest.approx(1.15 * walked_s + 2 * 60 + 30)


def test_a_lift_that_is_slow_today_is_left_for_the_stairs(tower: Router) -> None:
    slow = Conditions(lift_wait_s={"lift@2": 600})
    journey = travel(tower, "R0", "R4", conditions=slow)
    assert SegmentKind.LIFT not in list_kinds(journey)
    quick = Conditions(lift_wait_s={"lift@2": 0})
    journey = travel(tower, "R0", "R1", conditions=quick)
    assert time_lift(tower, journey, quick)[0] == pytest.approx(15)


def test_a_lift_of_which_one_floor_is_closed_is_out(tower: Router) -> None:
    for unit in ("lift@0", "lift@3"):
        journey = travel(tower, "R0", "R4", conditions=Conditions((Closure(unit),)))
        assert SegmentKind.LIFT not in list_kinds(journey)


def test_an_untagged_room_is_passed_through_only_at_a_price(house: Router) -> None:
    assert list_doors(travel(house, "A", "D")) == ["door-1", "door-4"]
    closed = Conditions((Closure("door-4"),))
    assert list_doors(travel(house, "A", "D", conditions=closed)) == ["door-1", "door-3", "door-5"]


def test_to_where_one_is_takes_no_time(house: Router) -> None:
    journey = travel(house, "A", "A")
    assert journey.segments == ()
    assert journey.duration_s == 0
    assert journey.stops[0].feature == "A"


def test_a_level_and_a_building_are_destinations(house: Router) -> None:
    journey = travel(house, "A", "level1")
    assert journey.segments[-1].to_level == "level1"
    assert journey.stops[0].feature == "level1"
    assert journey.duration_s < travel(house, "A", "E").duration_s
    assert travel(house, "A", "building").duration_s == 0


def test_one_gets_to_a_floor_by_its_public_part() -> None:
    router = make_router(
        """
        level 0 1F
        +------+------+------+
        |stairs|lift  |A     |
        +--S---+--L---+--1---+
        |hall                |
        +--------------------+
        level 1 2F
        +------+------+------+
        |stairs|lift  |B     |
        +--T---+--M---+--2---+
        |store |hall2        |
        +------+-------------+
        """,
        units={"store": {"access": "staff"}},
    )
    journey = travel(router, "A", "level1")
    assert router.network.graph.nodes[journey.stops[-1].node]["unit"] == "hall2"
    assert travel(router, "hall2", "level1").duration_s == 0


def test_the_nearest_of_a_category_is_found_in_any_language() -> None:
    router = make_router("""
        +-----+-----+-----+
        |A    |wc1  |wc2  |
        +--1--+--2--+--3--+
        |hall             |
        +-----------------+
    """)
    for asked in ("restroom", "toilet", "厕所"):
        journey = travel(router, "A", f"nearest:{asked}")
        assert journey.stops[0].feature == "wc1"
    closed = Conditions((Closure("wc1"),))
    assert travel(router, "A", "nearest:restroom", conditions=closed).stops[0].feature == "wc2"
    assert travel(router, "wc1", "nearest:restroom").stops[0].feature == "wc2"


@pytest.mark.parametrize(
    ("near", "far", "found"),
    [
        (None, None, "wc1"),
        (None, True, "wc2"),
        (True, True, "wc1"),
        (False, None, "wc2"),
    ],
)
def test_a_wheelchair_is_led_to_what_is_tagged_fit(
    near: bool | None,  # noqa: FBT001 - a parameter of the test
    far: bool | None,  # noqa: FBT001 - likewise
    found: str,
) -> None:
    drawing = """
        +-----+-----+-----+
        |A    |wc1  |wc2  |
        +--1--+--2--+--3--+
        |hall             |
        +-----------------+
    """
    units = {
        key: {"category": "restroom", **({} if tag is None else {"wheelchair": tag})}
        for key, tag in (("wc1", near), ("wc2", far))
    }
    router = make_router(drawing, units=units, venue={"default_clear_widths_m": {"*": 2.0}})
    journey = travel(router, "A", "nearest:restroom", profile="wheelchair")
    assert journey.stops[0].feature == found
    assert travel(router, "A", "nearest:restroom").stops[0].feature == "wc1"


def test_stops_are_visited_in_the_given_order_or_the_best(house: Router) -> None:
    given = travel(house, "A", "F", "B", "E", "C")
    assert [stop.feature for stop in given.stops] == ["F", "B", "E", "C"]
    best = travel(house, "A", "F", "B", "E", "C", best_order=True)
    assert [stop.feature for stop in best.stops][-1] == "C"
    assert best.duration_s < given.duration_s
    arrivals = [stop.arrive_s for stop in best.stops]
    assert arrivals == sorted(arrivals)
    for stop in best.stops[1:]:
        assert (
            best.segments[stop.first_segment - 1].to_node
            == best.segments[stop.first_segment].from_node
        )


def test_the_best_order_is_the_cheapest_of_all(tower: Router) -> None:
    middle, last = ("R4", "R1", "R3"), "R2"

    def cost(order: tuple[str, ...]) -> float:
        places = ("R0", *order, last)
        return sum(_cost(tower, one, other) for one, other in pairwise(places))

    best = travel(tower, "R0", *middle, last, best_order=True)
    order = tuple(stop.feature for stop in best.stops)[:-1]
    assert cost(order) == pytest.approx(min(map(cost, permutations(middle))))


def _cost(router: Router, start: str, end: str) -> float:
    index = router.search.table.index
    starts, ends = ([index[n] for n in router.network.places[place]] for place in (start, end))
    epoch = router.schedule.find_epoch(MONDAY, Conditions())
    leg = router.search.find_leg(starts, ends, "walk", epoch)
    assert leg is not None
    return router.search.find_cost_s(leg, "walk", epoch)


def test_a_journey_names_its_release_and_its_conditions(house: Router) -> None:
    calm = travel(house, "A", "B")
    assert calm.release == "sha256:test"
    assert calm.conditions == ""
    closed = Conditions((Closure("door-5"),))
    changed = travel(house, "A", "B", conditions=closed)
    later = travel(house, "A", "B", conditions=closed, departure=MONDAY + timedelta(hours=3))
    assert changed.conditions == later.conditions != calm.conditions


@pytest.mark.parametrize(
    ("ask", "complaint"),
    [
        (lambda r: r.find_route("A", ["B"], profile="fly", departure=MONDAY), "fly"),
        (lambda r: r.find_route("A", [], departure=MONDAY), "destination"),
        (lambda r: r.find_route("A", ["B"], departure=MONDAY.replace(tzinfo=None)), "time zone"),
        (lambda r: r.find_route("A", ["B"], departure=MONDAY.replace(year=9999)), "9999"),
    ],
)
def test_questions_without_sense_are_errors(
    house: Router, ask: Callable[[Router], object], complaint: str
) -> None:
    with pytest.raises(ValueError, match=complaint):
        ask(house)


def test_unknown_places_are_refused_by_name(house: Router) -> None:
    assert refuse(house, "A", "nowhere").values["place"] == "nowhere"
    assert refuse(house, "nowhere", "A").code == "unknown-place"
    assert refuse(house, "A", "nearest:zoo").code == "unknown-category"
    assert refuse(house, "nearest:room", "A").code == "unknown-category"
    assert refuse(house, "A", "venue-address").code == "unknown-place"


def test_a_router_is_safe_to_share(tower: Router) -> None:
    fresh = Router(tower.network)
    pairs = list(product([f"R{n}" for n in range(5)], repeat=2)) * 3
    departures = [MONDAY + timedelta(minutes=n) for n in range(len(pairs))]

    def ask(pair: tuple[str, str], departure: datetime) -> Journey:
        return travel(fresh, *pair, departure=departure)

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(ask, pairs, departures))
    for pair, departure, journey in zip(pairs, departures, found, strict=True):
        alone = travel(tower, *pair, departure=departure)
        assert replace(journey, release="sha256:test") == alone


def test_trees_most_asked_for_are_grown_again_after_a_closure(tower: Router) -> None:
    fresh = Router(tower.network)
    for _ in range(3):
        travel(fresh, "R0", "R4")
    travel(fresh, "R0", "R1")
    lift_out = Conditions((Closure("lift@0"),))
    before = len(fresh.search.trees)
    assert fresh.warm(MONDAY, lift_out, count=1) == 1
    assert len(fresh.search.trees) == before + 1
    travel(fresh, "R2", "R4", conditions=lift_out)
    assert len(fresh.search.trees) == before + 1


def test_nodes_are_joined_by_the_bare_search(house: Router) -> None:
    start, end = house.network.places["A"][0], house.network.places["F"][0]
    path = house.find_path(start, end)
    assert path is not None
    assert (path[0], path[-1]) == (start, end)
    assert all(house.network.graph.has_edge(*hop) for hop in pairwise(path))
    assert house.find_path(start, end, profile="wheelchair") is None


def test_every_profile_has_its_own_pace(house: Router) -> None:
    durations = {
        name: travel(house, "A", "B", profile=name).duration_s
        for name in PROFILES
        if name not in {"wheelchair", "bed"}
    }
    assert durations["staff"] < durations["walk"] < durations["easy"]


THROUGH = """
    level 0 1F
    +-----+-----+-----+
    |hall1{0}{1}{2}hall2|
    |     {3}     {3}     |
    +--3--+-----+--4--+
    |B                |
    +-----------------+
    level 1 2F
    +-----+-----+-----+
    |hall3{0}{1}{2}hall4|
    +-----+-----+-----+
"""


@pytest.mark.parametrize(
    ("word", "ends"), [("lift ", "12"), ("lift ", "::"), ("esc  ", "::"), ("stair", "::")]
)
def test_nobody_is_led_across_a_car_or_a_flight(word: str, ends: str) -> None:
    wall = ":" if ends == "::" else "|"
    units = {
        "B": "walkway",
        "esc": {"category": "escalator", "wayfinder": {"direction": "up"}},
        "stair": "stairs",
    }
    used = {key: value for key, value in units.items() if key in {"B", word.strip()}}
    router = make_router(THROUGH.format(ends[0], word, ends[1], wall), units=used)
    there = travel(router, "hall1", "hall2")
    assert list_doors(there)[-2:] == ["door-3", "door-4"]
    assert all("B" in segment.units or len(segment.units) < 3 for segment in there.segments)
    assert travel(router, "hall1", "hall3").segments


def test_a_landing_between_two_doors_is_walked_across() -> None:
    router = make_router(THROUGH.format("1", "stair", "2", "|"), units={"stair": "stairs"})
    assert list_doors(travel(router, "hall1", "hall2")) == ["door-1.1", "door-2.1"]
