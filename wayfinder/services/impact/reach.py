"""Which places a change takes from people: gone, closed, cut off, or left with steps alone."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from wayfinder.route.reached import list_reached
from wayfinder.services.impact.side import Side

ON_FOOT, ON_WHEELS = "walk", "wheelchair"


@dataclass(frozen=True, slots=True)
class Reach:
    """What becomes of the places that people are sent to, from all doors by which one comes in.

    Parameters
    ----------
    places
        How many places signs lead to: departments, services, rooms with a use of their own.
    rooms
        Ids of the rooms that anybody may be sent to; what else follows are departments, services.
    gone
        Ids of what there is no more.
    closed
        Ids of what is closed itself, and was not.
    unreachable
        Ids of what else nobody gets to from any public door any more.
    without_steps
        Ids of what one gets to from a public door on foot alone, and got to on wheels.
    gained
        Ids of what one gets to from a public door on wheels, and did not.
    """

    places: int
    rooms: frozenset[str]
    gone: tuple[str, ...]
    closed: tuple[str, ...]
    unreachable: tuple[str, ...]
    without_steps: tuple[str, ...]
    gained: tuple[str, ...]


def compare_reach(before: Side, after: Side) -> Reach:
    """Compare which places and rooms are reached: a search for each side and profile, no ways."""
    rooms = frozenset(before.rooms)
    every = (*(place for place in before.places if place not in rooms), *before.rooms)
    there = [place for place in every if place in after.network.plan]
    closed = [place for place in there if after.is_closed(place) and not before.is_closed(place)]
    judged = [place for place in there if place not in set(closed)]
    now = {profile: _list_reached(after, judged, profile) for profile in (ON_FOOT, ON_WHEELS)}
    was = {profile: _list_reached(before, judged, profile) for profile in (ON_FOOT, ON_WHEELS)}
    lost, lost_wheels = (was[profile] - now[profile] for profile in (ON_FOOT, ON_WHEELS))
    needing, gained = lost_wheels & now[ON_FOOT], now[ON_WHEELS] - was[ON_WHEELS]

    def keep(ids: Collection[str]) -> tuple[str, ...]:
        return tuple(place for place in judged if place in ids)

    return Reach(
        places=len(before.places),
        rooms=rooms,
        gone=tuple(place for place in every if place not in after.network.plan),
        closed=tuple(closed),
        unreachable=keep(lost),
        without_steps=keep(needing),
        gained=keep(gained),
    )


def _list_reached(side: Side, places: Sequence[str], profile: str) -> frozenset[str]:
    search = side.router.search
    index = search.table.index
    origins = [index[node] for node in side.doors.values()]
    goals = {
        place: [index[node] for node in side.network.places.get(place, ())]
        for place in places
        if not side.is_closed(place)
    }
    return list_reached(search, origins, goals, profile, side.epoch)
