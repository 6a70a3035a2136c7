"""What guidance remembers of a network: it is made when first asked for and dies with it."""

from collections.abc import Hashable
from typing import Any

from wayfinder.graph.network import Network
from wayfinder.guide.ends import Ends
from wayfinder.guide.moves import Move
from wayfinder.guide.outlook import find_portal
from wayfinder.guide.sights import Sights
from wayfinder.guide.walks import Said, State, Walk
from wayfinder.kept import Kept, keep_with

_KEPT_WALKS, _KEPT_RUNS, _KEPT_WORDS = 3_000, 2_000, 6_000
"""A run with its steps takes some 4 kB, a walk 1 kB, a text 0.4 kB (ours)."""


class Memory:
    """What guidance remembers of one network.

    Parameters
    ----------
    network
        The network.
    """

    def __init__(self, network: Network) -> None:
        self._network = network
        self.sights = Sights(network)
        self.ends = Ends(network, self.sights)
        self._walks: Kept[Hashable, Said] = Kept(_KEPT_WALKS)
        self.runs: Kept[Hashable, Any] = Kept(_KEPT_RUNS)
        """What `wayfinder.guide.telling` says of a run."""
        self.words: Kept[Hashable, Any] = Kept(_KEPT_WORDS)
        """What `wayfinder.guide.answer` says of a step."""
        self.names: Kept[tuple[str, str], str] = Kept(_KEPT_WORDS)
        """What features are called, by id and language."""
        self.heads: Kept[str, bytes] = Kept(_KEPT_WALKS)
        """What `wayfinder.guide.legs` says of a level."""

    def recall_walk(self, move: Move, state: State) -> Said:
        """Return what is said on a walk: many journeys that go elsewhere begin with it."""
        region = self.sights.find_region(move.node)
        portal = find_portal(region, move)
        door = None if portal is None else (portal.node, portal.feature, portal.rise)
        key = (type(move.event), move.node, move.level, door, state, move.line)
        return self._walks.get(key, lambda: Walk(self._network, region, move, portal, state).said)


def recall(network: Network) -> Memory:
    """Return what is remembered of a network."""
    return keep_with(network, "guide", lambda: Memory(network))
