"""Floors on which there is something: chosen by what is most, or as the address says."""

from collections.abc import Mapping

from flask import request

from wayfinder.model import Level
from wayfinder.services.served import Served


def list_floors(served: Served | None, counts: Mapping[str, int]) -> list[tuple[Level, int]]:
    """List floors with how much there is on each, the most first.

    Parameters
    ----------
    served
        The venue; None before its first release.
    counts
        Id of a level to how much; levels that the venue has no more are left out.
    """
    if served is None:
        return []
    levels = ((served.plan.find(key, Level), count) for key, count in counts.items())
    known = [(level, count) for level, count in levels if level is not None]
    return sorted(known, key=lambda one: -one[1])


def choose_level(served: Served | None, floors: list[tuple[Level, int]]) -> str:
    """Return the id of the floor whose map is shown: the one asked for, else that of the most."""
    asked = request.args.get("level", "")
    if served is not None and served.plan.find(asked, Level) is not None:
        return asked
    return floors[0][0].id if floors else ""
