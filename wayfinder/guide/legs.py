"""The line of a journey, floor by floor, in degrees: as JSON values, and as bytes."""

import json
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from wayfinder.graph.network import Network
from wayfinder.guide.memory import recall
from wayfinder.model import Level
from wayfinder.route.journey import Journey, Point, Segment

JsonObject = dict[str, Any]

_DEGREE_DIGITS = 8
"""About a millimetre."""


def make_legs(network: Network, journey: Journey) -> list[JsonObject]:
    """Join the lines of all that lies on one floor; a floor change ends one leg and begins one."""
    legs = list_stretches(journey.segments) or [_stand(network, journey)]
    return [
        {
            "level": level,
            "ordinal": _find_ordinal(network, level),
            "geometry": {"type": "LineString", "coordinates": _to_degrees(network, line)},
        }
        for level, line in legs
    ]


def round_place(lon: float, lat: float) -> list[float]:
    """Return a place as the documents have it, to about a millimetre."""
    return [round(lon, _DEGREE_DIGITS), round(lat, _DEGREE_DIGITS)]


def list_stretches(segments: Sequence[Segment]) -> list[tuple[str, list[Point]]]:
    """List the lines on one level after the other, each with its level."""
    legs: list[tuple[str, list[Point]]] = []
    for segment in segments:
        if not legs:
            legs.append((segment.level, []))
        if segment.level == segment.to_level:
            legs[-1][1].extend(segment.line)
        else:
            legs[-1][1].extend(segment.line[:1])
            legs.append((segment.to_level, list(segment.line[-1:])))
    return legs


class Line(NamedTuple):
    """The line of a run on one level: its ends, and all but its first point, encoded."""

    level: str
    first: bytes
    rest: bytes
    last: bytes


def encode_lines(network: Network, segments: Sequence[Segment]) -> tuple[tuple[Any, ...], ...]:
    """Encode the lines of a run, level by level, each as the values of a `Line`."""
    stretches = list_stretches(segments)
    return tuple(tuple(_make_line(network, level, line)) for level, line in stretches)


def encode_legs(network: Network, journey: Journey, lines: Sequence[Sequence[Any]]) -> bytes:
    """Encode what `make_legs` makes, from the lines of its runs as `encode_lines` gives them."""
    pieces = [Line(*line) for line in lines] or [_make_line(network, *_stand(network, journey))]
    return b",".join(
        _encode_leg(network, level, list(group))
        for level, group in groupby(pieces, key=attrgetter("level"))
    )


def _make_line(network: Network, level: str, line: Sequence[Point]) -> Line:
    frame = network.plan.frame
    rounded = (round_place(*frame.to_degrees(x, y)) for x, y in line)
    points = [json.dumps(place, separators=(",", ":")).encode() for place, _ in groupby(rounded)]
    rest = b"".join(b"," + point for point in points[1:])
    return Line(level, points[0], rest, points[-1])


def _encode_leg(network: Network, level: str, pieces: Sequence[Line]) -> bytes:
    text, last = pieces[0].first + pieces[0].rest, pieces[0].last
    for piece in pieces[1:]:
        text += piece.rest if piece.first == last else b"," + piece.first + piece.rest
        last = piece.last
    if text == last:  # a line has two ends, even where nobody moves
        text += b"," + last
    head = recall(network).heads.get(level, lambda: _encode_level(network, level))
    return b'%s"geometry":{"type":"LineString","coordinates":[%s]}}' % (head, text)


def _encode_level(network: Network, level: str) -> bytes:
    """Encode what a leg says of its level, up to its line."""
    names = {"level": level, "ordinal": _find_ordinal(network, level)}
    return json.dumps(names, ensure_ascii=False, separators=(",", ":")).encode()[:-1] + b","


def _stand(network: Network, journey: Journey) -> tuple[str, list[Point]]:
    """Return where one stands who is there already."""
    node = network.graph.nodes[journey.stops[-1].node]
    return node["level"], [(node["x"], node["y"])]


def _find_ordinal(network: Network, level_id: str) -> float | None:
    level = network.plan.find(level_id, Level)
    return None if level is None else level.ordinal


def _to_degrees(network: Network, line: Sequence[Point]) -> list[list[float]]:
    frame = network.plan.frame
    rounded = (round_place(*frame.to_degrees(x, y)) for x, y in line)
    degrees = [place for place, _ in groupby(rounded)]
    return degrees if len(degrees) > 1 else degrees * 2
