"""Values that carry a measure nobody can read: reported, so that they are not missed in silence."""

import re
from collections.abc import Iterator
from dataclasses import replace

from wayfinder.formats.osm.doors import is_door
from wayfinder.formats.osm.elements import MAX_TEXT, Element, Tags
from wayfinder.formats.osm.survey import Survey
from wayfinder.formats.osm.values import parse_incline, parse_length_m
from wayfinder.model import Severity

_LENGTHS = ("width", "door:width", "entrance:width", "maxwidth", "maxwidth:physical", "kerb:height")
_UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_WORDS = {
    "incline": frozenset({"up", "down", "yes", "no", "0", "steep"}),
    "maxwidth": frozenset({"none", "default", "below_default"}),
    "kerb:height": frozenset({"0", "0 cm", "0 m", "0 mm"}),
}


def note_values(survey: Survey) -> None:
    """Report widths and slopes that cannot be read; they count as unknown."""
    for ref, tags, place in _measured(survey):
        for key in (*_LENGTHS, "incline"):
            text = tags.get(key)
            if text is None or text in _WORDS.get(key, ()):
                continue
            read = parse_incline(text) if key == "incline" else parse_length_m(text)
            if read is None:
                survey.report(
                    "osm-value-unreadable",
                    [ref],
                    place,
                    severity=Severity.NOTE,
                    key=key,
                    value=text[:80],
                )


def tidy_texts(survey: Survey) -> None:
    """Cut texts longer than OSM itself allows, and drop characters that no store would take."""
    data = survey.data
    for group in (data.nodes, data.ways, data.relations):
        elements: list[Element] = list(group.values())
        for element in elements:
            long = {key: len(text) for key, text in element.tags.items() if len(text) > MAX_TEXT}
            if not long and not any(_UNSTORABLE.search(text) for text in element.tags.values()):
                continue
            tags = {key[:MAX_TEXT]: _tidy(text) for key, text in element.tags.items()}
            data.add(replace(element, tags=tags))
            for key, length in long.items():
                survey.report(
                    "osm-text-shortened",
                    [element.ref],
                    None,
                    key=key,
                    length=length,
                    limit=MAX_TEXT,
                )


def _tidy(text: str) -> str:
    return _UNSTORABLE.sub(" ", text)[:MAX_TEXT]


def _measured(survey: Survey) -> Iterator[tuple[str, Tags, tuple[float, float]]]:
    """Yield everything whose measures count: areas, lines, doors."""
    for area in survey.areas:
        lon, lat = area.outline.centroid.coords[0][:2]
        yield area.ref, area.tags, (float(lon), float(lat))
    for line in survey.lines:
        node = survey.data.nodes[line.way.nodes[0]]
        yield line.way.ref, line.way.tags, survey.place_of(node)
    for node in survey.data.tagged_nodes():
        if is_door(node.tags):
            yield node.ref, node.tags, survey.place_of(node)
