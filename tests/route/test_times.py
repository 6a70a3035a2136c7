"""How long things take whom."""

from dataclasses import replace

import pytest

from tests.route.houses import HOUSE, list_kinds, make_router, travel
from wayfinder.route import PROFILES, SegmentKind
from wayfinder.route.journey import Times
from wayfinder.route.schedule import CALM
from wayfinder.route.times import add_times, time_segment


def test_each_profile_walks_the_same_segments_at_its_own_speed() -> None:
    router = make_router(HOUSE)
    journey = travel(router, "A", "C")
    for name in ("walk", "easy", "staff"):
        costs = router.search.get_costs(name)
        for segment in journey.segments:
            walked_s = segment.length_m / PROFILES[name].speed_mps
            door_s = 2.0 if segment.kind is SegmentKind.DOOR else 0.0
            assert time_segment(segment, costs, CALM).shown_s == pytest.approx(walked_s + door_s)


def test_an_escalator_takes_what_it_takes() -> None:
    router = make_router(HOUSE)
    journey = travel(router, "A", "E")
    assert SegmentKind.STAIRS in list_kinds(journey)
    (stairs,) = (s for s in journey.segments if s.kind is SegmentKind.STAIRS)
    costs = router.search.get_costs("walk")
    escalator = replace(stairs, kind=SegmentKind.ESCALATOR)
    assert time_segment(escalator, costs, CALM) == Times(20.0, 20.0, 20.0)
    climbed = time_segment(stairs, costs, CALM)
    assert climbed.shown_s == pytest.approx(13.0)
    assert climbed.least_s < climbed.shown_s < climbed.most_s


def test_what_is_vouched_for_by_a_default_is_named_once() -> None:
    one, other = Times(1, 0.5, 2, ("a", "b")), Times(3, 2, 4, ("b", "c"))
    assert add_times([one, other]) == Times(4, 2.5, 6, ("a", "b", "c"))
    assert add_times([]) == Times(0, 0, 0)
