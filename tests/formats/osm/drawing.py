"""OSM files drawn in metres: shared corners are shared nodes, points on walls are nodes of them."""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from math import hypot
from pathlib import Path
from xml.sax.saxutils import quoteattr

from wayfinder.formats import ReadResult
from wayfinder.formats.osm import read_osm
from wayfinder.model import Feature, Frame, Plan

Tags = Mapping[str, str]
Point = tuple[float, float]
FRAME = Frame(13.72, 51.02)
_ON_WALL_M = 1e-6


class Drawing:
    """Collects elements; ids count from 1 by kind."""

    def __init__(self) -> None:
        self.nodes: dict[Point, tuple[int, dict[str, str]]] = {}
        self.ways: list[tuple[list[Point], dict[str, str]]] = []
        self.relations: list[tuple[list[tuple[str, int, str]], dict[str, str]]] = []

    def node(self, x: float, y: float, tags: Tags | None = None, **more: str) -> str:
        """Set a point; it becomes part of every line that passes it."""
        key, known = self.nodes.setdefault((x, y), (len(self.nodes) + 1, {}))
        known.update(tags or {}, **more)
        return f"node/{key}"

    def line(self, points: Iterable[Point], tags: Tags | None = None, **more: str) -> str:
        """Draw a line."""
        places = list(points)
        for x, y in places:
            self.node(x, y)
        self.ways.append((places, {**(tags or {}), **more}))
        return f"way/{len(self.ways)}"

    def area(self, points: Iterable[Point], tags: Tags | None = None, **more: str) -> str:
        """Draw a closed outline."""
        places = list(points)
        return self.line([*places, places[0]], tags, **more)

    def box(
        self, x: float, y: float, w: float, h: float, tags: Tags | None = None, **more: str
    ) -> str:
        """Draw a rectangle by its lower left corner and its sides."""
        corners = [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]
        return self.area(corners, tags, **more)

    def relation(self, members: Iterable[tuple[str, str]], **tags: str) -> str:
        """Group ways: reference and role."""
        parts = [(ref.split("/")[0], int(ref.split("/")[1]), role) for ref, role in members]
        self.relations.append((parts, tags))
        return f"relation/{len(self.relations)}"

    def xml(self) -> str:
        """Write it as OSM XML."""
        lines = ["<osm version='0.6'>"]
        for (x, y), (key, tags) in self.nodes.items():
            lon, lat = FRAME.to_degrees(x, y)
            lines.append(f"<node id='{key}' lon='{lon:.7f}' lat='{lat:.7f}'>{_tags(tags)}</node>")
        for number, (points, tags) in enumerate(self.ways, 1):
            refs = "".join(f"<nd ref='{key}'/>" for key in self._node_ids(points))
            lines.append(f"<way id='{number}'>{refs}{_tags(tags)}</way>")
        for number, (members, tags) in enumerate(self.relations, 1):
            parts = "".join(
                f"<member type='{kind}' ref='{key}' role='{role}'/>" for kind, key, role in members
            )
            lines.append(f"<relation id='{number}'>{parts}{_tags(tags)}</relation>")
        return "\n".join([*lines, "</osm>"])

    def _node_ids(self, points: list[Point]) -> list[int]:
        """Return the nodes of a line with all points that lie on it."""
        ids = [self.nodes[points[0]][0]]
        for start, end in pairwise(points):
            between = [p for p in self.nodes if p not in (start, end) and _between(p, start, end)]
            between.sort(key=lambda p: hypot(p[0] - start[0], p[1] - start[1]))
            ids += [self.nodes[p][0] for p in (*between, end)]
        return ids

    def read(self, folder: Path) -> ReadResult:
        """Write it into a folder and read it."""
        path = folder / "drawing.osm"
        path.write_text(self.xml(), encoding="utf-8")
        return read_osm(path)


def _between(point: Point, start: Point, end: Point) -> bool:
    whole = hypot(end[0] - start[0], end[1] - start[1])
    parts = hypot(point[0] - start[0], point[1] - start[1]) + hypot(
        end[0] - point[0], end[1] - point[1]
    )
    return parts - whole < _ON_WALL_M


def _tags(tags: Tags) -> str:
    return "".join(f"<tag k={quoteattr(k)} v={quoteattr(v)}/>" for k, v in tags.items())


def by_code(plan: Plan) -> dict[str, Feature]:
    """Return the features by their name in OSM, such as ``way/1@0``."""
    return {code: f for f in plan if (code := f.codes.get("osm")) is not None}


def codes(result: ReadResult) -> list[str]:
    """Return the codes of the reader's own issues."""
    return [issue.code for issue in result.issues if issue.code.startswith("osm-")]
