"""OSM PBF through libosmium, which comes with the extra ``osm``."""

from pathlib import Path
from typing import Any

from wayfinder.formats.errors import UnreadableError
from wayfinder.formats.osm.elements import NO_TAGS, Member, Node, OsmData, Relation, Way

_KINDS = {"n": "node", "w": "way", "r": "relation"}


def read_pbf(path: Path, data: OsmData) -> None:
    """Read an OSM PBF file into data.

    Raises
    ------
    UnreadableError
        It is damaged, or pyosmium is not installed.
    """
    try:
        import osmium
    except ImportError:
        raise UnreadableError("osm-needs-extra", data.file) from None
    try:
        for element in osmium.FileProcessor(osmium.io.File(str(path), "pbf")):
            _add(element, data)
    except (RuntimeError, ValueError) as error:
        problem = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        raise UnreadableError("osm-not-pbf", data.file, problem=problem) from None


def _add(element: Any, data: OsmData) -> None:  # noqa: ANN401 - osmium has no stubs
    """Copy one element: libosmium's own lives only until the next is read."""
    if element.deleted:
        return
    tags = {tag.k: tag.v for tag in element.tags} or NO_TAGS
    if element.is_node():
        if element.location.valid():
            data.add(Node(element.id, element.location.lon, element.location.lat, tags))
    elif element.is_way():
        data.add(Way(element.id, tuple(node.ref for node in element.nodes), tags))
    elif element.is_relation():
        members = (Member(_KINDS.get(m.type, ""), m.ref, m.role) for m in element.members)
        data.add(Relation(element.id, tuple(members), tags))
