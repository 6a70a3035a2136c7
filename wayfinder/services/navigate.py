"""A way for somebody: the journey, its steps, and the JSON document of both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from wayfinder.guide.answer import make_answer
from wayfinder.guide.encode import encode_answer
from wayfinder.guide.step import Step
from wayfinder.guide.steps import make_parts
from wayfinder.guide.telling import Part
from wayfinder.model import find_display
from wayfinder.route.journey import Journey, Refusal
from wayfinder.services.fire.ways import refuse_ends, refuse_found
from wayfinder.services.served import Served


@dataclass(frozen=True)
class Way:
    """A way found for somebody, on the snapshot that it was found in.

    Parameters
    ----------
    served
        The venue as it was.
    journey
        The way.
    facing_deg
        Where one looks at the start, degrees clockwise from north, or None.
    """

    served: Served
    journey: Journey
    facing_deg: float | None

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Its steps from door to door."""
        return make_parts(self.served.network, self.journey, facing_deg=self.facing_deg)

    @property
    def steps(self) -> tuple[Step, ...]:
        """Its steps."""
        return tuple(step for part in self.parts for step in part.steps)

    def to_json(self, language: str) -> Mapping[str, Any]:
        """Make the JSON document of `wayfinder route --json`, names and words in a language."""
        return make_answer(self.served.network, self.journey, self.steps, language)

    def encode(self, language: str) -> bytes:
        """Encode that document, quickly."""
        network, facing_deg = self.served.network, self.facing_deg
        return encode_answer(network, self.journey, language, facing_deg=facing_deg)


def find_way(
    served: Served,
    origin: str,
    destinations: Sequence[str],
    *,
    profile: str = "walk",
    at: datetime | None = None,
    facing_deg: float | None = None,
    best_order: bool = False,
) -> Way | Refusal:
    """Find the way from a place over others to a last one.

    Parameters
    ----------
    served
        The venue.
    origin
        Feature id. From a sign or a screen, one looks at it.
    destinations
        Feature ids or ``nearest:CATEGORY``.
    profile
        Name of a profile.
    at
        Aware instant of departure; None is now.
    facing_deg
        Where one looks at the start, degrees clockwise from north; None: as at the sign or the
        screen, if it is one, else unknown.
    best_order
        Whether all but the last destination may be visited in any order.

    Returns
    -------
    Way or Refusal
        While a building is on fire no way from it, to it or through it, at whatever time.

    Raises
    ------
    ValueError
        For an unknown profile, no destination, or an instant without a time zone.
    """
    burning = refuse_ends(served.fire, origin, destinations)
    if burning is not None:
        return burning
    found = served.router.find_route(
        origin,
        destinations,
        profile=profile,
        departure=at or datetime.now(served.router.schedule.zone),
        conditions=served.conditions,
        best_order=best_order,
    )
    burning = refuse_found(served.fire, found)
    if burning is not None:
        return burning
    if isinstance(found, Refusal):
        return found
    if facing_deg is None:
        facing_deg = _find_facing(served, origin)
    return Way(served, found, facing_deg)


def _find_facing(served: Served, origin: str) -> float | None:
    """Return where one looks at a sign or a screen, or None at anything else."""
    placed = served.signs.get(origin) or find_display(served.plan, origin)
    return None if placed is None else placed.facing_deg
