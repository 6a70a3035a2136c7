"""How long segments take a profile, and how long they may take."""

from collections.abc import Iterable

from wayfinder.route.costs import Costs
from wayfinder.route.journey import Segment, SegmentKind, Times
from wayfinder.route.profiles import (
    DOOR_S,
    ESCALATOR_S_PER_FLOOR,
    LIFT_ALIGHT_S,
    LIFT_BOARD_S,
    LIFT_S_PER_FLOOR,
    WAIT_RANGE,
    WALK_RANGE,
)
from wayfinder.route.schedule import Epoch


def time_segment(segment: Segment, costs: Costs, epoch: Epoch) -> Times:
    """Return how long a segment takes.

    What is walked takes 85 to 115 % of the time shown; the wait for a lift a quarter to twice
    what is assumed; rides take what they take (ours).

    Parameters
    ----------
    segment
        The segment.
    costs
        Those of the profile.
    epoch
        When it is; today's waits for lifts depend on it.
    """
    profile, floors = costs.profile, abs(segment.floors)
    if segment.kind is SegmentKind.LIFT:
        ride_s = LIFT_BOARD_S + LIFT_ALIGHT_S + LIFT_S_PER_FLOOR * floors
        waits_for = segment.waits_for
        return _make(ride_s, 0.0 if waits_for is None else costs.wait_s(waits_for, epoch))
    if segment.kind is SegmentKind.ESCALATOR:
        ride_s = ESCALATOR_S_PER_FLOOR * floors
        return _make(ride_s or segment.length_m / profile.speed_mps, 0.0)
    walked_s = segment.length_m / profile.speed_mps
    if segment.kind is SegmentKind.STAIRS and floors:
        walked_s = profile.stairs_s_per_floor * floors
    elif segment.kind is SegmentKind.DOOR:
        walked_s += DOOR_S
    return Times(walked_s, WALK_RANGE[0] * walked_s, WALK_RANGE[1] * walked_s)


def _make(ride_s: float, wait_s: float) -> Times:
    """Return the times of a ride, which takes what it takes, and of the wait for it."""
    return Times(ride_s + wait_s, ride_s + WAIT_RANGE[0] * wait_s, ride_s + WAIT_RANGE[1] * wait_s)


def add_times(times: Iterable[Times]) -> Times:
    """Add up times; what is passable by a default only is named once."""
    shown_s = least_s = most_s = 0.0
    unverified: dict[str, None] = {}
    for one in times:
        shown_s, least_s, most_s = shown_s + one.shown_s, least_s + one.least_s, most_s + one.most_s
        if one.unverified:
            unverified |= dict.fromkeys(one.unverified)
    return Times(shown_s, least_s, most_s, tuple(unverified))
