"""A release comes into force, or again: in one transaction, never with errors."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.engine import Connection

from wayfinder.model import Plan
from wayfinder.services.audit import note as note_entry
from wayfinder.services.display_registry import follow_displays
from wayfinder.services.registry import follow_signs, place_signs
from wayfinder.services.releases.history import get_history
from wayfinder.store import ConflictError, DamagedError, Store, UnknownError
from wayfinder.store.audit import NOBODY, Actor
from wayfinder.store.conditions import list_lasting
from wayfinder.store.releases import (
    ReleaseRecord,
    find_newest,
    get_release,
    list_publications,
    publish_release,
    read_release,
)
from wayfinder.store.schedules import ScheduleRecord, list_schedules
from wayfinder.store.signs import list_codes
from wayfinder.store.venues import VenueRecord, get_venue

PUBLISHED, ROLLED_BACK = "release-published", "release-rolled-back"
"""What is noted for the admins, in the transaction that does it."""


@dataclass(frozen=True, slots=True)
class Published:
    """What a publish or rollback did.

    Parameters
    ----------
    release
        The release in force.
    previous
        Number of the one before, or None.
    is_new
        Whether it was not in force already.
    codes
        How many signs were given a code.
    displays
        How many displays were given an id.
    lost
        Numbers of the conditions about a feature that the release does not have: what they closed
        is closed no more.
    pending
        What is still to come into force, and will not by itself while this release is.
    """

    release: ReleaseRecord
    previous: int | None
    is_new: bool
    codes: int
    displays: int = 0
    lost: tuple[int, ...] = ()
    pending: tuple[ScheduleRecord, ...] = ()

    @property
    def undo(self) -> Mapping[str, Any] | None:
        """What `going_back` needs to take it back; None where there is nothing to go back to."""
        if not self.is_new or self.previous is None:
            return None
        return {"number": self.release.number, "previous": self.previous}


def publish(
    store: Store,
    slug: str,
    number: int | None = None,
    *,
    who: Actor = NOBODY,
    over: Sequence[int | None] = (),
) -> Published:
    """Put a release into force: the newest one, or the one of a number.

    Parameters
    ----------
    store
        The store.
    slug
        The venue.
    number
        The release; None: the newest.
    who
        Who does it.
    over
        Over which releases it may come, None among them for none: what was looked at. Empty: any.

    Raises
    ------
    UnknownError
        There is no such venue or release.
    ConflictError
        The release has errors, or gives a sign the code of another one; or another one than those
        named is in force.
    """
    return _put(store, slug, number, PUBLISHED, who=who, over=over)


def roll_back(
    store: Store,
    slug: str,
    number: int,
    *,
    who: Actor = NOBODY,
    over: Sequence[int | None] = (),
) -> Published:
    """Put a release into force again that was in force before.

    Parameters are those of `publish`.

    Raises
    ------
    UnknownError
        There is no such venue or release.
    ConflictError
        The release was never in force, or another one than those named is.
    """
    history = get_history(store, slug)
    were = sorted({entry.number for entry in history.publications})
    if number not in were:
        with store.read() as connection:
            get_release(connection, get_venue(connection, slug), number)
        raise ConflictError(
            "never-published", venue=slug, number=number, known=[str(one) for one in were]
        )
    return _put(store, slug, number, ROLLED_BACK, who=who, over=over)


def _put(
    store: Store,
    slug: str,
    number: int | None,
    action: str,
    *,
    who: Actor,
    over: Sequence[int | None],
) -> Published:
    with store.read() as connection:
        venue = get_venue(connection, slug)
        newest = find_newest(connection, venue)
        if newest is None:
            raise UnknownError("no-releases", venue=slug)
        release = get_release(connection, venue, newest.number if number is None else number)
        refuse_errors(venue, release)
        plan = read_release(connection, venue, release.number).plan
    with store.write() as connection:
        venue = get_venue(connection, slug)
        if over and venue.published not in over:
            raise ConflictError("release-moved", venue=slug, published=venue.published)
        done = put_in_force(connection, venue, release, plan, who=who.name)
        if done.is_new:
            said = {"release": release.number, "note": release.note}
            note_entry(connection, action, who=who, venue=slug, details=said, undo=done.undo)
        return done


def refuse_errors(venue: VenueRecord, release: ReleaseRecord) -> None:
    """Raise ConflictError where a release has errors."""
    if release.errors:
        raise ConflictError(
            "release-has-errors",
            venue=venue.slug,
            number=release.number,
            count=sum(release.errors.values()),
            codes=[f"{code} ({count})" for code, count in sorted(release.errors.items())],
        )


def put_in_force(
    connection: Connection, venue: VenueRecord, release: ReleaseRecord, plan: Plan, *, who: str = ""
) -> Published:
    """Put a release without errors into force, in a transaction that is open.

    Parameters
    ----------
    connection
        Open for writing.
    venue
        The venue as it is in this transaction.
    release, plan
        The release, and its plan.
    who
        Who does it.

    Raises
    ------
    ConflictError
        It gives a sign the code of another one.
    """
    if venue.published == release.number:
        return Published(release, venue.published, is_new=False, codes=0)
    _place_signs(connection, venue)
    before = {entry.number for entry in list_publications(connection, venue)}
    codes = follow_signs(connection, venue, plan, release.number, again=release.number in before)
    displays = follow_displays(connection, venue, plan)
    publish_release(connection, venue, release.number, who=who)
    lost = tuple(
        record.id
        for record in list_lasting(connection, venue, datetime.now(UTC))
        if any(feature not in plan for feature in record.draft.features)
    )
    return Published(
        release,
        venue.published,
        is_new=True,
        codes=codes,
        displays=displays,
        lost=lost,
        pending=_list_overtaken(connection, venue, release.number),
    )


def _list_overtaken(
    connection: Connection, venue: VenueRecord, number: int
) -> tuple[ScheduleRecord, ...]:
    """List what is to come into force, but not by itself while a release is."""
    planned = list_schedules(connection, venue)
    return tuple(one for one in planned if one.done_at is None and one.is_overtaken_by(number))


def _place_signs(connection: Connection, venue: VenueRecord) -> None:
    """Note where signs are in the release that goes out of force, if nobody has noted it yet."""
    number = venue.published
    if number is None or all(one.place for one in list_codes(connection, venue)):
        return
    # a release that cannot be read any more must not bar another one
    with suppress(DamagedError):
        plan = read_release(connection, venue, number).plan
        place_signs(connection, venue, plan, number)
