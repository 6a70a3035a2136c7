"""Closing and opening, exceptional hours, notices, and sets of them; nobody waits for a publish.

All of it is noted for the admins, in the transaction that does it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain

from wayfinder.model import Conditions, Plan
from wayfinder.route import find_time_zone
from wayfinder.route.schedule import Hours
from wayfinder.services.condition_notes import (
    SET_REMOVED,
    note_begun,
    note_changed,
    note_ended,
    note_set,
    note_switched,
    write_record,
)
from wayfinder.services.named import name_in_all
from wayfinder.store import ConflictError, DamagedError, InvalidError, Store, UnknownError
from wayfinder.store.audit import NOBODY, Actor
from wayfinder.store.conditions import (
    CLOSURE,
    HOURS,
    NOTICE,
    ConditionDraft,
    ConditionRecord,
    ConditionSet,
    add_condition,
    change_condition,
    get_condition,
    get_named_set,
    keep_features,
    list_conditions,
    list_lasting,
    list_sets,
    read_conditions,
    remove_set,
    switch_sets,
)
from wayfinder.store.releases import find_newest, read_release
from wayfinder.store.venues import get_venue

_LONGEST_TEXT = 2_000
MOST = 1_000
"""Conditions of a venue that are not over (ours): each is looked at by every route."""


@dataclass(frozen=True, slots=True)
class Reopened:
    """What a reopening did.

    Parameters
    ----------
    opened
        The closures that are gone, or gone for some of their features, as they were.
    still_closed
        Closures that hold all the same: of sets that are on, which have to be switched off, and
        those that are not another system's to end.
    """

    opened: tuple[ConditionRecord, ...]
    still_closed: tuple[ConditionRecord, ...]


def get_plan(store: Store, slug: str) -> Plan:
    """Return the plan that conditions are about: the one in force, else the newest.

    Raises
    ------
    UnknownError
        There is no such venue, or it has no release yet.
    """
    with store.read() as connection:
        venue = get_venue(connection, slug)
        newest = find_newest(connection, venue)
        if newest is None:
            raise UnknownError("no-releases", venue=slug)
        return read_release(connection, venue, venue.published or newest.number).plan


def add(
    store: Store,
    slug: str,
    draft: ConditionDraft,
    *,
    plan: Plan | None = None,
    set_name: str | None = None,
    who: Actor = NOBODY,
) -> ConditionRecord:
    """Let something hold: a closure, exceptional hours or a notice.

    What holds already, word for word, is not added twice by people, nor by one system: what both
    say has to be ended by both.

    Parameters
    ----------
    store
        The store.
    slug
        The venue.
    draft
        What is to hold.
    plan
        The plan in force, where the caller has it; it is read otherwise.
    set_name
        Set that it joins, made if need be; None: it holds at once.
    who
        Who says so.

    Raises
    ------
    UnknownError
        There is no such venue, or a feature is not in its plan.
    InvalidError
        The draft makes no sense: no feature, hours that cannot be read, a span that is over; or
        the venue has as many conditions as it may.
    """
    known_plan = plan or get_plan(store, slug)
    _check(known_plan, slug, draft)
    name = name_in_all(known_plan, draft.features)
    with store.write() as connection:
        venue = get_venue(connection, slug)
        known = list_lasting(connection, venue, datetime.now(UTC))
        for record in known:
            is_own = record.token_id == who.token_id
            if is_own and record.draft == draft and record.set == set_name:
                return record
        if len(known) >= MOST:
            raise InvalidError("too-many-conditions", limit=MOST)
        made = add_condition(
            connection, venue, draft, set_name=set_name, who=who.name, token_id=who.token_id
        )
        note_begun(connection, venue, made, who=who, name=name)
        return made


def change(
    store: Store,
    slug: str,
    condition_id: int,
    draft: ConditionDraft,
    *,
    plan: Plan | None = None,
    who: Actor = NOBODY,
) -> ConditionRecord:
    """Let something hold longer, shorter or with other words; its kind stays.

    Raises
    ------
    UnknownError
        There is no such venue, or it has no such condition, or a feature is not in its plan.
    InvalidError
        What it is to be makes no sense.
    """
    known_plan = plan or get_plan(store, slug)
    _check(known_plan, slug, draft)
    name = name_in_all(known_plan, draft.features)
    with store.write() as connection:
        venue = get_venue(connection, slug)
        record = get_condition(connection, venue, condition_id)
        if draft.kind != record.draft.kind:
            raise InvalidError("other-kind", id=condition_id)
        if draft == record.draft:
            return record
        now = change_condition(connection, venue, record, draft, token_id=who.token_id)
        note_changed(connection, venue, record, now, who=who, name=name)
        return now


def reopen(
    store: Store,
    slug: str,
    features: Iterable[str],
    *,
    set_name: str | None = None,
    plan: Plan | None = None,
    who: Actor = NOBODY,
) -> Reopened:
    """End the closures of features, to come as well: those in no set, or those of one set.

    Another system ends its own alone: what people have closed, or said something else of since,
    people open. What is over stays what it was.

    Raises
    ------
    UnknownError
        There is no such venue, or no such set.
    ConflictError
        None of them is closed.
    """
    wanted = frozenset(features)
    opened: list[ConditionRecord] = []
    still: list[ConditionRecord] = []
    known_plan, now = plan or _find_plan(store, slug), datetime.now(UTC)
    with store.write() as connection:
        venue = get_venue(connection, slug)
        if set_name is not None:
            get_named_set(connection, venue, set_name)
        for record in list_lasting(connection, venue, now):
            if record.draft.kind != CLOSURE or wanted.isdisjoint(record.draft.features):
                continue
            may_end = who.token_id in {None, record.token_id}
            if record.set == set_name and may_end:
                rest = [feature for feature in record.draft.features if feature not in wanted]
                keep_features(connection, venue, record, rest)
                opened.append(record)
            elif record.holds_at(now):
                still.append(record)
        if not opened and not still:
            raise ConflictError("not-closed", venue=slug, features=sorted(wanted))
        if opened:
            parts = [_take_part(record, wanted) for record in opened]
            ended = dict.fromkeys(chain.from_iterable(one.draft.features for one in parts))
            name = name_in_all(known_plan, ended)
            note_ended(connection, venue, parts, who=who, name=name)
    return Reopened(tuple(opened), tuple(still))


def remove(
    store: Store, slug: str, condition_id: int, *, plan: Plan | None = None, who: Actor = NOBODY
) -> ConditionRecord:
    """End a condition of any kind by its id, and return what it was.

    Raises
    ------
    UnknownError
        There is no such venue, or it has no such condition.
    """
    known_plan = plan or _find_plan(store, slug)
    with store.write() as connection:
        venue = get_venue(connection, slug)
        record = get_condition(connection, venue, condition_id)
        keep_features(connection, venue, record, ())
        name = name_in_all(known_plan, record.draft.features)
        note_ended(connection, venue, [record], who=who, name=name)
        return record


def list_all(store: Store, slug: str) -> list[ConditionRecord]:
    """List the conditions of a venue, those to come, over or switched off too."""
    with store.read() as connection:
        return list_conditions(connection, get_venue(connection, slug))


def find_held(store: Store, slug: str, at: datetime) -> Conditions:
    """Return what holds at an instant or will, as the store has it now."""
    with store.read() as connection:
        return read_conditions(connection, get_venue(connection, slug), at)


def find_closed(store: Store, slug: str, at: datetime) -> frozenset[str]:
    """Return the ids of what is closed at an instant, as the store has it now."""
    return find_held(store, slug, at).closed_at(at)


def list_all_sets(store: Store, slug: str) -> list[ConditionSet]:
    """List the sets of a venue by name."""
    with store.read() as connection:
        return list_sets(connection, get_venue(connection, slug))


def switch(
    store: Store,
    slug: str,
    *,
    on: Iterable[str] = (),
    off: Iterable[str] = (),
    who: Actor = NOBODY,
) -> list[ConditionSet]:
    """Switch sets on and off in one go, and return all sets as they then are.

    Raises
    ------
    UnknownError
        There is no such venue, or one of the sets is not there: nothing is switched.
    """
    names_on, names_off = tuple(on), tuple(off)
    with store.write() as connection:
        venue = get_venue(connection, slug)
        before = list_sets(connection, venue)
        switch_sets(connection, venue, names_off, active=False, who=who.name)
        switch_sets(connection, venue, names_on, active=True, who=who.name)
        now = list_sets(connection, venue)
        note_switched(connection, venue, before, now, who=who)
        return now


def forget_set(store: Store, slug: str, name: str, *, who: Actor = NOBODY) -> None:
    """Remove a set and its conditions; raises UnknownError where there is none of that name."""
    with store.write() as connection:
        venue = get_venue(connection, slug)
        members = [one for one in list_conditions(connection, venue) if one.set == name]
        remove_set(connection, venue, name)
        undo = {"set": name, "again": [write_record(one) for one in members]}
        note_set(connection, venue, SET_REMOVED, name, who=who, undo=undo, count=len(members))


def _find_plan(store: Store, slug: str) -> Plan | None:
    """Return the plan by which things are called, where there is one that can be read."""
    try:
        return get_plan(store, slug)
    except (UnknownError, DamagedError):
        return None


def _take_part(record: ConditionRecord, wanted: frozenset[str]) -> ConditionRecord:
    """Return what a condition says of some of its features."""
    part = tuple(feature for feature in record.draft.features if feature in wanted)
    return replace(record, draft=replace(record.draft, features=part))


def _check(plan: Plan, slug: str, draft: ConditionDraft) -> None:
    """Refuse what makes no sense on a plan."""
    for feature in draft.features:
        if feature not in plan:
            raise UnknownError("unknown-feature", venue=slug, feature=feature[:80])
    if not draft.features and draft.kind != NOTICE:
        raise InvalidError("no-features")
    if draft.kind == NOTICE and not any(text.strip() for text in draft.text.values()):
        raise InvalidError("empty-notice")
    if any(len(part) > _LONGEST_TEXT for part in chain(draft.text, draft.text.values())):
        raise InvalidError("text-too-long", limit=_LONGEST_TEXT)
    if draft.end is not None and draft.end <= datetime.now(UTC):
        raise InvalidError("over-already", end=draft.end.isoformat())
    hours = draft.hours
    if draft.kind == HOURS and not Hours(hours or "", find_time_zone(plan)).readable:
        raise InvalidError("unreadable-hours", hours=(hours or "")[:80])
