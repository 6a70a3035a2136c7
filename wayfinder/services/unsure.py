"""Which steps of a way depend on what changes by the hour: lifts, and doors with hours."""

from wayfinder.guide.step import StepKind
from wayfinder.services.navigate import Way


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
        Indices into the steps: lifts, and all on a run from door to door that has hours.
    """
    unsure: set[int] = set()
    index = 0
    for part in way.parts:
        timed = part.run is not None and bool(part.run.timed)
        for step in part.steps:
            if timed or step.kind is StepKind.LIFT:
                unsure.add(index)
            index += 1
    return frozenset(unsure)
