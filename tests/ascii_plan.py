"""Plans drawn as text: what a test means is seen at a glance.

A drawing is walls seen from above. Every character is a point, 1 m further east a column and 2 m
further south a row (so that it looks true to scale), the first column of the first row being
(0, 0)::

    plan = draw_plan('''
        +-----+-----+
        |A    |B    |
        +--1--+--2--+
        3hall       |
        +-----------+
    ''', doors={"2": {"clear_width_m": 0.8}})

``+ - |``
    walls; ``.`` and ``:`` likewise, for the eye: a boundary without a wall. Two units touch openly
    or not by their categories, as in IMDF.
a word in a room
    its label, which is the unit's id and English name. Its category is given in ``units=``, else
    guessed from its beginning (see `CATEGORIES`), else ``room``. A room without a label is not
    there: a court, a shaft, a pillar.
a character in a wall
    a door, 1 m wide and with the id ``door-<character>``; a longer run of one character is as wide
    as it is long. In an outer wall it leads outside.
``*word`` in a room
    an amenity of the category ``word`` at the star; ``@word`` an occupant with its anchor.
``level 1 F2``
    a line that begins a further floor, with its ordinal and short name.

What stands on several floors, such as ``lift``, has ids with the ordinal, ``lift@0`` and
``lift@1``; a door's character that is used again likewise counts, ``door-1.1``, ``door-1.2``, in
reading order. Options are the properties of the feature; what is ours and not IMDF's goes into its
``wayfinder`` object by itself.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import shapely
from shapely.geometry import LineString, MultiPolygon, Point, mapping
from shapely.geometry.base import BaseGeometry

from tests.ascii_floors import Floor, read_floors
from wayfinder.model import Feature, Frame, Plan, make_feature

Options = Mapping[str, Mapping[str, Any]]

FRAME = Frame(116.4, 39.9)
OURS = frozenset(
    {
        *("access", "aliases", "banned", "clear_width_m", "codes", "default_clear_widths_m"),
        *("emergency_only", "incline", "level_ids", "lift", "locked", "one_way_to", "sign_code"),
        *("threshold_mm", "time_zone", "wheelchair"),
    }
)
CATEGORIES = {
    "hall": "walkway",
    "corridor": "walkway",
    "lobby": "lobby",
    "wait": "waitingroom",
    "lift": "elevator",
    "stairs": "stairs",
    "esc": "escalator",
    "ramp": "ramp",
    "wc": "restroom",
    "void": "opentobelow",
}


def draw_plan(
    text: str,
    *,
    units: Mapping[str, str | Mapping[str, Any]] | None = None,
    doors: Options | None = None,
    places: Options | None = None,
    levels: Options | None = None,
    sections: Mapping[str, tuple[Sequence[str], Mapping[str, Any]]] | None = None,
    venue: Mapping[str, Any] | None = None,
    extra: Iterable[Feature] = (),
) -> Plan:
    """Make a plan of a drawing; see the module.

    Parameters
    ----------
    text
        The drawing, indented at will.
    units
        Label to category, or to options.
    doors
        Character to options. ``one_way_to`` may name the label of a unit on the same floor.
    places
        Word after ``*`` or ``@`` to options.
    levels
        Ordinal as text to options.
    sections
        Id to the labels or ids of the units that it covers and its options, `access` say.
    venue
        Options of the venue; its time zone is Asia/Shanghai.
    extra
        Further features, such as `relate` and `way` make.

    Raises
    ------
    ValueError
        The drawing or a legend makes no sense; the message says where.
    """
    floors = read_floors(text)
    legend = {
        label: {"category": value} if isinstance(value, str) else value
        for label, value in (units or {}).items()
    }
    features = _make_units(floors, legend)
    features += _make_doors(floors, doors or {}, {f.id for f in features})
    features += _make_places(floors, places or {})
    features += _make_sections(sections or {}, features)
    outline = _make_outline(floors, levels or {}, features, venue or {})
    _refuse_unused(legend, {word for floor in floors for word, _ in floor.words}, "unit")
    _refuse_unused(doors or {}, {mark for floor in floors for mark, _ in floor.doors}, "door")
    return Plan.of([*outline, *features, *extra])


def relate(
    relationship_id: str,
    origin: str,
    destination: str,
    *,
    category: str = "traversal",
    **options: Any,  # noqa: ANN401 - JSON values
) -> Feature:
    """Make a hand-drawn way between two features by their ids, undirected if not told otherwise."""
    ends = {
        key: {"id": end, "feature_type": "opening" if end.startswith("door-") else "unit"}
        for key, end in (("origin", origin), ("destination", destination))
    }
    given = {"category": category, "direction": "undirected", **ends, **options}
    return _feature("relationship", relationship_id, None, given)


def way(
    way_id: str,
    points: Sequence[tuple[float, float]],
    *level_ids: str,
    category: str = "traversal",
    **options: Any,  # noqa: ANN401 - JSON values
) -> Feature:
    """Make a drawn way along points in metres, on one level or from one to another."""
    given = {"category": category, "direction": "undirected", "level_ids": [*level_ids], **options}
    return _feature("relationship", way_id, LineString(points), given)


def _make_units(floors: list[Floor], legend: Options) -> list[Feature]:
    labels = [[w for w, _ in floor.words if w[0] not in "*@"] for floor in floors]
    floors_of = Counter(label for words in labels for label in set(words))
    features = []
    for floor in floors:
        taken: dict[int, str] = {}
        for label, point in floor.words:
            if label[0] in "*@":
                continue
            index = floor.find_face(label, point)
            if index in taken or label in taken.values():
                other = taken.get(index, label)
                raise ValueError(f"{floor.id}: {label!r} and {other!r} name one room or two rooms")
            taken[index] = label
            unit_id = f"{label}@{floor.ordinal:g}" if floors_of[label] > 1 else label
            floor.units[index] = unit_id
            given = {
                "category": _guess_category(label),
                "name": {"en": label},
                "level_id": floor.id,
                **legend.get(label, {}),
                **legend.get(unit_id, {}),
            }
            features.append(_feature("unit", unit_id, floor.faces[index], given))
    return features


def _guess_category(label: str) -> str:
    return next((c for start, c in CATEGORIES.items() if label.lower().startswith(start)), "room")


def _make_doors(floors: list[Floor], legend: Options, unit_ids: set[str]) -> list[Feature]:
    uses = Counter(mark for floor in floors for mark, _ in floor.doors)
    seen: Counter[str] = Counter()
    features = []
    for floor in floors:
        for mark, line in sorted(floor.doors, key=lambda d: (-d[1].centroid.y, d[1].centroid.x)):
            seen[mark] += 1
            door_id = f"door-{mark}.{seen[mark]}" if uses[mark] > 1 else f"door-{mark}"
            sides = sum(face.distance(line) < 1e-9 for face in floor.faces)
            given: dict[str, Any] = {
                "category": "pedestrian" if sides > 1 else "pedestrian.principal",
                "level_id": floor.id,
                **legend.get(mark, {}),
                **legend.get(door_id, {}),
            }
            here = f"{given.get('one_way_to')}@{floor.ordinal:g}"
            if here in unit_ids:
                given["one_way_to"] = here
            features.append(_feature("opening", door_id, line, given))
    return features


def _make_places(floors: list[Floor], legend: Options) -> list[Feature]:
    made: list[Feature] = []
    uses = Counter(word for floor in floors for word, _ in floor.words)
    seen: Counter[str] = Counter()
    for floor in floors:
        for word, point in floor.words:
            if word[0] not in "*@":
                continue
            seen[word] += 1
            place_id = f"{word[1:]}.{seen[word]}" if uses[word] > 1 else word[1:]
            unit = floor.units.get(floor.find_face(word, point))
            if unit is None:
                raise ValueError(f"{floor.id}: {word!r} stands in a room without a label")
            made += _make_place(word, place_id, point, (unit, floor.id), legend)
    return made


def _make_place(
    word: str, place_id: str, point: Point, where: tuple[str, str], legend: Options
) -> list[Feature]:
    given = {"category": word[1:], "name": {"en": word[1:]}, **legend.get(word[1:], {})}
    unit, level = where
    if word[0] == "*":
        return [
            _feature("amenity", place_id, point, {"level_id": level, "unit_ids": [unit], **given})
        ]
    anchor = _feature("anchor", f"{place_id}-anchor", point, {"unit_id": unit})
    return [anchor, _feature("occupant", place_id, None, {"anchor_id": anchor.id, **given})]


def _make_sections(
    sections: Mapping[str, tuple[Sequence[str], Mapping[str, Any]]], features: list[Feature]
) -> list[Feature]:
    by_id = {feature.id: feature for feature in features}
    made = []
    for section_id, (members, options) in sections.items():
        missing = [member for member in members if member not in by_id]
        if missing:
            raise ValueError(f"section {section_id!r}: no unit {missing[0]!r}")
        covered = [by_id[member] for member in members]
        area = FRAME.geometry_m(shapely.union_all([f.shape for f in covered]))
        given = {"category": "section", "level_id": covered[0].level_id, **options}
        made.append(_feature("section", section_id, area, given))
    return made


def _make_outline(
    floors: list[Floor], levels: Options, features: list[Feature], venue: Mapping[str, Any]
) -> list[Feature]:
    """Make venue, building and levels."""
    areas = {floor.id: shapely.union_all(floor.faces) for floor in floors}
    site = shapely.union_all(list(areas.values())).envelope.buffer(5, join_style="mitre")
    made = [
        _feature(
            "venue",
            "venue",
            site,
            {
                "category": "healthcarefacility",
                "name": {"en": "Drawn"},
                "display_point": mapping(FRAME.geometry_degrees(Point(0, 0))),
                "time_zone": "Asia/Shanghai",
                **venue,
            },
        ),
        _feature("building", "building", None, {"category": "unspecified"}),
    ]
    for floor in floors:
        given = {
            "category": "unspecified",
            "ordinal": floor.ordinal,
            "outdoor": False,
            "short_name": {"en": floor.short_name},
            "name": {"en": floor.short_name},
            "building_ids": ["building"],
            **levels.get(f"{floor.ordinal:g}", {}),
        }
        made.append(_feature("level", floor.id, areas[floor.id], given))
    taken = {feature.id for feature in made} & {feature.id for feature in features}
    if taken:
        raise ValueError(f"{min(taken)!r} names something else already")
    return made


def _feature(
    kind: str, feature_id: str, geometry: BaseGeometry | None, options: Mapping[str, Any]
) -> Feature:
    """Make a feature of options, sorting out what is ours; a None leaves one out."""
    given = {key: value for key, value in options.items() if value is not None}
    # a relationship's direction is IMDF's, an escalator's is ours
    own = OURS | ({"direction"} if kind == "unit" else set())
    properties = {key: value for key, value in given.items() if key not in own}
    if ours := {key: value for key, value in given.items() if key in own}:
        properties["wayfinder"] = ours
    if isinstance(geometry, MultiPolygon) and len(geometry.geoms) == 1:
        geometry = geometry.geoms[0]
    degrees = None if geometry is None else mapping(FRAME.geometry_degrees(geometry))
    return make_feature(feature_id, kind, geometry=degrees, properties=properties)


def _refuse_unused(legend: Options, drawn: set[str], what: str) -> None:
    known = {key.split("@")[0].removeprefix("door-").split(".")[0] for key in legend}
    if unused := sorted(known - drawn):
        raise ValueError(f"the legend has a {what} {unused[0]!r} that is not drawn")
