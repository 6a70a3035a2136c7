"""A journey made ready to be drawn: lines by level, changes of floor, both ends."""

from dataclasses import dataclass
from itertools import pairwise

from wayfinder.draw.places import Text, Xy, make_texts
from wayfinder.draw.text import clean_text
from wayfinder.guide.words import LANGUAGES, translate
from wayfinder.model import (
    Amenity,
    Anchor,
    Building,
    Feature,
    Labels,
    Level,
    Occupant,
    Plan,
    Unit,
    pick_label,
)
from wayfinder.model.sign import SIGNAGE
from wayfinder.presets import name_category
from wayfinder.route.journey import Journey, Segment

_SYMBOLS = {"lift": "lift", "stairs": "stairs", "escalator": "escalator", "ramp": "ramp"}
_LIKE_DOOR = "entrance"
_CATEGORIES = {"lift": "elevator", "stairs": "stairs", "escalator": "escalator", "ramp": "ramp"}
_NO_LABELS: Labels = {}


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a route on one level: its line in metres."""

    level_id: str
    line: tuple[Xy, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """Where a route changes floors.

    Parameters
    ----------
    kind
        ``lift``, ``stairs``, ``escalator`` or ``ramp``; a door leads to another level of the same
        storey.
    symbol
        File in ``static/symbols`` without ``.svg``.
    level_id, to_level_id
        Where it begins and ends.
    point, to_point
        In metres.
    floors
        Storeys climbed, negative downward.
    leaving, arriving
        What the badges at both ends say.
    """

    kind: str
    symbol: str
    level_id: str
    to_level_id: str
    point: Xy
    to_point: Xy
    floors: float
    leaving: str
    arriving: str


@dataclass(frozen=True, slots=True)
class End:
    """A start, a stop or the destination.

    Parameters
    ----------
    role
        ``start``, ``stop`` or ``end``.
    feature
        Id of what one starts from or goes to.
    level_id
        Its level.
    point
        In metres, where the line begins or ends.
    texts
        Its name, once a language; may be empty.
    number
        Its place in a visit of several stops, from 1; None elsewhere.
    """

    role: str
    feature: str
    level_id: str
    point: Xy
    texts: tuple[Text, ...]
    number: int | None = None


@dataclass(frozen=True, slots=True)
class RouteDrawing:
    """All of a route that is drawn.

    Parameters
    ----------
    level_ids
        Levels that it touches, lowest first.
    parts
        From start to end.
    changes
        In the order in which they come.
    ends
        Start, stops in order, end.
    summary
        What a screen reader says of it.
    """

    level_ids: tuple[str, ...]
    parts: tuple[Part, ...]
    changes: tuple[Change, ...]
    ends: tuple[End, ...]
    summary: str


def make_route(
    plan: Plan, journey: Journey, *, language: str, second_language: str | None = None
) -> RouteDrawing:
    """Make the drawing of a journey.

    Parameters
    ----------
    plan
        The plan that it was found on.
    journey
        The way.
    language
        BCP 47 tag of names and badges.
    second_language
        Another one for the names of both ends.
    """
    languages = tuple(dict.fromkeys(tag for tag in (language, second_language) if tag))
    ends = _find_ends(plan, journey, languages)
    both = (ends[0], ends[-1]) if ends else ()
    names = [end.texts[0].text if end.texts else "" for end in both] or ["", ""]
    touched = {level for part in journey.segments for level in (part.level, part.to_level)}
    touched |= {end.level_id for end in ends}
    return RouteDrawing(
        level_ids=tuple(level.id for level in plan.levels if level.id in touched),
        parts=_join_parts(journey.segments),
        changes=tuple(
            _make_change(plan, segment, language)
            for segment in journey.segments
            if segment.level != segment.to_level
        ),
        ends=ends,
        summary=translate(language, "draw.route-summary", origin=names[0], destination=names[1]),
    )


def _join_parts(segments: tuple[Segment, ...]) -> tuple[Part, ...]:
    """Join what follows each other on one level to one line."""
    parts: list[Part] = []
    for previous, segment in zip((None, *segments), segments, strict=False):
        if segment.level != segment.to_level:
            continue
        if parts and previous is not None and previous.to_level == previous.level:
            line = (*parts[-1].line, *segment.line)
            parts[-1] = Part(segment.level, _tidy(line))
        else:
            parts.append(Part(segment.level, _tidy(segment.line)))
    return tuple(part for part in parts if len(part.line) > 1)


def _tidy(line: tuple[Xy, ...]) -> tuple[Xy, ...]:
    """Leave out points that repeat the one before."""
    kept = [line[0]]
    kept += [p for q, p in pairwise(line) if abs(p[0] - q[0]) + abs(p[1] - q[1]) > 1e-6]
    return tuple(kept)


def _make_change(plan: Plan, segment: Segment, language: str) -> Change:
    kind = segment.kind.value
    here, there, carrier = name_change(plan, segment, language)
    way = "up" if segment.floors > 0 else "down" if segment.floors < 0 else "level"
    leaving = f"draw.change-{way}" if kind in _SYMBOLS else "draw.change-to"
    return Change(
        kind=kind,
        symbol=find_symbol(segment),
        level_id=segment.level,
        to_level_id=segment.to_level,
        point=segment.line[0],
        to_point=segment.line[-1],
        floors=segment.floors,
        leaving=translate(language, leaving, floor=there, carrier=carrier),
        arriving=translate(language, "draw.change-from", floor=here),
    )


def find_symbol(segment: Segment) -> str:
    """Return the symbol of a change of floors: a file in ``static/symbols`` without ``.svg``."""
    return _SYMBOLS.get(segment.kind.value, _LIKE_DOOR)


def name_change(plan: Plan, segment: Segment, language: str) -> tuple[str, str, str]:
    """Name a change of floors: the floors that it leads from and to, and the lift or stairs.

    Floors are called by their labels, by their buildings where those are the same; a door between
    two levels of a storey has no name.
    """
    carrier = _name_carrier(plan, segment, language) if segment.kind.value in _SYMBOLS else ""
    return (*_call_floors(plan, segment, language), carrier)


def _name_carrier(plan: Plan, segment: Segment, language: str) -> str:
    """Name the lift or stairs, by its category where it has no name."""
    kind = segment.kind.value
    carrier = plan.features.get(segment.features[0]) if segment.features else None
    name = pick_label(carrier.name, language) if carrier is not None else ""
    name = name or name_category(_CATEGORIES.get(kind, kind), language) or kind
    return clean_text(name, limit=24)


def _call_floors(plan: Plan, segment: Segment, language: str) -> tuple[str, str]:
    """Call both floors by their labels, or by their buildings' names where those are the same."""
    both = [plan.find(key, Level) for key in (segment.level, segment.to_level)]
    labels = [_label(level, language) for level in both]
    if labels[0] == labels[1]:
        longer = [_name_building(plan, level, language) for level in both]
        labels = [name or label for name, label in zip(longer, labels, strict=True)]
    return labels[0], labels[1]


