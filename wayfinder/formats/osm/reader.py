"""OSM in, plan out: the order of the steps, and nothing else."""

import bz2
import gzip
import zlib
from collections import defaultdict
from dataclasses import replace
from io import BytesIO
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from wayfinder.formats.errors import UnreadableError
from wayfinder.formats.limits import MAX_FEATURES, MAX_FILE_BYTES
from wayfinder.formats.osm.doors import find_doors, make_openings
from wayfinder.formats.osm.elements import OsmData
from wayfinder.formats.osm.geojson import read_json
from wayfinder.formats.osm.labels import find_language
from wayfinder.formats.osm.landings import add_landings
from wayfinder.formats.osm.lifts import collect_lifts
from wayfinder.formats.osm.lines import collect_lines, level_lines
from wayfinder.formats.osm.notes import note_values, tidy_texts
from wayfinder.formats.osm.pbf import read_pbf
from wayfinder.formats.osm.points import make_points
from wayfinder.formats.osm.site import make_site
from wayfinder.formats.osm.survey import Survey, collect
from wayfinder.formats.osm.units import make_sections, make_units
from wayfinder.formats.osm.walls import Walls
from wayfinder.formats.osm.ways import make_ways
from wayfinder.formats.osm.xml import read_xml
from wayfinder.formats.result import ReadResult
from wayfinder.formats.validation import list_plan_issues
from wayfinder.model import Frame, Issue, Plan

_GZIP, _BZIP2 = b"\x1f\x8b", b"BZh"


def read_osm(path: str | Path) -> ReadResult:
    """Read OSM as XML, PBF, osmtogeojson's GeoJSON or Overpass JSON, plain or packed.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    ReadResult
        The plan, and what of the file could not be understood.

    Raises
    ------
    UnreadableError
        It is no OSM, is damaged or hostile, or nothing indoors is drawn in it.
    """
    return make_plan(read_elements(Path(path)))


def read_elements(path: Path) -> OsmData:
    """Read the elements of an OSM file of any format; raises UnreadableError."""
    data = OsmData(path.name)
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise UnreadableError("too-large", path.name, limit_mb=MAX_FILE_BYTES // 2**20)
        with path.open("rb") as file:
            head = file.read(64)
            file.seek(0)
            if b"OSMHeader" in head:
                read_pbf(path, data)
            else:
                _read_text(_unpacked(file, head), data)
    except FileNotFoundError:
        raise UnreadableError("not-found", str(path)) from None
    except (OSError, EOFError, zlib.error) as error:
        problem = getattr(error, "strerror", None) or str(error)
        raise UnreadableError("not-readable", str(path), problem=problem) from None
    return data


def _unpacked(file: BinaryIO, head: bytes) -> BinaryIO:
    """Return a stream that unpacks gzip or bzip2 while it is read."""
    if head.startswith(_GZIP):
        return gzip.open(file)  # type: ignore[return-value]
    if head.startswith(_BZIP2):
        return bz2.open(file)  # type: ignore[return-value]
    return file


def _read_text(stream: BinaryIO, data: OsmData) -> None:
    """Read XML or JSON, no more of it than a file may be large when unpacked."""
    content = stream.read(MAX_FILE_BYTES + 1)
    if len(content) > MAX_FILE_BYTES:
        raise UnreadableError("too-large", data.file, limit_mb=MAX_FILE_BYTES // 2**20)
    start = content[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        raise UnreadableError("empty-file", data.file)
    if start.startswith((b"{", b"[")):
        read_json(content, data)
    else:
        read_xml(BytesIO(content), data)


def make_plan(data: OsmData) -> ReadResult:
    """Make a plan of elements; raises UnreadableError where nothing indoors is drawn in them."""
    language = find_language(element.tags for element in data if element.tags)
    survey = Survey(data, language, _frame(data))
    tidy_texts(survey)
    collect(survey)
    collect_lines(survey)
    collect_lifts(survey)
    note_values(survey)
    if not survey.areas and not survey.lines:
        raise UnreadableError("osm-nothing-indoors", data.file)
    add_landings(survey)
    walls = Walls(survey.areas)
    doors = find_doors(survey, walls)
    lines = level_lines(survey, walls)
    made = chain(
        make_units(survey),
        make_openings(survey, doors, walls),
        make_points(survey),
        make_sections(survey),
        make_ways(survey, lines, doors, walls),
    )
    features = list(islice(made, MAX_FEATURES + 1))
    if len(features) > MAX_FEATURES:
        raise UnreadableError("osm-too-many-features", data.file, limit=MAX_FEATURES)
    site = make_site(survey, survey.list_levels())
    plan = Plan.of([*site, *features], manifest=_manifest(survey))
    return ReadResult(plan, _settled(survey, plan))


def _frame(data: OsmData) -> Frame:
    """Return a plane for measuring, in the middle of what is tagged with a level."""
    levelled = [n for way in data.ways.values() if "level" in way.tags for n in way.nodes]
    nodes = [data.nodes[n] for n in levelled if n in data.nodes] or list(data.nodes.values())
    if not nodes:
        return Frame(0.0, 0.0)
    lons, lats = sorted(node.lon for node in nodes), sorted(node.lat for node in nodes)
    return Frame(lons[len(lons) // 2], lats[len(lats) // 2])


def _manifest(survey: Survey) -> dict[str, str]:
    """Return IMDF's manifest."""
    return {
        "version": "1.0.0",
        "language": survey.language,
        "generated_by": "wayfinder",
        "attribution": "© OpenStreetMap contributors, ODbL 1.0",
    }


def _settled(survey: Survey, plan: Plan) -> tuple[Issue, ...]:
    """Return the issues in a stable order, elements replaced by the ids of what they became."""
    ids: defaultdict[str, list[str]] = defaultdict(list)
    for feature in plan:
        source = feature.wayfinder.get("osm")
        if source and feature.feature_type in {"unit", "opening", "relationship", "amenity"}:
            ids[source["id"]].append(feature.id)
    settled = (
        replace(issue, features=tuple(key for ref in issue.features for key in ids.get(ref, [ref])))
        for issue in survey.issues
    )
    own = sorted(settled, key=lambda issue: (issue.code, str(issue.values), issue.features))
    return (*own, *list_plan_issues(plan))
