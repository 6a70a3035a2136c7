"""What staff see first: the venues that they may see, and how each is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Connection

from wayfinder.model import Labels, Plan
from wayfinder.services.display_watch import list_statuses
from wayfinder.services.drafts import Desk
from wayfinder.services.main_floor import find_main_level
from wayfinder.services.never_came import list_never_came
from wayfinder.services.people.roles import Role, Staff
from wayfinder.services.served import Served
from wayfinder.services.unserved import find_unserved_site
from wayfinder.services.venues import Venues
from wayfinder.store.releases import find_newest, list_publications
from wayfinder.store.schedules import ScheduleRecord
from wayfinder.store.venues import VenueRecord, list_organisations, list_venues


@dataclass(frozen=True, slots=True)
class VenueOverview:
    """How a venue is.

    Parameters
    ----------
    slug
        Its name in addresses.
    organisation
        Slug of its owner.
    name
        What it is called, by language.
    role
        The most that the one who looks may there.
    published
        Number of the release in force, or None before the first.
    waiting
        Number of the newest release if it was never in force; None if there is nothing to come.
    not_come
        Releases that were refused at their time, and that nobody has seen to since.
    closed
        How many things are closed now; a lift is one on all its floors.
    notices
        How many notices are shown now.
    displays, red
        How many kiosks and boards there are, and how many do not show what they should.
    is_served
        Whether it is answered for already: a new release takes a while.
    level_id
        The floor that tells most of it in a picture, or None.
    """

    slug: str
    organisation: str
    name: Labels
    role: Role
    published: int | None
    waiting: int | None
    not_come: tuple[ScheduleRecord, ...]
    closed: int
    notices: int
    displays: int
    red: int
    is_served: bool
    level_id: str | None


@dataclass(frozen=True, slots=True)
class OrganisationOverview:
    """An organisation with the venues that somebody may see.

    Parameters
    ----------
    slug
        Its name in addresses.
    name
        What it is called, by language; may be empty.
    role
        The most that the one who looks may anywhere in it.
    venues
        By slug.
    """

    slug: str
    name: Labels
    role: Role
    venues: tuple[VenueOverview, ...]


@dataclass(frozen=True, slots=True)
class _Planned:
    """What of a venue is not in force, as `VenueOverview` has it."""

    waiting: int | None
    not_come: tuple[ScheduleRecord, ...]


def list_overviews(
    drafts: Desk, venues: Venues, staff: Staff, *, at: datetime
) -> list[OrganisationOverview]:
    """List what somebody may see, by organisation."""
    with drafts.store.read() as connection:
        names = list_organisations(connection)
        seen = [
            (record, role, _read_planned(connection, record))
            for record in list_venues(connection)
            if (role := staff.find_role(record.organisation, record.slug)) is not None
        ]
    plans = _list_plans(venues)
    found = [
        _look_at(drafts, venues, record, role, planned=planned, plans=plans, at=at)
        for record, role, planned in seen
    ]
    return [
        OrganisationOverview(
            slug=slug,
            name=names.get(slug, {}),
            role=staff.find_role_anywhere(slug) or Role.VIEWER,
            venues=tuple(one for one in found if one.organisation == slug),
        )
        for slug in staff.organisations
    ]


def get_overview(
    drafts: Desk, venues: Venues, record: VenueRecord, role: Role, *, at: datetime
) -> VenueOverview:
    """Return how one venue is."""
    with drafts.store.read() as connection:
        planned = _read_planned(connection, record)
    plans = _list_plans(venues)
    return _look_at(drafts, venues, record, role, planned=planned, plans=plans, at=at)


def _read_planned(connection: Connection, record: VenueRecord) -> _Planned:
    return _Planned(
        waiting=_find_waiting(connection, record),
        not_come=tuple(list_never_came(connection, record)),
    )


def _find_waiting(connection: Connection, record: VenueRecord) -> int | None:
    """Return the newest release unless it was in force: what was gone back from waits no more."""
    newest = find_newest(connection, record)
    if newest is None:
        return None
    were = {entry.number for entry in list_publications(connection, record)}
    return None if newest.number in were else newest.number


def _list_plans(venues: Venues) -> Mapping[str, Plan]:
    return {one.snapshot.release.hash: one.plan for one in venues.list()}


def _look_at(
    drafts: Desk,
    venues: Venues,
    record: VenueRecord,
    role: Role,
    *,
    planned: _Planned,
    plans: Mapping[str, Plan],
    at: datetime,
) -> VenueOverview:
    served = venues.find(record.slug)
    statuses = list_statuses(drafts.store, record.slug, at=at, plans=plans)
    return VenueOverview(
        slug=record.slug,
        organisation=record.organisation,
        name=_find_name(drafts, record, served),
        role=role,
        published=record.published,
        waiting=planned.waiting,
        not_come=planned.not_come,
        closed=_count_closed(served, at) if served is not None else 0,
        notices=len(served.conditions.notices_at(at)) if served is not None else 0,
        displays=len(statuses),
        red=sum(1 for status in statuses if not status.is_green),
        is_served=served is not None,
        level_id=None if served is None else find_main_level(served.plan),
    )


def _find_name(drafts: Desk, record: VenueRecord, served: Served | None) -> Labels:
    if served is not None:
        return served.name
    known = find_unserved_site(drafts, record)
    return (known.name if known is not None else {}) or {"und": record.slug}


def _count_closed(served: Served, at: datetime) -> int:
    """Count what is closed; a lift counts once, not once a floor."""
    shaft_of = served.router.search.shafts.of_unit
    return len({shaft_of.get(key, key) for key in served.conditions.closed_at(at)})