def _label(level: Level | None, language: str) -> str:
    if level is None:
        return ""
    return clean_text(pick_label(level.short_name or level.name, language), limit=16)


def _name_building(plan: Plan, level: Level | None, language: str) -> str:
    """Name the only building of a level, or the level itself."""
    if level is None:
        return ""
    buildings = [plan.find(key, Building) for key in level.building_ids]
    names = [pick_label(building.name, language) for building in buildings if building]
    name = names[0] if len(names) == 1 else pick_label(level.name, language)
    return clean_text(name, limit=24)


def _find_ends(plan: Plan, journey: Journey, languages: tuple[str, ...]) -> tuple[End, ...]:
    segments = journey.segments
    if not segments:
        return _find_standing(plan, journey, languages)
    texts = make_texts(_name(plan, journey.origin), languages)
    ends = [End("start", journey.origin, segments[0].level, segments[0].line[0], texts)]
    several = len(journey.stops) > 1
    for number, stop in enumerate(journey.stops, 1):
        last = number == len(journey.stops)
        following = segments[-1] if last else segments[journey.stops[number].first_segment - 1]
        texts = make_texts(_name(plan, stop.feature), languages)
        role = "end" if last else "stop"
        place = (following.to_level, following.line[-1])
        ends.append(End(role, stop.feature, *place, texts, number if several else None))
    return tuple(ends)


def _find_standing(plan: Plan, journey: Journey, languages: tuple[str, ...]) -> tuple[End, ...]:
    """Find the one end of a journey that is over before it begins; none where it has no place."""
    feature = plan[journey.origin]
    if isinstance(feature, Occupant):
        feature = plan.find(feature.anchor_id, Anchor) or feature
    shape = plan.find_geometry_m(feature.id)
    unit = plan.find(feature.unit_id, Unit) if isinstance(feature, Anchor) else None
    level_id = unit.level_id if unit is not None else feature.level_id
    if shape is None or level_id is None:
        return ()
    spot = shape.representative_point()
    texts = make_texts(_name(plan, journey.origin), languages)
    return (End("end", journey.origin, level_id, (spot.x, spot.y), texts),)


def _name(plan: Plan, feature_id: str) -> Labels:
    """Name a feature; what has no name is called by its category."""
    feature: Feature | None = plan.features.get(feature_id)
    if feature is None:
        return _NO_LABELS
    if isinstance(feature, Amenity) and feature.category == SIGNAGE and feature.unit_ids:
        # nobody knows a sign by its kind: the place that it hangs in is where one is
        return _name(plan, feature.unit_ids[0])
    if feature.name:
        return feature.name
    for occupant in plan.list_of(Occupant):
        anchor = plan.find(occupant.anchor_id, Anchor)
        if anchor is not None and feature_id in {anchor.id, anchor.unit_id} and occupant.name:
            return occupant.name
    names = {tag: name_category(feature.category, tag) for tag in LANGUAGES}
    return {tag: name for tag, name in names.items() if name}
