"""Values that carry a measure nobody can read: reported, so that they are not missed in silence."""

from collections.abc import Iterator

from wayfinder.formats.osm.doors import is_door
from wayfinder.formats.osm.elements import Tags
from wayfinder.formats.osm.survey import Survey
from wayfinder.formats.osm.values import parse_incline, parse_length_m
from wayfinder.model import Severity

_LENGTHS = ("width", "door:width", "entrance:width", "maxwidth", "maxwidth:physical", "kerb:height")
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
