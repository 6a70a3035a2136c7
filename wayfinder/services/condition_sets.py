"""Sets of conditions as a whole: prepared, given hours by which they switch themselves."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from functools import partial

from sqlalchemy.engine import Connection

from wayfinder.route import find_time_zone
from wayfinder.route.schedule import Hours
from wayfinder.services.condition_notes import (
    PLANNED,
    SET_MADE,
    note_set,
    note_switched,
)
from wayfinder.services.conditions import get_plan
from wayfinder.services.one_by_one import Failed, do_each, log_failed
from wayfinder.store import DamagedError, InvalidError, Store, UnknownError
from wayfinder.store.audit import NOBODY, Actor
from wayfinder.store.conditions import (
    ConditionRecord,
    ConditionSet,
    get_named_set,
    get_set,
    list_conditions,
    list_due_sets,
    list_sets,
    make_set,
    plan_set,
    switch_sets,
)
from wayfinder.store.venues import VenueRecord, get_venue

BY_HOURS = "⏱"
"""Who switches a set by its hours, in the log and on pages."""
_AHEAD = timedelta(days=366)
_MOST_CHANGES = 800
"""Of hours that change in words alone, such as ``08:00-09:00 off "cleaning"`` (ours: 60 ms)."""


def prepare_set(store: Store, slug: str, name: str, *, who: Actor = NOBODY) -> ConditionSet:
    """Make a set of no conditions yet, switched off; the one of that name where there is one.

    Raises
    ------
    UnknownError
        There is no such venue.
    InvalidError
        The name is empty or too long.
    """
    with store.write() as connection:
        venue = get_venue(connection, slug)
        known = {one.name for one in list_sets(connection, venue)}
        made = make_set(connection, venue, name.strip(), who=who.name)
        if made.name not in known:
            note_set(connection, venue, SET_MADE, made.name, who=who, undo={"set": made.name})
        return made


def find_set(
    store: Store, slug: str, set_id: int
) -> tuple[ConditionSet, tuple[ConditionRecord, ...]]:
    """Return a set with its conditions; raises UnknownError where the venue has none such."""
    with store.read() as connection:
        venue = get_venue(connection, slug)
        found = get_set(connection, venue, set_id)
        records = list_conditions(connection, venue)
    return found, tuple(one for one in records if one.set == found.name)


def find_named_set(store: Store, slug: str, name: str) -> ConditionSet:
    """Return a set by its name; raises UnknownError where the venue has none such."""
    with store.read() as connection:
        return get_named_set(connection, get_venue(connection, slug), name)


def foresee(one: ConditionSet, zone: tzinfo) -> ConditionSet:
    """Return a set that is due when its hours change it next, which is what people want to know.

    They may begin while it is on by hand already, or end while it is still off: nothing happens.
    """
    if one.due_at is None:
        return one
    hours = Hours(one.hours or "", zone)
    return replace(one, due_at=_find_turn(hours, one.due_at, was_open=one.active))


def give_hours(
    store: Store,
    slug: str,
    set_id: int,
    hours: str,
    *,
    now: datetime | None = None,
    who: Actor = NOBODY,
) -> ConditionSet:
    """Let a set be on by hours, from the next time that they begin or end; by none, by hand alone.

    What is switched by hand in between holds until then.

    Parameters
    ----------
    store
        The store.
    slug
        The venue.
    set_id
        The set.
    hours
        OSM opening_hours, on the venue's clock: ``Mo-Fr 20:00-06:00``; empty for none.
    now
        Aware instant; None is now.
    who
        Who says so.

    Raises
    ------
    UnknownError
        There is no such venue or set, or the venue has no plan whose clock one could go by.
    InvalidError
        The hours cannot be read, or never change.
    """
    text = hours.strip()
    instant = now or datetime.now(UTC)
    due_at = _find_due(_read_hours(store, slug, text), text, instant) if text else None
    with store.write() as connection:
        venue = get_venue(connection, slug)
        before = get_set(connection, venue, set_id)
        if before.hours == (text or None):
            return before
        plan_set(connection, venue, set_id, hours=text or None, due_at=due_at)
        undo = {"set": before.name, "hours": text} if text else None
        note_set(connection, venue, PLANNED, before.name, who=who, undo=undo, hours=text or "–")
        return get_set(connection, venue, set_id)


def switch_due(
    store: Store, now: datetime | None = None, *, failed: Failed = log_failed
) -> list[ConditionSet]:
    """Switch the sets whose hours have begun or ended, each in a transaction of its own.

    Whichever worker looks first does it. What was missed while nobody looked is not made up for:
    a set is as its hours say now.

    Parameters
    ----------
    store
        The store.
    now
        Aware instant; None is now.
    failed
        Told of what fails for a reason that nobody foresaw.

    Raises
    ------
    UnavailableError
        The database cannot be reached; what was not switched is due still.
    """
    instant = now or datetime.now(UTC)
    with store.read() as connection:
        due = list_due_sets(connection, instant)
    return do_each(
        (
            (f"set {set_id} of venue {slug}", partial(_switch, store, slug, set_id, instant))
            for slug, set_id in due
        ),
        failed,
    )


def _switch(store: Store, slug: str, set_id: int, now: datetime) -> ConditionSet | None:
    text = _find_hours(store, slug, set_id)
    if text is None:
        return None
    try:
        hours = _read_hours(store, slug, text)
    except (DamagedError, InvalidError, UnknownError):
        hours = None  # the other sets are due all the same
    with store.write() as connection:
        venue = get_venue(connection, slug)
        before = next((one for one in list_sets(connection, venue) if one.id == set_id), None)
        if before is None or before.due_at is None or before.due_at > now or before.hours != text:
            return None  # another worker was quicker
        # hours that can be read no more switch nothing, and are not asked again every second
        due_at = hours.find_change(now) if hours is not None else None
        plan_set(connection, venue, set_id, hours=text, due_at=due_at)
        if hours is None or hours.is_open(now) is before.active:
            return None
        return _turn(connection, venue, before)


def _find_hours(store: Store, slug: str, set_id: int) -> str | None:
    """Return the hours of a set as they are written, or None where it was removed meanwhile."""
    with store.read() as connection:
        sets = list_sets(connection, get_venue(connection, slug))
    return next((one.hours or "" for one in sets if one.id == set_id), None)


def _turn(connection: Connection, venue: VenueRecord, before: ConditionSet) -> ConditionSet:
    who = Actor(BY_HOURS)
    switch_sets(connection, venue, [before.name], active=not before.active, who=who.name)
    now = get_set(connection, venue, before.id)
    note_switched(connection, venue, [before], [now], who=who)
    return now


def _read_hours(store: Store, slug: str, text: str) -> Hours:
    hours = Hours(text, find_time_zone(get_plan(store, slug)))
    if not hours.readable:
        raise InvalidError("unreadable-hours", hours=text[:80])
    return hours


def _find_due(hours: Hours, text: str, now: datetime) -> datetime | None:
    if _find_turn(hours, now, was_open=hours.is_open(now)) is None:
        raise InvalidError("hours-never-change", hours=text[:80])
    return hours.find_change(now)


def _find_turn(hours: Hours, start: datetime, *, was_open: bool) -> datetime | None:
    """Return when hours say otherwise first, from an instant on; None: not within a year."""
    at = start
    for _ in range(_MOST_CHANGES):
        if hours.is_open(at) is not was_open:
            return at
        change = hours.find_change(at)
        if change is None or at - start > _AHEAD:
            return None
        at = change
    return None
