"""OSM elements as they are read, whatever the file's format."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from wayfinder.formats.errors import UnreadableError
from wayfinder.formats.limits import MAX_FEATURE_VERTICES

Tags = Mapping[str, str]

MAX_ELEMENTS = 1_000_000
"""Far more than a site has; a bigger extract would fill the memory (ours)."""

MAX_TEXT = 255
"""Longest tag value that OSM itself accepts, in characters."""


NO_TAGS: Tags = MappingProxyType({})
"""Shared by all elements without tags: most nodes are only corners."""


@dataclass(frozen=True, slots=True)
class Node:
    """A point: longitude and latitude in degrees."""

    id: int
    lon: float
    lat: float
    tags: Tags

    @property
    def ref(self) -> str:
        """Its name in OSM: ``node/123``."""
        return f"node/{self.id}"


@dataclass(frozen=True, slots=True)
class Way:
    """A line or an outline: ids of its nodes in order."""

    id: int
    nodes: tuple[int, ...]
    tags: Tags

    @property
    def ref(self) -> str:
        """Its name in OSM: ``way/123``."""
        return f"way/{self.id}"

    @property
    def closed(self) -> bool:
        """Whether it ends where it begins and could enclose something."""
        return len(self.nodes) > 3 and self.nodes[0] == self.nodes[-1]


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a relation: ``node``, ``way`` or ``relation``, its id and its role."""

    kind: str
    id: int
    role: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A group of elements; here only multipolygons matter."""

    id: int
    members: tuple[Member, ...]
    tags: Tags

    @property
    def ref(self) -> str:
        """Its name in OSM: ``relation/123``."""
        return f"relation/{self.id}"


Element = Node | Way | Relation


@dataclass
class OsmData:
    """All elements of a file by id, in the order they were read.

    Parameters
    ----------
    file
        Name of the file, for places in errors.
    nodes, ways, relations
        Id to element.
    """

    file: str = ""
    nodes: dict[int, Node] = field(default_factory=dict)
    ways: dict[int, Way] = field(default_factory=dict)
    relations: dict[int, Relation] = field(default_factory=dict)

    def add(self, element: Element) -> None:
        """Take up an element; raises UnreadableError where there are too many."""
        if isinstance(element, Node):
            self.nodes[element.id] = element
        elif isinstance(element, Way):
            if len(element.nodes) > MAX_FEATURE_VERTICES:
                limit = MAX_FEATURE_VERTICES
                raise UnreadableError(
                    "osm-way-too-long", self.file, element=element.ref, limit=limit
                )
            self.ways[element.id] = element
        else:
            self.relations[element.id] = element
        if len(self) > MAX_ELEMENTS:
            raise UnreadableError("osm-too-many-elements", self.file, limit=MAX_ELEMENTS)

    def __len__(self) -> int:
        """Count the elements."""
        return len(self.nodes) + len(self.ways) + len(self.relations)

    def __iter__(self) -> Iterator[Element]:
        """Yield all elements."""
        yield from self.nodes.values()
        yield from self.ways.values()
        yield from self.relations.values()

    def points(self, way: Way) -> list[tuple[float, float]] | None:
        """Return a way's longitudes and latitudes, or None where one of its nodes is missing."""
        found = [self.nodes.get(node_id) for node_id in way.nodes]
        known = [(node.lon, node.lat) for node in found if node is not None]
        return known if len(known) == len(found) else None

    def tagged_nodes(self) -> Iterator[Node]:
        """Yield the nodes that mean something by themselves."""
        return (node for node in self.nodes.values() if node.tags)
