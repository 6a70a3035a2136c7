"""A journey becomes typed steps: walk some way, then do one thing.

Steps are made run by run, and those of a run that was taken before are remembered: what is said on
it depends on the door through which one came and on nothing before.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from wayfinder.graph.network import Network
from wayfinder.guide.ends import KIND_OF
from wayfinder.guide.memory import recall
from wayfinder.guide.step import Direction, Step, Summary
from wayfinder.guide.telling import Part, Told, begin, list_stretches, make_state_key
from wayfinder.guide.walks import Opening
from wayfinder.route.journey import Journey, SegmentKind
from wayfinder.route.shelves import find_shelf


def make_steps(
    network: Network, journey: Journey, *, facing_deg: float | None = None
) -> tuple[Step, ...]:
    """Make the steps of a journey.

    Parameters
    ----------
    network
        The network that it was found in.
    journey
        The way found.
    facing_deg
        Where the reader looks at the start, in degrees clockwise from north; None if unknown: then
        the first step names what to walk towards.

    Returns
    -------
    tuple of Step
        From the start to the last stop; each stop's last step is an arrival.
    """
    parts = make_parts(network, journey, facing_deg=facing_deg)
    return tuple(step for part in parts for step in part.steps)


def make_parts(
    network: Network, journey: Journey, *, facing_deg: float | None = None
) -> tuple[Part, ...]:
    """Make the steps of a journey by run; parameters as for `make_steps`."""
    told = list(_tell(network, journey, facing_deg))
    parts = [one.followed_by(other.opening) for one, other in pairwise(told)]
    return (*parts, told[-1].followed_by(Opening()))


def summarise(journey: Journey) -> Summary:
    """Count what a journey asks of whoever walks it."""
    counts: Counter[str] = Counter()
    for segment in journey.segments:
        if segment.kind in KIND_OF and segment.floors:
            way = Direction.UP if segment.floors > 0 else Direction.DOWN
            flights = segment.kind is SegmentKind.STAIRS
            counts[f"{segment.kind}.{way}"] += max(1, round(abs(segment.floors))) if flights else 1
    return Summary(journey.distance_m, journey.duration_range_s, dict(counts))


def _tell(network: Network, journey: Journey, facing_deg: float | None) -> Iterator[Told]:
    """Yield what is said of each run, remembered by run and by what came before."""
    memory, shelf = recall(network), find_shelf(network)
    state = begin(network, journey, facing_deg)
    for stretch in list_stretches(journey):
        key = stretch.make_key(shelf, make_state_key(shelf, state))
        told = memory.runs.get(key, lambda: stretch.tell(network, memory, state))  # noqa: B023
        yield told
        state = told.after
