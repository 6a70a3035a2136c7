"""OSM XML, read as a stream by expat with every kind of entity refused.

The standard library's reader is used rather than libosmium's, so that XML needs no extra; a
document that declares a type or an entity, or holds a token of a megabyte, is refused before it is
expanded (https://docs.python.org/3/library/xml.html#xml-security).
"""

from math import isfinite
from typing import BinaryIO
from xml.parsers import expat

from wayfinder.formats.errors import UnreadableError
from wayfinder.formats.osm.elements import NO_TAGS, Member, Node, OsmData, Relation, Way

_CHUNK = 1 << 16
_MAX_TOKEN = 1 << 20
_MAX_DEPTH = 16


def read_xml(stream: BinaryIO, data: OsmData) -> None:
    """Read OSM XML from a stream into data.

    Raises
    ------
    UnreadableError
        It is not well-formed, declares entities, or is no OSM file.
    """
    reader = _Reader(data)
    while chunk := stream.read(_CHUNK):
        reader.feed(chunk)
    reader.close()


class _Reader:
    """Collects elements from expat's events."""

    def __init__(self, data: OsmData) -> None:
        self._data = data
        self._depth = 0
        self._attributes: dict[str, str] | None = None
        self._tags: dict[str, str] = {}
        self._nodes: list[int] = []
        self._members: list[Member] = []
        self._fed = 0
        parser = self._parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.EntityDeclHandler = self._refuse_doctype

    def feed(self, chunk: bytes) -> None:
        """Parse some more; raises UnreadableError."""
        self._parse(chunk, final=False)
        self._fed += len(chunk)
        # expat before 2.6 reads an unfinished token anew with every chunk: quadratic time.
        if self._fed - max(self._parser.CurrentByteIndex, 0) > _MAX_TOKEN:
            raise UnreadableError("osm-token-too-long", self._place(), limit=_MAX_TOKEN)

    def close(self) -> None:
        """Finish; raises UnreadableError where the document ends too early."""
        self._parse(b"", final=True)

    def _parse(self, chunk: bytes, *, final: bool) -> None:
        try:
            self._parser.Parse(chunk, final)
        except expat.ExpatError as error:
            problem = expat.ErrorString(error.code)
            raise UnreadableError("osm-not-xml", self._place(), problem=problem) from None

    def _place(self) -> str:
        parser = self._parser
        line, column = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        return f"{self._data.file}: line {line}, column {column}"

    def _refuse_doctype(self, *_: object) -> None:
        raise UnreadableError("osm-entities", self._place())

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 1 and name not in {"osm", "osmChange"}:
            raise UnreadableError("osm-not-osm", self._place(), element=name[:40])
        if self._depth > _MAX_DEPTH:
            raise UnreadableError("osm-too-deep", self._place(), limit=_MAX_DEPTH)
        if name in {"node", "way", "relation"}:
            self._attributes, self._tags, self._nodes, self._members = attributes, {}, [], []
        elif self._attributes is None:
            return
        elif name == "tag":
            self._tags[attributes.get("k", "")] = attributes.get("v", "")
        elif name == "nd":
            self._nodes.append(self._integer(attributes.get("ref", "")))
        elif name == "member":
            ref = self._integer(attributes.get("ref", ""))
            self._members.append(
                Member(attributes.get("type", ""), ref, attributes.get("role", ""))
            )

    def _end(self, name: str) -> None:
        self._depth -= 1
        attributes = self._attributes
        if attributes is None or name not in {"node", "way", "relation"}:
            return
        self._attributes = None
        if attributes.get("visible") == "false" or attributes.get("action") == "delete":
            return
        key = self._integer(attributes.get("id", ""))
        if name == "way":
            self._data.add(Way(key, tuple(self._nodes), self._tags or NO_TAGS))
        elif name == "relation":
            self._data.add(Relation(key, tuple(self._members), self._tags or NO_TAGS))
        else:
            lon, lat = self._degrees(attributes, "lon", 180), self._degrees(attributes, "lat", 90)
            self._data.add(Node(key, lon, lat, self._tags or NO_TAGS))

    def _integer(self, text: str) -> int:
        try:
            return int(text[:20])
        except ValueError:
            raise UnreadableError("osm-bad-number", self._place(), number=text[:40]) from None

    def _degrees(self, attributes: dict[str, str], key: str, limit: int) -> float:
        text = attributes.get(key, "")
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not isfinite(value) or abs(value) > limit:
            raise UnreadableError("osm-bad-coordinate", self._place(), name=key, number=text[:40])
        return value
