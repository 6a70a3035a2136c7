"""What can be closed, as whoever stands before it sees it.

A lift is one thing on all its floors, a door is called by what it leads to.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from wayfinder.guide.catalogues import translate
from wayfinder.guide.names import sort_levels
from wayfinder.kept import keep_with
from wayfinder.model import Opening, Sign, Unit
from wayfinder.model.categories import ESCALATOR, LIFT
from wayfinder.services.closing_areas import describe_area, find_areas, list_areas
from wayfinder.services.directory import Hit
from wayfinder.services.directory.ordering import make_order
from wayfinder.services.opening import find_opening
from wayfinder.services.served import Served
from wayfinder.store.conditions import CLOSURE, ConditionRecord

_MACHINES = frozenset({LIFT, ESCALATOR, "movingwalkway"})
_NEAR_M = 60.0
"""What is further from a sign is not offered there (ours)."""
_NEAR = 4
_ENDS = ((6, 2), (4, 0))
"""West and east, south and north, in eighths of a turn from north."""


@dataclass(frozen=True, slots=True)
class Closable:
    """Something that can be closed.

    Parameters
    ----------
    id
        Id of the feature that was asked for.
    features
        Ids of all that closes with it by itself: a lift on all its floors.
    name
        What it is called.
    where
        Its building and floor; a lift's building alone.
    category
        IMDF category.
    symbol
        File in ``static/symbols`` without ``.svg``, or None.
    is_machine
        Whether it is out of service rather than closed.
    level_id
        Id of its floor, or None.
    is_area
        Whether it is a section or geofence: all that lies in it closes with it.
    """

    id: str
    features: tuple[str, ...]
    name: str
    where: str
    category: str
    symbol: str | None
    is_machine: bool
    level_id: str | None
    is_area: bool = False


def find_closable(served: Served, feature_id: str, language: str) -> Closable | None:
    """Return something as it can be closed, or None for an unknown id."""
    hit = served.directory.make_hit(feature_id, language=language)
    return None if hit is None else _make(served, hit, language)


def list_closables(served: Served, features: Iterable[str], language: str) -> list[Closable]:
    """Return what features are as they can be closed, a lift once; without unknown ids."""
    found = (find_closable(served, key, language) for key in features)
    return list({frozenset(one.features): one for one in found if one is not None}.values())


def list_closable(served: Served, query: str, language: str, *, limit: int) -> list[Closable]:
    """Find what people call so; a lift or stair comes once, not once a floor."""
    found = served.directory.search(query, language=language, limit=limit)
    return _list_once(served, found.hits, language)


def search_closable(served: Served, query: str, language: str, *, limit: int) -> list[Closable]:
    """Find what may be closed: what people call so, and areas by their name, floor or rooms."""
    areas = list_closables(served, find_areas(served, query)[: limit // 2], language)
    places = list_closable(served, query, language, limit=limit - len(areas))
    return list({frozenset(one.features): one for one in (*places, *areas)}.values())


def list_closable_areas(
    served: Served, language: str, *, level_id: str | None = None
) -> list[Closable]:
    """List the sections and geofences by floor and name; of one floor that itself before them."""
    areas = list_closables(served, list_areas(served, level_id=level_id), language)
    order = {level.id: place for place, level in enumerate(sort_levels(served.plan))}
    areas.sort(key=lambda one: (order.get(one.level_id or "", -1), make_order(one.name, language)))
    floor = find_closable(served, level_id, language) if level_id is not None else None
    return [*([floor] if floor is not None else []), *areas]


def list_machines(served: Served, language: str) -> list[Closable]:
    """List the lifts and escalators: what breaks; building by building, in each the lifts first."""
    hits = [
        hit
        for category in sorted(_MACHINES)
        for hit in served.directory.list_category(category, language=language, limit=500)
    ]
    levels = {one.id: (place, one) for place, one in enumerate(sort_levels(served.plan))}
    homes: dict[tuple[str, ...], int] = {}
    for place, level in levels.values():
        homes.setdefault(level.building_ids, place)

    def rank(one: Closable) -> tuple[int, int, str]:
        place, level = levels.get(one.level_id or "", (len(levels), None))
        home = homes[level.building_ids] if level is not None else place
        # a lift is on many floors
        floor = place if len(one.features) == 1 else -1
        return home, floor, make_order(one.name, language)

    return sorted(_list_once(served, hits, language), key=rank)


def list_near(served: Served, sign: Sign, language: str) -> list[Closable]:
    """List what one may have come to close who stands before a sign: lifts near by, where it hangs.

    Parameters
    ----------
    served
        The venue.
    sign
        A sign of its plan.
    language
        BCP 47 tag.
    """
    lifts = served.directory.list_category(LIFT, language=language, near=sign.id, limit=_NEAR * 3)
    near = [
        hit
        for hit in lifts
        if hit.level_id == sign.level_id
        and hit.distance_m is not None
        and hit.distance_m <= _NEAR_M
    ]
    own = served.directory.make_hit(sign.unit_id, language=language)
    return _list_once(served, [*near[:_NEAR], *([own] if own is not None else [])], language)


def list_doors(served: Served, feature_id: str, language: str) -> list[Closable]:
    """List the doors of a room or corridor, each by what it leads to."""
    own = served.plan.find(feature_id, Unit)
    if own is None:
        return []
    doors = _find_doors(served)
    found = [find_closable(served, door, language) for door in doors if own.id in doors[door]]
    known = (one for one in found if one is not None)
    return sorted(known, key=lambda one: make_order(one.name, language))


def guess_reason(closable: Closable) -> str:
    """Return the likeliest of the ready reasons, which is chosen beforehand: nobody has to say why.

    A lift breaks. Why a room or a door is closed is not guessed at: patients read it.
    """
    return "broken" if closable.is_machine else "other"


def list_closing(
    records: Sequence[ConditionRecord], features: Iterable[str], at: datetime
) -> list[ConditionRecord]:
    """List the closures of features that hold at an instant or will hold, those of sets too."""
    own = set(features)
    return [
        one
        for one in records
        if one.draft.kind == CLOSURE
        and not own.isdisjoint(one.draft.features)
        and (one.draft.end is None or one.draft.end > at)
    ]


def say_why_shut(served: Served, closable: Closable, at: datetime, language: str) -> str:
    """Say that something is not open at an instant: until when, or what keeps it closed for now.

    Its closures, its hours and those of what it lies in; nothing where it is open, or where nothing
    is known to keep it closed.
    """
    features = served.directory.list_features(closable.id)
    found = find_opening(served, features, at, language)
    if found.is_open is not False:
        return ""
    return found.note if found.changes_at or not found.shut_by else found.shut_by


def _list_once(served: Served, hits: Sequence[Hit], language: str) -> list[Closable]:
    found: dict[frozenset[str], Closable] = {}
    for hit in hits:
        made = _make(served, hit, language)
        found.setdefault(frozenset(made.features), made)
    return list(found.values())


def _make(served: Served, hit: Hit, language: str) -> Closable:
    features = _list_features(served, hit.id)
    area = describe_area(served, hit.id, language)
    parts = [hit.building, hit.floor] if len(features) == 1 else [hit.building]
    return Closable(
        id=hit.id,
        features=features,
        name=_name(served, hit, language) if area is None else area.name,
        where=" ".join(part for part in parts if part) if area is None else area.where,
        category=hit.category,
        symbol=hit.symbol,
        is_machine=hit.category in _MACHINES,
        level_id=hit.level_id if area is None else area.level_id,
        is_area=area is not None,
    )


def _list_features(served: Served, feature_id: str) -> tuple[str, ...]:
    shaft = served.router.search.shafts.of_unit.get(feature_id, frozenset())
    return (feature_id, *sorted(shaft - {feature_id}))


def _name(served: Served, hit: Hit, language: str) -> str:
    """Name something; a door that has no name of its own by what is on both sides of it."""
    door = served.plan.find(hit.id, Opening)
    if door is None or door.name:
        return hit.name
    units = [served.plan[unit] for unit in _find_doors(served).get(door.id, ())]
    sides = [
        made.name
        for unit in units
        if (made := served.directory.make_hit(unit.id, language=language)) is not None
    ]
    if not sides:
        return hit.name
    if len(sides) == 1:
        sides.append(translate(language, "closing.outside"))
    values = {"name": hit.name, "one": sides[0], "other": sides[1]}
    return _tell_apart(served, door.id, translate(language, "closing.door", **values), language)


def _tell_apart(served: Served, door_id: str, name: str, language: str) -> str:
    """Add to a door's name on which side it is, where others lead between the same two rooms."""
    doors = _find_doors(served)
    units = set(doors.get(door_id, ()))
    middles = {
        one: (shape.centroid.x, shape.centroid.y)
        for one, between in doors.items()
        if set(between) == units
        and not served.plan[one].name
        and (shape := served.plan.find_geometry_m(one)) is not None
    }
    if door_id not in middles or len(middles) < 2:
        return name
    spread = [max(one) - min(one) for one in zip(*middles.values(), strict=True)]
    axis = spread.index(max(spread))
    order = sorted(middles, key=lambda one: (middles[one][axis], one))
    number, count = order.index(door_id) + 1, len(order)
    first, last = _ENDS[axis]
    side = translate(language, f"printing.compass-{last if number == count else first}")
    values = {"name": name, "side": side, "number": number, "count": count}
    is_end = number in {1, count}
    return translate(language, "closing.door-at" if is_end else "closing.door-nth", **values)


def _find_doors(served: Served) -> Mapping[str, tuple[str, ...]]:
    """Return the doors, each with the units that it leads between; kept with the network."""
    return keep_with(served.network, "doors_between", lambda: dict(_list_sides(served)))


def _list_sides(served: Served) -> Iterator[tuple[str, tuple[str, ...]]]:
    graph, places = served.network.graph, served.network.places
    for door in served.plan.list_of(Opening):
        nodes = places.get(door.id, ())
        around = [
            near for node in nodes for near in (node, *graph.successors(node), *graph.pred[node])
        ]
        units = (graph.nodes[node]["unit"] for node in around)
        yield door.id, tuple(dict.fromkeys(unit for unit in units if unit is not None))[:2]
