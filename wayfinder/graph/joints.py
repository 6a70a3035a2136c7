"""Doors and open boundaries as nodes and edges: all of a level's, which the next build takes over.

Either is a node a side, so that every node lies in one unit.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from wayfinder.graph.areas import Area
from wayfinder.graph.attributes import make_edge, make_node
from wayfinder.graph.boundaries import Crossing
from wayfinder.graph.doors import Door, Side
from wayfinder.graph.drawn import Flow
from wayfinder.graph.elements import Edge, EdgeKind, Node, NodeKind
from wayfinder.graph.interior import Portal, heading_deg
from wayfinder.graph.shapes import Point
from wayfinder.model import Frame, Level


@dataclass(frozen=True, slots=True)
class Joints:
    """What joins the units of a level to each other and to the outside.

    Parameters
    ----------
    nodes, edges
        With their attributes.
    portals
        Unit id and the portal that it has by them.
    of_door
        Id of an opening and a node of it.
    """

    nodes: list[tuple[str, Node]] = field(default_factory=list)
    edges: list[tuple[str, str, Edge]] = field(default_factory=list)
    portals: list[tuple[str, Portal]] = field(default_factory=list)
    of_door: list[tuple[str, str]] = field(default_factory=list)


def join_level(
    doors: Iterable[Door],
    crossings: Iterable[Crossing],
    flows: Mapping[str, frozenset[Flow]],
    areas: Mapping[str, Area],
    levels: Mapping[str, Level],
    frame: Frame,
) -> Joints:
    """Make the nodes and edges of a level's doors and open boundaries.

    Parameters
    ----------
    doors, crossings
        The level's.
    flows
        Opening id to the units from and to which alone it leads, where relationships say so.
    areas, levels
        By id: the level's, and those of its neighbours of the same ordinal.
    frame
        Metres to degrees.
    """
    joiner = _Joiner(areas, levels, frame)
    for door in doors:
        joiner.add_door(door, flows.get(door.opening.id))
    for crossing in crossings:
        joiner.add_crossing(crossing)
    return joiner.made


class _Joiner:
    """Gathers the nodes and edges of one door, or boundary, after the other."""

    def __init__(
        self, areas: Mapping[str, Area], levels: Mapping[str, Level], frame: Frame
    ) -> None:
        self.areas = areas
        self.levels = levels
        self.frame = frame
        self.made = Joints()

    def add_door(self, door: Door, flows: frozenset[Flow] | None) -> None:
        """Add a door: a node a side, and the ways through it that are allowed."""
        opening = door.opening
        ends = [(self._add_side(door, side), side) for side in door.sides]
        for (start, source), (end, target) in (ends, ends[::-1]):
            into = opening.one_way_to
            allowed = into is None or into == (target.unit_id or "outside")
            if flows is not None:
                allowed = (source.unit_id, target.unit_id) in flows
            if allowed and not opening.locked:
                edge = make_edge(EdgeKind.DOOR, opening, (source.point, target.point))
                if opening.emergency_only:
                    edge["emergency"] = True
                self.made.edges.append((start, end, edge))

    def _add_side(self, door: Door, side: Side) -> str:
        opening_id, unit_id = door.opening.id, side.unit_id
        if unit_id is None:
            node, kind, level_id = f"outside:{opening_id}", NodeKind.OUTSIDE, door.level_id
        else:
            node, level_id = f"door:{opening_id}:{unit_id}", self._find_level(unit_id).id
            kind = NodeKind.ENTRANCE if self._is_entrance(door) else NodeKind.DOOR
            self.made.portals.append((unit_id, Portal(node, side.point, side.heading)))
        made = self._add_node(node, kind, level_id, side.point, side.heading)
        made["unit"], made["feature"] = unit_id, opening_id
        self.made.of_door.append((opening_id, node))
        return node

    def _is_entrance(self, door: Door) -> bool:
        """Tell whether a door leads into the open."""
        levels = [self._find_level(side.unit_id) for side in door.sides if side.unit_id]
        return door.exterior or len({level.outdoor for level in levels}) > 1

    def add_crossing(self, crossing: Crossing) -> None:
        """Add a point at which one walks over an open boundary."""
        nodes = crossing.nodes
        for node, unit_id, point, sign in zip(
            nodes, crossing.units, crossing.points, (1, -1), strict=True
        ):
            heading = (crossing.heading[0] * sign, crossing.heading[1] * sign)
            level_id = self._find_level(unit_id).id
            self._add_node(node, NodeKind.OPENING, level_id, point, heading)["unit"] = unit_id
            self.made.portals.append((unit_id, Portal(node, point, heading, open=True)))
        for (start, end), line in ((nodes, crossing.points), (nodes[::-1], crossing.points[::-1])):
            edge = make_edge(EdgeKind.OPENING, None, line)
            edge["clear_width_m"] = crossing.clear_width_m
            edge["features"] = crossing.units
            self.made.edges.append((start, end, edge))

    def _find_level(self, unit_id: str) -> Level:
        return self.levels[self.areas[unit_id].unit.level_id or ""]

    def _add_node(
        self, node: str, kind: NodeKind, level_id: str, point: Point, heading: Point
    ) -> Node:
        """Add a node, and return its attributes, of which what it belongs to is still missing."""
        made = make_node(kind, level_id, self.levels[level_id].ordinal, point, self.frame)
        made["heading_deg"] = heading_deg(heading)
        self.made.nodes.append((node, made))
        return made
