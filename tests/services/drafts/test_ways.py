"""Ways in a draft: between places and between points, as it is drawn now."""

from datetime import datetime

import pytest

from tests.drafted import Hand, drop
from wayfinder.edit import EditError
from wayfinder.route import Journey, Refusal
from wayfinder.services.drafts import Spot, find_draft_way
from wayfinder.services.drafts.ways import DraftWay

NOON = datetime(2030, 1, 2, 12)  # noqa: DTZ001 - meant in the plan's own zone


def find(hand: Hand, origin: str | Spot, destination: str | Spot) -> DraftWay:
    return find_draft_way(hand.desk, "house", hand.draft, origin, destination, at=NOON)


def test_between_places_and_points(ann: Hand) -> None:
    rooms = find(ann, "A", "C")
    assert isinstance(rooms.found, Journey)
    assert rooms.number == 0
    # of the drawing's metres: x east, y south, its corner where the frame begins
    near, far = Spot("level0", 2.0, -5.0), Spot("level0", 16.0, -5.0)
    hall = find(ann, near, far)
    assert isinstance(hall.found, Journey)
    assert hall.found.distance_m == pytest.approx(14.0, abs=0.5)
    half = find(ann, Spot("level0", 9.0, -5.0), far)
    assert isinstance(half.found, Journey)
    assert half.found.distance_m == pytest.approx(7.0, abs=0.5)
    from_room = find(ann, "A", far)
    assert isinstance(from_room.found, Journey)
    # the points are of this question alone
    assert all(not key.startswith("spot@") for key in find(ann, "A", "C").network.plan.features)


def test_the_draft_is_meant_as_it_is_now(ann: Hand) -> None:
    far = Spot("level0", 16.0, -5.0)
    assert isinstance(find(ann, "A", far).found, Journey)
    ann.do(drop("door-1"))
    way = find(ann, "A", far)
    assert isinstance(way.found, Refusal)
    assert way.number == 1
    ann.undo()
    assert isinstance(find(ann, "A", far).found, Journey)


def test_a_point_in_no_space_is_refused(ann: Hand) -> None:
    with pytest.raises(EditError):
        find(ann, Spot("level0", 500.0, 500.0), "A")
    with pytest.raises(EditError):
        find(ann, Spot("nowhere", 2.0, -5.0), "A")
