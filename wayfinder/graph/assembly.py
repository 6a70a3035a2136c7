"""Nodes and edges come together in one directed graph."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import dist

import networkx as nx

from wayfinder.graph.areas import Area, Floor
from wayfinder.graph.attributes import add_new_edges, make_attributes, make_node_attributes
from wayfinder.graph.boundaries import Crossing
from wayfinder.graph.doors import Door, Side
from wayfinder.graph.drawn import Drawn, Flow, Jump, Stretch, Vertex
from wayfinder.graph.elements import Edge, EdgeKind, NodeKind
from wayfinder.graph.interior import Interior, Portal, Spot, heading_deg
from wayfinder.graph.shapes import Point, as_area
from wayfinder.graph.space import line_length_m
from wayfinder.graph.spots import KIND_OF_CATEGORY, Spots
from wayfinder.graph.verticals import Link
from wayfinder.graph.zones import RESTRICTED
from wayfinder.model import Feature, Geofence, Issue, Plan, Relationship, Section, Severity, Unit
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

    def add_door(self, door: Door, flows: frozenset[Flow] | None) -> None:
        """Add a door: a node a side, and the ways through it that are allowed.

        Parameters
        ----------
        door
            The door.
        flows
            Units from and to which alone it leads, where relationships say so.
        """
        opening = door.opening
        nodes = [self._add_side(door, side) for side in door.sides]
        for (start, end), target in zip(
            (nodes, nodes[::-1]), (door.sides[1], door.sides[0]), strict=True
        ):
            source = door.sides[0] if target is door.sides[1] else door.sides[1]
            into = opening.one_way_to
            allowed = into is None or into == (target.unit_id or "outside")
            if flows is not None:
                allowed = (source.unit_id, target.unit_id) in flows
            if allowed and not opening.locked:
                edge = _edge(EdgeKind.DOOR, opening, (source.point, target.point))
                if opening.emergency_only:
                    edge["emergency"] = True
                self.graph.add_edge(start, end, **edge)

    def _add_side(self, door: Door, side: Side) -> str:
        opening_id = door.opening.id
        outside = side.unit_id is None
        node = f"outside:{opening_id}" if outside else f"door:{opening_id}:{side.unit_id}"
        kind = (
            NodeKind.OUTSIDE
            if outside
            else NodeKind.ENTRANCE
            if self._is_entrance(door)
            else NodeKind.DOOR
        )
        level_id = door.level_id if outside else self.areas[side.unit_id or ""].unit.level_id or ""
        self._add_node(
            node,
            kind,
            level_id,
            side.point,
            unit_id=side.unit_id,
            feature_id=opening_id,
            heading=side.heading,
        )
        self._doors[opening_id].append(node)
        if side.unit_id is not None:
            self.portals[side.unit_id].append(Portal(node, side.point, side.heading))
        return node

    def _is_entrance(self, door: Door) -> bool:
        """Tell whether a door leads into the open."""
        levels = [
            self.floors[self.areas[s.unit_id].unit.level_id or ""].level
            for s in door.sides
            if s.unit_id
        ]
        return door.exterior or len({level.outdoor for level in levels}) > 1

    def add_crossing(self, crossing: Crossing) -> None:
        """Add a point at which one walks over an open boundary."""
        nodes = crossing.nodes
        for node, unit_id, point, sign in zip(
            nodes, crossing.units, crossing.points, (1, -1), strict=True
        ):
            heading = (crossing.heading[0] * sign, crossing.heading[1] * sign)
            level_id = self.areas[unit_id].unit.level_id or ""
            self._add_node(
                node, NodeKind.OPENING, level_id, point, unit_id=unit_id, heading=heading
            )
            self.portals[unit_id].append(Portal(node, point, heading, open=True))
        for (start, end), line in ((nodes, crossing.points), (nodes[::-1], crossing.points[::-1])):
            edge = _edge(EdgeKind.OPENING, None, line)
            edge["clear_width_m"] = crossing.clear_width_m
            edge["features"] = crossing.units
            self.graph.add_edge(start, end, **edge)

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
                    edge = _edge(kind, None, (self._point(start), self._point(end)), floors=floors)
                    edge["features"] = link.features
                    edge["clear_width_m"] = self.areas[link.lower].unit.clear_width_m
                    if kind is EdgeKind.RAMP:
                        edge["incline"] = self.areas[link.lower].unit.incline
                    self.graph.add_edge(start, end, **edge)

    def add_drawn(self, drawn: Drawn, spots: Spots) -> None:
        """Add drawn ways and take out what is banned."""
        for vertex in (*spots.loose, *(vertex for vertex, _ in spots.at_door)):
            self._add_node(vertex.node, NodeKind.WAY, vertex.level_id, vertex.point)
        for vertex, door in spots.at_door:
            for node in self._sides_along(vertex, door, drawn.stretches):
                edge = _edge(EdgeKind.MANUAL, door.opening, ())
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
            self.graph.add_edge(one, other, **straight)

    def _add_stretch(self, stretch: Stretch) -> None:
        relationship = stretch.relationship
        edge = _edge(stretch.kind, relationship, stretch.line, floors=stretch.floors)
        edge["incline"] = relationship.incline
        self.graph.add_edge(stretch.start.node, stretch.end.node, **edge)
        if not relationship.directed:
            back = _edge(stretch.kind, relationship, stretch.line[::-1], floors=-stretch.floors)
            back["incline"] = None if relationship.incline is None else -relationship.incline
            self.graph.add_edge(stretch.end.node, stretch.start.node, **back)

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
            edge = _edge(EdgeKind.MANUAL, jump.relationship, line, floors=floors)
            if one == start or not jump.relationship.directed:
                self.graph.add_edge(one, other, **edge)

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
        unit = self._unit_of_node()
        pairs = {(unit[start], unit[end]) for start, ends in self.graph.adjacency() for end in ends}
        return sorted((a, b) for a, b in pairs if a is not None and b is not None and a != b)

    def mark_zones(self, zone_of_unit: Mapping[str, str]) -> None:
        """Note on every edge the zone that it leads into."""
        zone = {node: zone_of_unit.get(unit or "") for node, unit in self._unit_of_node().items()}
        for start, edges in self.graph.adjacency():
            left = zone[start]
            for end, data in edges.items():
                if zone[end] != left:
                    data["enters"] = zone[end]

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

    def _unit_of_node(self) -> dict[str, str | None]:
        return {node: data["unit"] for node, data in self.graph.nodes(data=True)}

    def _point(self, node: str) -> Point:
        data = self.graph.nodes[node]
        return data["x"], data["y"]

    def _add_node(
        self,
        node: str,
        kind: NodeKind,
        level_id: str,
        point: Point,
        *,
        unit_id: str | None = None,
        feature_id: str | None = None,
        heading: Point | None = None,
    ) -> None:
        lon, lat = self.plan.frame.to_degrees(*point)
        ordinal = self.floors[level_id].level.ordinal if level_id in self.floors else 0.0
        extra = {} if heading is None else {"heading_deg": heading_deg(heading)}
        self.graph.add_node(
            node,
            kind=kind,
            level=level_id,
            ordinal=ordinal,
            x=point[0],
            y=point[1],
            lon=lon,
            lat=lat,
            unit=unit_id,
            feature=feature_id,
            **extra,
        )


def _edge(
    kind: EdgeKind, feature: Feature | None, line: Sequence[Point], *, floors: float = 0.0
) -> Edge:
    """Make an edge that depends on one feature, or on none yet."""
    edge = Edge(
        kind=kind,
        length_m=line_length_m(line),
        clear_width_m=feature.clear_width_m if feature is not None else None,
        features=(feature.id,) if feature is not None else (),
        geometry=tuple(line),
        turns=0,
        through_room=0.0,
        floors=floors,
        enters=None,
    )
    access = feature.access if feature is not None and not isinstance(feature, Unit) else None
    if access is not None and access in RESTRICTED:
        edge["access"] = access
    return edge
