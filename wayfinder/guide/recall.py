"""Journeys that many ask for: their steps are made once."""

from functools import lru_cache, partial

from wayfinder.graph.network import Network
from wayfinder.guide.step import Step
from wayfinder.guide.steps import make_steps
from wayfinder.route.journey import Journey

_KEPT_JOURNEYS = 2_000
"""Journeys whose steps are remembered (ours)."""


class _Way:
    """A journey that equals another where it leads along the same way, whoever walks it when.

    Steps depend on nothing else.
    """

    __slots__ = ("_hash", "journey")

    def __init__(self, journey: Journey) -> None:
        self.journey = journey
        self._hash = hash((journey.stops, journey.segments))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Way):
            return NotImplemented
        one, two = self.journey, other.journey
        return one.segments == two.segments and one.stops == two.stops


def recall_steps(
    network: Network, journey: Journey, *, facing_deg: float | None = None
) -> tuple[Step, ...]:
    """Return the steps of a journey, those of the very same way remembered.

    Parameters
    ----------
    network, journey, facing_deg
        As for `wayfinder.guide.steps.make_steps`.
    """
    recall = network.__dict__.get("_recall_steps")
    if recall is None:
        # a frozen dataclass still has a dictionary; what is kept there lives and dies with it
        recall = lru_cache(_KEPT_JOURNEYS)(partial(_make, network))
        network.__dict__["_recall_steps"] = recall
    steps: tuple[Step, ...] = recall(_Way(journey), facing_deg)
    return steps


def _make(network: Network, way: _Way, facing_deg: float | None) -> tuple[Step, ...]:
    return make_steps(network, way.journey, facing_deg=facing_deg)
