"""Ways in a draft, also from and to any point of it: who draws sees at once what they lead to."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from wayfinder.collector import without_collector
from wayfinder.edit.points import AddAmenity
from wayfinder.graph import Network, build_network
from wayfinder.guide.catalogues import LANGUAGES, translate
from wayfinder.kept import Kept, keep_with
from wayfinder.model import Plan
from wayfinder.route import Journey, Refusal
from wayfinder.services.drafts.desk import Desk, Look
from wayfinder.services.drafts.read import look

_KEPT_POINTED = 2
"""Pairs of points whose network is kept while a draft stays so: for another profile (ours)."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of a plan that is no place of it.

    Parameters
    ----------
    level_id
        The level.
    x_m, y_m
        Metres in the plan's frame.
    """

    level_id: str
    x_m: float
    y_m: float


@dataclass(frozen=True, slots=True)
class DraftWay:
    """A way in a draft, or why there is none.

    Parameters
    ----------
    network
        What it was found in.
    found
        The journey, or the refusal.
    number
        The entry after which the draft was so.
    """

    network: Network = field(repr=False)
    found: Journey | Refusal
    number: int


def find_draft_way(
    desk: Desk,
    slug: str,
    draft_id: int,
    origin: str | Spot,
    destination: str | Spot,
    *,
    profile: str = "walk",
    at: datetime | None = None,
) -> DraftWay:
    """Find the way in a draft as it is now, on a calm day: no closures.

    Parameters
    ----------
    desk
        What the process works with.
    slug
        The venue.
    draft_id
        The draft.
    origin, destination
        Feature ids, or points; the destination may be ``nearest:CATEGORY`` too.
    profile
        Name of a profile.
    at
        Departure; without a time zone it is meant in that of the plan. None is now.

    Raises
    ------
    EditError
        A point lies in no space.
    UnknownError
        There is no such venue or draft.
    ValueError
        For an unknown profile, or an instant in a year that no calendar is good for.
    """
    drawn, seen = look(desk, slug, draft_id)
    spots = tuple(one for one in (origin, destination) if isinstance(one, Spot))
    if spots:
        pointed = keep_with(seen, "pointed", lambda: Kept[tuple[Spot, ...], Look](_KEPT_POINTED))
        seen = pointed.get(spots, partial(_point, seen, spots))
    zone = seen.router.schedule.zone
    departure = datetime.now(zone) if at is None else at
    found = seen.router.find_route(
        _name(origin, spots),
        [_name(destination, spots)],
        profile=profile,
        departure=departure if departure.tzinfo else departure.replace(tzinfo=zone),
    )
    return DraftWay(seen.network, found, drawn.number)


def _name(end: str | Spot, spots: tuple[Spot, ...]) -> str:
    return _make_id(spots.index(end)) if isinstance(end, Spot) else end


def _make_id(place: int) -> str:
    return f"spot@{place}"


def _point(seen: Look, spots: tuple[Spot, ...]) -> Look:
    """Return the draft with its points as places: only what they touch is built anew."""
    plan: Plan = seen.plan
    names = {tag: translate(tag, "studio.editor.route.spot") for tag in LANGUAGES}
    for place, spot in enumerate(spots):
        made = AddAmenity(
            id=_make_id(place),
            level_id=spot.level_id,
            at=plan.frame.to_degrees(spot.x_m, spot.y_m),
            category="unspecified",
            members={"name": names},
        )
        plan = made.apply(plan).plan
    with without_collector():
        return Look(plan, build_network(plan, seen.network).without_parts())
