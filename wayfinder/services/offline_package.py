"""What a phone takes along for when the network is gone: finished ways from every sign.

One document for one destination, profile and language, from one tree: sentences and lines that
several signs share are written once.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from wayfinder.guide.answer import make_refusal, name_place
from wayfinder.guide.catalogues import translate
from wayfinder.guide.phrases import say_step
from wayfinder.guide.step import Step
from wayfinder.guide.words import say_warning
from wayfinder.model import Building, Level, Sign, pick_label
from wayfinder.route.journey import Refusal
from wayfinder.services.navigate import Way, find_way
from wayfinder.services.served import Served
from wayfinder.services.unsure import find_unsure_steps

JsonObject = dict[str, Any]
_PER_METRE = 10
"""Lines are in whole decimetres."""


class _Pool:
    """Values that are written once and named by their index."""

    def __init__(self) -> None:
        self._indices: dict[Any, int] = {}

    def add(self, value: Any) -> int:  # noqa: ANN401 - anything hashable
        return self._indices.setdefault(value, len(self._indices))

    def list(self) -> list[Any]:
        return list(self._indices)


def make_package(
    served: Served, destination: str, *, profile: str, language: str, at: datetime | None = None
) -> JsonObject:
    """Make the finished steps and lines from every sign to a destination.

    Parameters
    ----------
    served
        The venue.
    destination
        Feature id or ``nearest:CATEGORY``.
    profile
        Name of a profile.
    language
        BCP 47 tag.
    at
        Aware instant at which hours and closures are judged; None is now.

    Returns
    -------
    dict
        JSON values:

        - ``version``, ``made_at``, ``profile``, ``language``, ``to`` (id, name);
        - ``texts``: sentences; ``levels``: level ids, ``floors``: what each is called, beside them;
        - ``steps``: ``[kind, direction, text, level, to_level, x, y, to_x, to_y, unsure]``: both
          ends in decimetres, 1 where it hangs on a lift or a door with hours;
        - ``lines``: pairs of decimetres in the venue's frame, x east and y north, the first
          absolute and each further one relative to the one before;
        - ``signs``: sign code to ``{"id", "ref", "name", "level", "at", "facing_deg"}`` and either
          ``"way"``: ``{"range_s", "distance_m", "verified", "warnings": [text…], "steps": [step…],
          "legs": [[level, line]…], "features": [feature…]}``, where numbers are indices of the
          tables, or ``"refusal"``: the error of the API;
        - ``features``: ids that ways depend on.
    """
    moment = at or datetime.now(served.router.schedule.zone)
    pools = {name: _Pool() for name in ("texts", "levels", "lines", "features", "steps")}
    signs: JsonObject = {}
    goal = destination
    for sign in served.signs.values():
        if sign.code is None:
            continue
        found = find_way(served, sign.id, [destination], profile=profile, at=moment)
        entry = _describe_sign(served, sign, language, pools)
        if isinstance(found, Refusal):
            entry["refusal"] = make_refusal(found, language)["error"]
        else:
            goal = found.journey.stops[-1].feature
            entry["way"] = _describe_way(found, language, pools)
        signs[sign.code] = entry
    return {
        "version": served.version_at(moment),
        "made_at": moment.isoformat(timespec="seconds"),
        "profile": profile,
        "language": language,
        "to": {"id": goal, "name": _name_goal(served, goal, language)},
        **{name: pool.list() for name, pool in pools.items()},
        "floors": [_name_floor(served, level, language) for level in pools["levels"].list()],
        "signs": signs,
    }


def _name_goal(served: Served, goal: str, language: str) -> str:
    """Name the destination; empty for a category that no way leads to."""
    return name_place(served.network, goal, language) if goal in served.plan.features else ""


def _name_floor(served: Served, level_id: str, language: str) -> str:
    """Return what the signs call a floor, with its building where the venue has several."""
    plan = served.plan
    level = plan.find(level_id, Level)
    if level is None:
        return ""
    floor = pick_label(level.short_name or level.name, language)
    buildings = [plan.find(key, Building) for key in level.building_ids]
    if len(plan.list_of(Building)) < 2 or not any(buildings):
        return translate(language, "answer.name", name=floor)
    names = [pick_label(one.name, language) for one in buildings if one is not None]
    return translate(language, "phone.floor", building=names, floor=floor)


def _describe_sign(
    served: Served, sign: Sign, language: str, pools: dict[str, _Pool]
) -> JsonObject:
    return {
        "id": sign.id,
        "ref": sign.ref,
        "name": name_place(served.network, sign.unit_id, language),
        "level": pools["levels"].add(sign.level_id),
        "at": [round(value * _PER_METRE) for value in sign.point],
        "facing_deg": sign.facing_deg,
    }


def _describe_way(way: Way, language: str, pools: dict[str, _Pool]) -> JsonObject:
    journey = way.journey
    low, high = journey.duration_range_s
    used = {key for segment in journey.segments for key in segment.features}
    unsure = find_unsure_steps(way)
    return {
        "range_s": [round(low), round(high)],
        "distance_m": round(journey.distance_m, 1),
        "verified": journey.verified,
        "warnings": [
            pools["texts"].add(say_warning(warning, language)) for warning in journey.warnings
        ],
        "steps": [
            pools["steps"].add(_describe_step(step, language, pools, unsure=index in unsure))
            for index, step in enumerate(way.steps)
        ],
        "legs": [
            [pools["levels"].add(level), pools["lines"].add(line)]
            for level, line in _list_legs(way)
        ],
        "features": [pools["features"].add(key) for key in sorted(used)],
    }


def _describe_step(
    step: Step, language: str, pools: dict[str, _Pool], *, unsure: bool
) -> tuple[str | int | None, ...]:
    return (
        str(step.kind),
        None if step.direction is None else str(step.direction),
        pools["texts"].add(say_step(step, language)),
        pools["levels"].add(step.start.level),
        pools["levels"].add(step.end.level),
        *(round(value * _PER_METRE) for value in (*step.start.point, *step.end.point)),
        int(unsure),
    )


def _list_legs(way: Way) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield the stretches between doors and floor changes, each on one level, in decimetres."""
    for segment in way.journey.segments:
        if segment.level == segment.to_level and len(segment.line) > 1:
            yield segment.level, _encode_line(segment.line)


def _encode_line(line: tuple[tuple[float, float], ...]) -> tuple[int, ...]:
    """Return whole decimetres, each point but the first relative to the one before."""
    values: list[int] = []
    x = y = 0
    for easting, northing in line:
        next_x, next_y = round(easting * _PER_METRE), round(northing * _PER_METRE)
        if values and (next_x, next_y) == (x, y):
            continue
        values += [next_x - x, next_y - y]
        x, y = next_x, next_y
    return tuple(values)
