"""Which steps of a way depend on what changes by the hour: lifts, and doors with hours."""

from itertools import accumulate

from wayfinder.guide.step import StepKind
from wayfinder.services.navigate import Way

_SLACK_M = 0.5
"""A step may begin in the middle of a door that the way passes through (ours)."""


def find_unsure_steps(way: Way) -> frozenset[int]:
    """Find the steps that may no longer hold when nobody has confirmed them for a while.

    A phone without network goes on showing them, but marks them "not confirmed since 10:42".

    Parameters
    ----------
    way
        A way with its steps.

    Returns
    -------
    frozenset of int
        Indices into the steps.
    """
    unsure = {index for index, step in enumerate(way.steps) if step.kind is StepKind.LIFT}
    ends_m = list(accumulate(step.distance_m for step in way.steps))
    walked_m = 0.0
    hours = way.served.router.schedule.hours
    for segment in way.journey.segments:
        if not hours.keys().isdisjoint(segment.features):
            reached = (i for i, end_m in enumerate(ends_m) if end_m >= walked_m - _SLACK_M)
            unsure.add(next(reached, len(ends_m) - 1))
        walked_m += segment.length_m
    return frozenset(unsure)
