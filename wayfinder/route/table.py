"""The network as columns, so that costs and trees are made by NumPy and SciPy alone."""

from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from wayfinder.graph import EdgeKind, Network, NodeKind
from wayfinder.kept import keep_with
from wayfinder.model import Access

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

KINDS = tuple(EdgeKind)
_CODE_OF_KIND = {kind: code for code, kind in enumerate(KINDS)}
_FIGURES = ("length_m", "floors", "turns", "through_room")
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


def find_table(network: Network) -> Table:
    """Return the table of a network, compiled now if nobody has asked for it before.

    It is kept with the network, since checks and searches of the same draft both need it; raises
    what `compile_table` raises.
    """
    return keep_with(network, "table", lambda: compile_table(network))


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
    """Read the columns, by name, and the groups."""
    adjacent = list(graph.adjacency())
    edges = [edge for _, heads in adjacent for edge in heads.values()]
    group, groups = _find_groups(graph)
    kind = np.array([_CODE_OF_KIND[one.kind] for one in groups], np.int8)
    values = chain.from_iterable(map(itemgetter(*_FIGURES), edges))
    figures = (
        np.fromiter(values, np.float64, len(edges) * len(_FIGURES)).reshape(-1, len(_FIGURES)).T
    )
    tail = [index[node] for node, heads in adjacent for _ in heads]
    head = [index[node] for _, heads in adjacent for node in heads]
    _check_figures(figures, tail, head, tuple(index))
    enters = [edge["enters"] for edge in edges]
    zone = [-1 if one is None else zone_index[one] for one in enters]
    columns: dict[str, NDArray[Any]] = {
        **dict(zip(_FIGURES, figures, strict=True)),
        "tail": np.array(tail, np.int32),
        "head": np.array(head, np.int32),
        "kind": kind[group] if groups else kind,
        "zone": np.array(zone, np.int32),
        "group": group,
    }
    return columns, groups


def _find_groups(graph: "nx.DiGraph[str]") -> tuple[Ints, tuple[Group, ...]]:
    """Return the group of each edge, in the order of the graph, and the groups."""
    rooms: dict[tuple[str | None, str], int] = {}  # a number is compared faster
    room_of = {
        node: rooms.setdefault((data["unit"], data["level"]), len(rooms))
        for node, data in graph.nodes(data=True)
    }
    numbers: dict[tuple[Any, ...], int] = {}  # making a group for each edge is slow
    found = []
    for tail, heads in graph.adjacency():
        here = room_of[tail]
        for head, edge in heads.items():
            key = (
                edge["kind"],
                edge["features"],
                edge["clear_width_m"],
                edge.get("incline"),
                edge["through_room"] >= 1,
                here,
                room_of[head],
                edge.get("access"),
                edge.get("emergency", False),
            )
            found.append(numbers.setdefault(key, len(numbers)))
    where = tuple(rooms)
    groups = tuple(_make_group(key, where[key[5]], where[key[6]]) for key in numbers)
    return np.array(found, np.int32), groups


def _make_group(
    key: tuple[Any, ...], here: tuple[str | None, str], there: tuple[str | None, str]
) -> Group:
    """Make a group of its key, and of unit and level on both sides."""
    kind, features, clear_width_m, incline, crosses_room, _, _, access, emergency = key
    code = _CODE_OF_KIND.get(kind)
    if code is None:
        raise ValueError(f"{kind!r} is no kind of edge")
    return Group(
        KINDS[code],
        features,
        clear_width_m,
        incline,
        crosses_room,
        units=(here[0], there[0]),
        levels=(here[1], there[1]),
        access=access,
        emergency=emergency,
    )


def _check_figures(
    figures: Floats, tail: Sequence[int], head: Sequence[int], nodes: Sequence[str]
) -> None:
    """Refuse figures, shape (4, edges), that are infinite or no numbers, and negative lengths."""
    wrong = ~np.isfinite(figures).all(axis=0) | (figures[0] < 0)
    if wrong.any():
        first = int(np.argmax(wrong))
        values = tuple(figures[:, first].tolist())
        raise ValueError(
            f"the way from {nodes[tail[first]]!r} to {nodes[head[first]]!r} has impossible "
            f"figures: {values}"
        )
