"""The network as columns, so that costs and trees are made by NumPy and SciPy alone."""

from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from wayfinder.graph import EdgeKind, Network, NodeKind
from wayfinder.model import Access

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

KINDS = tuple(EdgeKind)
_CODE_OF_KIND = {kind: code for code, kind in enumerate(KINDS)}
_CARRIERS = frozenset({NodeKind.LIFT, NodeKind.STAIRS, NodeKind.ESCALATOR})


class Group(NamedTuple):
    """What edges have in common that are passable, open and verified together.

    Rooms have many edges and one verdict; so verdicts are made by group and spread by indexing.
    """

    kind: EdgeKind
    features: tuple[str, ...]
    clear_width_m: float | None
    incline: float | None
    crosses_room: bool
    units: tuple[str | None, str | None]
    levels: tuple[str, str]
    access: Access | None = None
    emergency: bool = False


_Key = tuple[
    EdgeKind,
    tuple[str, ...],
    float | None,
    float | None,
    bool,
    tuple[str | None, str | None],
    tuple[str, str],
    Access | None,
    bool,
]
"""A group's members, in their order."""


@dataclass(frozen=True)
class Table:
    """A network's edges as columns, in the order of the reversed graph: by head, then by tail.

    Parameters
    ----------
    nodes
        Node id by index.
    index
        Node index by id.
    tail, head
        Node index each edge leaves and reaches, shape (edges,).
    kind
        Index into `KINDS`, shape (edges,).
    length_m, floors, turns, through_room
        As in `wayfinder.graph.Edge`, shape (edges,).
    zone
        Index into `zones` of the zone that an edge enters, -1 where it enters none, shape (edges,).
    group
        Index into `groups`, shape (edges,).
    groups
        What edges have in common.
    zones
        Zone id by index.
    places
        Indices of the nodes that are places, ascending.
    carriers
        Indices of the nodes from which one changes floors, ascending.
    """

    nodes: tuple[str, ...]
    index: Mapping[str, int]
    tail: Ints
    head: Ints
    kind: NDArray[np.int8]
    length_m: Floats
    floors: Floats
    turns: Floats
    through_room: Floats
    zone: Ints
    group: Ints
    groups: tuple[Group, ...]
    zones: tuple[str, ...]
    places: Ints
    carriers: Ints

    def is_kind(self, *kinds: EdgeKind) -> Mask:
        """Tell which edges are of some kinds, shape (edges,)."""
        return np.isin(self.kind, [_CODE_OF_KIND[kind] for kind in kinds])

    def get_row(self, tail: int, head: int) -> int:
        """Return the row of an edge; raises KeyError where there is none."""
        tails, starts = self._rows
        row = bisect_left(tails, tail, starts[head], starts[head + 1])
        if row == starts[head + 1] or tails[row] != tail:
            raise KeyError((self.nodes[tail], self.nodes[head]))
        return row

    def find_group_and_zone(self, tail: int, head: int) -> tuple[int, int]:
        """Return group and zone of an edge; raises KeyError where there is none."""
        groups, zones = self._marks
        row = self.get_row(tail, head)
        return groups[row], zones[row]

    @cached_property
    def _marks(self) -> tuple["array[int]", "array[int]"]:
        """Groups and zones, as arrays that Python reads fast."""
        return array("i", self.group.tolist()), array("i", self.zone.tolist())

    @cached_property
    def _rows(self) -> tuple["array[int]", "array[int]"]:
        """Tails, and for each head where its rows start, as arrays that Python reads fast."""
        counts = np.bincount(self.head, minlength=len(self.nodes))
        starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
        return array("i", self.tail.tolist()), array("i", starts.tolist())


def compile_table(network: Network) -> Table:
    """Compile a network.

    Nothing defaults: an edge without a figure that a cost needs is refused here, before anyone is
    sent along it.

    Raises
    ------
    KeyError
        Where a figure or a zone is missing.
    ValueError
        For an unknown kind of edge, or a figure that is not one.
    """
    graph = network.graph
    nodes = tuple(graph)
    index = {node: position for position, node in enumerate(nodes)}
    zones = tuple(network.zones)
    rows, groups = _read_edges(graph, index, {zone: i for i, zone in enumerate(zones)})
    order = np.lexsort((rows["tail"], rows["head"]))
    columns = {name: column[order] for name, column in rows.items()}
    kinds = graph.nodes(data="kind")
    places, carriers = (
        np.array([index[node] for node in nodes if kinds[node] in wanted], np.int32)
        for wanted in ({NodeKind.PLACE}, _CARRIERS)
    )
    return Table(
        nodes, index, **columns, groups=groups, zones=zones, places=places, carriers=carriers
    )


def _read_edges(
    graph: "nx.DiGraph[str]", index: Mapping[str, int], zone_index: Mapping[str, int]
) -> tuple[dict[str, NDArray[Any]], tuple[Group, ...]]:
    groups: dict[_Key, int] = {}  # making a group for each edge is slow
    where = {node: (data["unit"], data["level"]) for node, data in graph.nodes(data=True)}
    rows = []
    for tail, heads in graph.adjacency():
        (tail_unit, tail_level), tail_index = where[tail], index[tail]
        for head, edge in heads.items():
            head_unit, head_level = where[head]
            through, code = edge["through_room"], _CODE_OF_KIND.get(edge["kind"])
            if code is None:
                raise ValueError(f"{edge['kind']!r} is no kind of edge")
            key = (
                KINDS[code],
                tuple(edge["features"]),
                edge["clear_width_m"],
                edge.get("incline"),
                through >= 1,
                (tail_unit, head_unit),
                (tail_level, head_level),
                edge.get("access"),
                edge.get("emergency", False),
            )
            group = groups.setdefault(key, len(groups))
            zone = -1 if edge["enters"] is None else zone_index[edge["enters"]]
            figures = (edge["length_m"], edge["floors"], edge["turns"], through)
            rows.append((tail_index, index[head], code, *figures, zone, group))
    names = ("tail", "head", "kind", "length_m", "floors", "turns", "through_room", "zone", "group")
    types = (np.int32, np.int32, np.int8, *(np.float64,) * 4, np.int32, np.int32)
    table = np.array(rows, dtype=np.float64).reshape(-1, len(names))
    _check_figures(table[:, 3:7], table[:, :2], tuple(index))
    columns = {
        name: table[:, i].astype(kind)
        for i, (name, kind) in enumerate(zip(names, types, strict=True))
    }
    return columns, tuple(Group(*key) for key in groups)


def _check_figures(figures: Floats, ends: Floats, nodes: Sequence[str]) -> None:
    """Refuse figures, shape (edges, 4), that are infinite or no numbers, and negative lengths."""
    wrong = ~np.isfinite(figures).all(axis=1) | (figures[:, 0] < 0)
    if wrong.any():
        first = int(np.argmax(wrong))
        tail, head = (nodes[int(node)] for node in ends[first])
        values = tuple(figures[first].tolist())
        raise ValueError(f"the way from {tail!r} to {head!r} has impossible figures: {values}")
