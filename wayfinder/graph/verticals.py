"""Which lifts, stairs, escalators and ramps continue on another floor.

A relationship that somebody drew wins; else footprints of the same kind that stand on top of each
other on adjacent storeys are one. A lift may pass a storey without stopping, but only where nothing
else fills its shaft there.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import shapely

from wayfinder.graph.areas import Area, Floor
from wayfinder.graph.shapes import as_objects
from wayfinder.model import Fix, Issue, Plan, Relationship, Severity, Unit
from wayfinder.model.categories import ESCALATOR, LIFT, RAMP, VERTICAL

_OVERLAP = 0.5
"""Share of the smaller footprint that the two must have in common (ours)."""

_CONTINUED = frozenset({*VERTICAL, RAMP})
"""What may continue on another floor."""

_STOREY = 1.0
"""Largest difference of ordinals that one flight of stairs climbs."""


@dataclass(frozen=True, slots=True)
class Link:
    """Two units that continue each other on different levels.

    Parameters
    ----------
    lower, upper
        Unit ids.
    category
        IMDF unit category.
    up, down
        Whether one may go that way.
    features
        Ids that the link depends on: both units, and the relationship that drew it.
    """

    lower: str
    upper: str
    category: str
    up: bool
    down: bool
    features: tuple[str, ...]


def find_links(plan: Plan, floors: Mapping[str, Floor]) -> tuple[list[Link], list[Issue]]:
    """Find how floors are linked.

    Parameters
    ----------
    plan
        The plan.
    floors
        Level id to floor.

    Returns
    -------
    links, issues
        The links, and an issue for every escalator whose direction is unknown.
    """
    drawn, taken = _drawn_links(plan)
    stack = sorted(floors.values(), key=lambda floor: (floor.level.ordinal, floor.level.id))
    links, stacks = list(drawn), _Stacks()
    for k, floor in enumerate(stack):
        for _, area in sorted(floor.areas.items()):
            if area.unit.category in _CONTINUED and (area.unit.category, area.unit.id) not in taken:
                links += _stacked_links(area, floor, stack[k + 1 :], taken, stacks)
    unknown = {link.lower: link for link in links if not (link.up or link.down)}
    return links, [
        _directionless(plan[key].level_id, link) for key, link in sorted(unknown.items())
    ]


def _directionless(level_id: str | None, link: Link) -> Issue:
    """Report an escalator of which nobody says where it runs: it is not used."""
    fix = Fix("set-direction", {"feature": link.lower, "direction": "up"})
    return Issue(
        "escalator-without-direction",
        Severity.WARNING,
        {},
        (link.lower, link.upper),
        level_id,
        None,
        fix,
    )


def _drawn_links(plan: Plan) -> tuple[list[Link], set[tuple[str, str]]]:
    """Return the links of relationships, and which units they settle."""
    links: list[Link] = []
    taken: set[tuple[str, str]] = set()
    ordinal = {level.id: level.ordinal for level in plan.levels}
    for relationship in plan.list_of(Relationship):
        chain = _chain(plan, relationship)
        if relationship.banned or len(chain) < 2:
            continue
        for unit in chain:
            taken.add((unit.category, unit.id))
        for one, other in pairwise(chain):
            upward = ordinal.get(one.level_id or "", 0.0) <= ordinal.get(other.level_id or "", 0.0)
            lower, upper = (one, other) if upward else (other, one)
            up, down = _senses(lower, upper)
            if relationship.directed:
                up, down = (True, False) if upward else (False, True)
            links.append(
                Link(
                    lower.id,
                    upper.id,
                    lower.category,
                    up,
                    down,
                    (one.id, other.id, relationship.id),
                )
            )
    return links, taken


def _chain(plan: Plan, relationship: Relationship) -> list[Unit]:
    """Return the vertical units that a relationship strings together, in its order."""
    if (
        relationship.category not in {*VERTICAL, RAMP, "movingwalkway"}
        or relationship.geometry is not None
    ):
        return []
    ids = (relationship.origin_id, *relationship.intermediary_ids, relationship.destination_id)
    units = (plan.find(key, Unit) for key in ids)
    return [unit for unit in units if unit is not None and unit.category in _CONTINUED]


def _senses(lower: Unit, upper: Unit) -> tuple[bool, bool]:
    """Tell whether one may go up and down; an escalator without a direction goes nowhere."""
    tagged = lower.direction or upper.direction
    if tagged is None and lower.category == ESCALATOR:
        return False, False
    return tagged != "down", tagged != "up"


class _Stacks:
    """What stands on top of the lifts and stairs of a floor: found for all of it at once."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], Mapping[str, Sequence[Area]]] = {}

    def find(self, lower: Floor, upper: Floor) -> Mapping[str, Sequence[Area]]:
        """Return the units of a floor whose footprint is mostly one of another's, by its ids."""
        pair = lower.level.id, upper.level.id
        if pair not in self._found:
            self._found[pair] = _find_stacked(lower, upper)
        return self._found[pair]


def _stacked_links(
    area: Area,
    floor: Floor,
    above: Sequence[Floor],
    taken: set[tuple[str, str]],
    stacks: _Stacks,
) -> list[Link]:
    """Return the links of one unit to what stands on top of it."""
    category = area.unit.category
    reached: defaultdict[float, list[Link]] = defaultdict(list)
    for upper in above:
        rise = upper.level.ordinal - floor.level.ordinal
        if rise <= 0 or (category != LIFT and rise > _STOREY and _has_between(floor, upper, above)):
            continue
        if reached and upper.level.ordinal not in reached:
            break
        on_top = stacks.find(floor, upper).get(area.unit.id, ())
        for other in on_top:
            if other.unit.category == category and (category, other.unit.id) not in taken:
                up, down = _senses(area.unit, other.unit)
                features = (area.unit.id, other.unit.id)
                link = Link(area.unit.id, other.unit.id, category, up, down, features)
                reached[upper.level.ordinal].append(link)
        if on_top and not reached:
            break
    return [link for links in reached.values() for link in links]


def _has_between(lower: Floor, upper: Floor, above: Sequence[Floor]) -> bool:
    """Tell whether there is a storey between two, so that they are not adjacent."""
    return any(lower.level.ordinal < floor.level.ordinal < upper.level.ordinal for floor in above)


def _find_stacked(lower: Floor, upper: Floor) -> Mapping[str, Sequence[Area]]:
    areas = [area for area in lower.areas.values() if area.unit.category in _CONTINUED]
    near = upper.near_each([area.outline for area in areas], 0.0)
    pairs = [(one, other) for one, some in zip(areas, near, strict=True) for other in some]
    ones = as_objects([one.outline for one, _ in pairs])
    others = as_objects([other.outline for _, other in pairs])
    common = shapely.area(shapely.intersection(ones, others)).tolist()
    found: defaultdict[str, list[Area]] = defaultdict(list)
    for (one, other), common_m2 in zip(pairs, common, strict=True):
        if common_m2 >= _OVERLAP * min(one.extent_m2, other.extent_m2):
            found[one.unit.id].append(other)
    return found
