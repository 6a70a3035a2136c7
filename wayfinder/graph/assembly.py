"""Nodes and edges come together in one directed graph."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import dist
from typing import cast

import networkx as nx

from wayfinder.graph.areas import Area, Floor
from wayfinder.graph.attributes import (
    add_new_edges,
    add_nodes,
    make_attributes,
    make_edge,
    make_node,
    make_node_attributes,
    share_keys,
)
from wayfinder.graph.doors import Door
from wayfinder.graph.drawn import Drawn, Jump, Stretch, Vertex
from wayfinder.graph.elements import Edge, EdgeKind, NodeKind
from wayfinder.graph.interior import Interior, Portal, Spot
from wayfinder.graph.joints import Joints
from wayfinder.graph.shapes import Point, as_area
from wayfinder.graph.spots import KIND_OF_CATEGORY, Spots
from wayfinder.graph.verticals import Link
from wayfinder.model import Feature, Geofence, Issue, Plan, Relationship, Section, Severity
from wayfinder.model.categories import ESCALATOR, LIFT, RAMP

_ALONG_M = 0.05
"""A line that comes no further into a unit runs along its wall."""

_LINK_KIND = {LIFT: EdgeKind.LIFT_RIDE, ESCALATOR: EdgeKind.ESCALATOR, RAMP: EdgeKind.RAMP}


class Assembly:
    """A graph in the making.

    Parameters
    ----------
    plan
        The plan.
    floors
        Level id to floor.
    """

    def __init__(self, plan: Plan, floors: Mapping[str, Floor]) -> None:
        self.plan = plan
        self.floors = floors
        self.areas: dict[str, Area] = {
            key: area for floor in floors.values() for key, area in floor.areas.items()
        }
        self.graph: nx.DiGraph[str] = nx.DiGraph()
        # of this graph alone: a copy has dictionaries like any other
        self.graph.edge_attr_dict_factory = make_attributes  # type: ignore[method-assign, misc]
        self.graph.node_attr_dict_factory = make_node_attributes  # type: ignore[method-assign, misc]
        self.portals: defaultdict[str, list[Portal]] = defaultdict(list)
        self.issues: list[Issue] = []
        self._doors: defaultdict[str, list[str]] = defaultdict(list)
        self._across: dict[tuple[str, str], None] = {}

    def add_joints(self, joints: Joints) -> None:
        """Add the doors and open boundaries of a level."""
        add_nodes(self.graph, joints.nodes)
        for start, end, edge in joints.edges:
            self._add_edge(start, end, edge)
        for unit_id, portal in joints.portals:
            self.portals[unit_id].append(portal)
        for opening_id, node in joints.of_door:
            self._doors[opening_id].append(node)

    def add_interior(
        self, area: Area, interior: Interior, spots: Sequence[Spot], features: Mapping[str, str]
    ) -> None:
        """Add what lies inside a unit."""
        level_id = area.unit.level_id or ""
        for spot in spots:
            self._add_node(
                spot.node,
                spot.kind,
                level_id,
                spot.point,
                unit_id=area.unit.id,
                feature_id=features[spot.node],
            )
        for junction in interior.junctions:
            self._add_node(
                junction.node, NodeKind.JUNCTION, level_id, junction.point, unit_id=area.unit.id
            )
        add_new_edges(self.graph, interior.edges)
        for node in interior.stranded:
            self._report_stranded(node, area)

    def _report_stranded(self, node: str, area: Area) -> None:
        """Report a node that no line inside its unit reaches."""
        data = self.graph.nodes[node]
        features = tuple(key for key in (data["feature"], area.unit.id) if key)
        place = (data["lon"], data["lat"])
        self.issues.append(
            Issue("node-stranded", Severity.WARNING, {}, features, data["level"], place)
        )

    def add_links(self, links: Iterable[Link]) -> None:
        """Add the ways between floors."""
        for link in links:
            kind = _LINK_KIND.get(link.category, EdgeKind.STAIRS)
            node_kind = KIND_OF_CATEGORY.get(link.category, NodeKind.STAIRS)
            lower, upper = f"{node_kind}:{link.lower}", f"{node_kind}:{link.upper}"
            if lower not in self.graph or upper not in self.graph:
                continue
            rise = self.graph.nodes[upper]["ordinal"] - self.graph.nodes[lower]["ordinal"]
            for allowed, start, end, floors in (
                (link.up, lower, upper, rise),
                (link.down, upper, lower, -rise),
            ):
                if allowed:
                    edge = make_edge(
                        kind, None, (self._point(start), self._point(end)), floors=floors
                    )
                    edge["features"] = link.features
                    edge["clear_width_m"] = self.areas[link.lower].unit.clear_width_m
                    if kind is EdgeKind.RAMP:
                        edge["incline"] = self.areas[link.lower].unit.incline
                    self._add_edge(start, end, edge)

    def add_drawn(self, drawn: Drawn, spots: Spots) -> None:
        """Add drawn ways and take out what is banned."""
        for vertex in (*spots.loose, *(vertex for vertex, _ in spots.at_door)):
            self._add_node(vertex.node, NodeKind.WAY, vertex.level_id, vertex.point)
        for vertex, door in spots.at_door:
            for node in self._sides_along(vertex, door, drawn.stretches):
                edge = make_edge(EdgeKind.MANUAL, door.opening, ())
                if door.opening.emergency_only and not door.exterior:
                    edge["emergency"] = True
                self._add_both(vertex.node, node, edge)
        for stretch in drawn.stretches:
            self._add_stretch(stretch)
        for jump in drawn.jumps:
            self._add_jump(jump, spots)
        for ban in drawn.bans:
            self._ban(ban)

    def _sides_along(self, vertex: Vertex, door: Door, stretches: Iterable[Stretch]) -> list[str]:
        """Return the sides of a door on which drawn lines end at it.

        A way that ends at a door leads to it, not through it: the door itself may be locked, lead
        one way or take its time.
        """
        nodes = self._doors[door.opening.id]
        if door.exterior:
            return [node for node in nodes if node.startswith("outside:")]
        away = [
            (line[1][0] - line[0][0], line[1][1] - line[0][1])
            for stretch in stretches
            for end, line in ((stretch.start, stretch.line), (stretch.end, stretch.line[::-1]))
            if end.node == vertex.node
        ]
        along = [
            node
            for node, side in zip(nodes, door.sides, strict=True)
            if any(dx * side.heading[0] + dy * side.heading[1] > _ALONG_M for dx, dy in away)
        ]
        return along or nodes

    def _add_both(self, start: str, end: str, edge: Edge) -> None:
        """Add an edge and its reverse as a straight line between two nodes."""
        points = (self._point(start), self._point(end))
        for one, other, line in ((start, end, points), (end, start, points[::-1])):
            straight = Edge(**{**edge, "geometry": line, "length_m": dist(*line)})
            self._add_edge(one, other, straight)

    def _add_stretch(self, stretch: Stretch) -> None:
        relationship = stretch.relationship
        edge = make_edge(stretch.kind, relationship, stretch.line, floors=stretch.floors)
        edge["incline"] = relationship.incline
        self._add_edge(stretch.start.node, stretch.end.node, edge)
        if not relationship.directed:
            back = make_edge(stretch.kind, relationship, stretch.line[::-1], floors=-stretch.floors)
            back["incline"] = None if relationship.incline is None else -relationship.incline
            self._add_edge(stretch.end.node, stretch.start.node, back)

    def _add_jump(self, jump: Jump, spots: Spots) -> None:
        origins, destinations = (
            self._nodes_of(key, spots) for key in (jump.origin, jump.destination)
        )
        if not origins or not destinations:
            values = {"category": jump.relationship.category}
            self.issues.append(
                Issue(
                    "relationship-without-ends", Severity.WARNING, values, (jump.relationship.id,)
                )
            )
            return
        start, end = min(
            ((a, b) for a in origins for b in destinations),
            key=lambda pair: dist(*map(self._point, pair)),
        )
        rise = self.graph.nodes[end]["ordinal"] - self.graph.nodes[start]["ordinal"]
        for one, other, floors in ((start, end, rise), (end, start, -rise)):
            line = (self._point(one), self._point(other))
            edge = make_edge(EdgeKind.MANUAL, jump.relationship, line, floors=floors)
            if one == start or not jump.relationship.directed:
                self._add_edge(one, other, edge)

    def _nodes_of(self, feature_id: str, spots: Spots) -> list[str]:
        return [*spots.of_feature.get(feature_id, ()), *self._doors.get(feature_id, ())]

    def _ban(self, ban: Relationship) -> None:
        """Take out the edges that a ban names: at an opening, between two units, or all of one."""
        ends = [key for key in (ban.origin_id, ban.destination_id) if key is not None]
        through = set(ban.intermediary_ids)
        for start, end, data in list(self.graph.edges(data=True)):
            units = (self.graph.nodes[start]["unit"], self.graph.nodes[end]["unit"])
            between = len(ends) > 1 and (
                units == tuple(ends) or (not ban.directed and units == tuple(ends[::-1]))
            )
            alone = len(ends) == 1 and not through and ends[0] in data["features"]
            at_opening = bool(through & set(data["features"])) and (between or len(ends) < 2)
            if alone or at_opening or (between and not through):
                self.graph.remove_edge(start, end)

    def touching(self) -> list[tuple[str, str]]:
        """List the pairs of units that some edge joins."""
        nodes = self.graph.nodes
        ends = ((nodes[start]["unit"], nodes[end]["unit"]) for start, end, _ in self._list_across())
        return sorted({(a, b) for a, b in ends if a is not None and b is not None and a != b})

    def mark_zones(self, zone_of_unit: Mapping[str, str]) -> None:
        """Note on every edge the zone that it leads into."""
        nodes = self.graph.nodes
        for start, end, data in self._list_across():
            left, zone = (zone_of_unit.get(nodes[node]["unit"] or "") for node in (start, end))
            if zone != left:
                data["enters"] = zone

    def _list_across(self) -> list[tuple[str, str, Edge]]:
        """List the edges but for those of interiors, which stay in one unit."""
        edges = self.graph.edges
        return [(*pair, cast("Edge", edges[pair])) for pair in self._across if pair in edges]

    def places(self, spots: Spots) -> dict[str, tuple[str, ...]]:
        """Return the nodes at which one has arrived, by feature."""
        places = {key: nodes for key, nodes in spots.of_feature.items() if nodes}
        places |= {key: tuple(nodes) for key, nodes in self._doors.items()}
        for area in (*self.plan.list_of(Section), *self.plan.list_of(Geofence)):
            levels = area.level_ids if isinstance(area, Geofence) else (area.level_id or "",)
            nodes = [
                node
                for level in levels
                for unit in self._list_units_in(area, level)
                for node in spots.of_feature.get(unit, ())
            ]
            if nodes:
                places[area.id] = tuple(nodes)
        return places

    def _list_units_in(self, section: Feature, level_id: str) -> list[str]:
        """List the units of a level of which at least half lies in a section."""
        shape, floor = as_area(self.plan.find_geometry_m(section.id)), self.floors.get(level_id)
        near = [] if floor is None or shape.is_empty else floor.near(shape, 0.0)
        return [
            area.unit.id
            for area in near
            if shape.intersection(area.outline).area >= area.extent_m2 / 2
        ]

    def _point(self, node: str) -> Point:
        data = self.graph.nodes[node]
        return data["x"], data["y"]

    def _add_edge(self, start: str, end: str, edge: Edge) -> None:
        """Add an edge that may lead into another unit; over one that is there, but never into it.

        The attributes of edges inside a unit are those of the next build's, too.
        """
        known = self.graph[start].get(end, {})
        add_new_edges(self.graph, [(start, end, share_keys(cast("Edge", {**known, **edge})))])
        self._across[start, end] = None

    def _add_node(
        self,
        node: str,
        kind: NodeKind,
        level_id: str,
        point: Point,
        *,
        unit_id: str | None = None,
        feature_id: str | None = None,
    ) -> None:
        level = self.floors[level_id].level if level_id in self.floors else None
        made = make_node(
            kind,
            level_id,
            0.0 if level is None else level.ordinal,
            point,
            self.plan.frame,
            unit_id=unit_id,
            feature_id=feature_id,
        )
        add_nodes(self.graph, [(node, made)])
