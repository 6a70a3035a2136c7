"""Where the attributes of edges stand: dictionaries that share one table of keys.

A network has tens of thousands of edges with the same keys. The dictionary of an object shares its
keys with those of its class, so that it takes 160 bytes and not 270.
"""

from typing import Any


class _Edge:
    """As `wayfinder.graph.elements.Edge`, in its order."""

    def __init__(self) -> None:
        self.kind = self.length_m = self.clear_width_m = self.features = self.geometry = None
        self.turns = self.through_room = self.floors = self.enters = None


def make_attributes() -> dict[str, Any]:
    """Make a dictionary for an edge's attributes: each that all edges have is None, to be set."""
    return vars(_Edge())
