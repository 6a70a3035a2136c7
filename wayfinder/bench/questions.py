"""Questions for a server: the same ones each time."""

import random
from urllib.parse import urlencode

from wayfinder.route import PROFILES
from wayfinder.services.served import Served

DESTINATIONS = 500
_LANGUAGES = ("zh-Hans", "en")
_AT = "2026-11-23T10:00:00+08:00"
"""A Monday morning, whenever the bench runs: on a Sunday evening other questions are hard."""


def list_questions(served: Served, count: int) -> tuple[list[str], list[str]]:
    """List questions as our addresses, and the same starts and ends for the peers.

    Random public places, profiles and languages, to some places only: as many as `DESTINATIONS`;
    all on a Monday morning.
    """
    random_ = random.Random(23)  # noqa: S311 - the same questions each time
    network = served.network
    places = sorted(
        unit.id
        for unit in served.plan.units
        if network.places.get(unit.id) and unit.id not in network.zone_of_unit
    )
    ends = random_.sample(places, min(DESTINATIONS, len(places)))
    ours, bare = [], []
    for _ in range(count):
        query = {"from": random_.choice(places), "to": random_.choice(ends)}
        bare.append(f"/route?{urlencode(query)}")
        query |= {"profile": random_.choice(list(PROFILES)), "lang": random_.choice(_LANGUAGES)}
        query["at"] = _AT
        ours.append(f"/api/v1/venues/{served.slug}/route?{urlencode(query)}")
    return ours, bare
