"""What is done with conditions is noted for the admins, and can be taken back from there."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.engine import Connection

from wayfinder.services.audit import note, undoing
from wayfinder.services.people.roles import Role
from wayfinder.store import ConflictError, UnknownError
from wayfinder.store.audit import Actor, AuditEntry
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
    keep_features,
    list_sets,
    make_set,
    plan_set,
    remove_set,
    switch_sets,
)
from wayfinder.store.venues import VenueRecord, get_venue

BEGUN: Mapping[str, str] = {CLOSURE: "closed", HOURS: "hours-set", NOTICE: "notice-shown"}
ENDED: Mapping[str, str] = {CLOSURE: "reopened", HOURS: "hours-ended", NOTICE: "notice-ended"}
CHANGED: Mapping[str, str] = {
    CLOSURE: "closure-changed",
    HOURS: "hours-changed",
    NOTICE: "notice-changed",
}
"""Kind of condition to the code of what was done."""
SWITCHED, PLANNED = "sets-switched", "set-planned"
SET_MADE, SET_REMOVED = "set-made", "set-removed"
DONE = frozenset(
    {*BEGUN.values(), *ENDED.values(), *CHANGED.values(), SWITCHED, PLANNED, SET_MADE, SET_REMOVED}
)
"""All of these codes."""
_NOTED: ContextVar[list[int] | None] = ContextVar("noted", default=None)


@contextmanager
def noting() -> Iterator[list[int]]:
    """Gather the numbers of what is noted within: none where all was as it was asked to be."""
    noted: list[int] = []
    token = _NOTED.set(noted)
    try:
        yield noted
    finally:
        _NOTED.reset(token)


def write_record(record: ConditionRecord) -> dict[str, Any]:
    """Write a condition so that it can be made again."""
    draft = record.draft
    return {
        "id": record.id,
        "kind": draft.kind,
        "features": list(draft.features),
        "text": dict(draft.text),
        "start": draft.start.isoformat() if draft.start else None,
        "end": draft.end.isoformat() if draft.end else None,
        "hours": draft.hours,
        "shown_on": list(draft.shown_on),
        "set": record.set,
        "made_by": record.made_by,
        "token_id": record.token_id,
    }


def read_draft(document: Mapping[str, Any]) -> ConditionDraft:
    """Read what `write_record` wrote."""
    start, end = (
        datetime.fromisoformat(document[key]) if document[key] else None for key in ("start", "end")
    )
    return ConditionDraft(
        document["kind"],
        tuple(document["features"]),
        document["text"],
        start,
        end,
        document["hours"],
        tuple(document["shown_on"]),
    )


def note_begun(
    connection: Connection,
    venue: VenueRecord,
    record: ConditionRecord,
    *,
    who: Actor,
    name: Mapping[str, str],
) -> int:
    """Note that something holds from now on; return the number of the entry."""
    undo = {"condition": record.id}
    return _note(connection, venue, BEGUN[record.draft.kind], who, _tell(record, name), undo)


def note_ended(
    connection: Connection,
    venue: VenueRecord,
    records: Iterable[ConditionRecord],
    *,
    who: Actor,
    name: Mapping[str, str],
) -> int:
    """Note that conditions of one kind, or what they say of some features, hold no more."""
    gone = list(records)
    undo = {"again": [write_record(one) for one in gone]}
    told = _tell(gone[0], name)
    return _note(connection, venue, ENDED[gone[0].draft.kind], who, told, undo)


def note_changed(
    connection: Connection,
    venue: VenueRecord,
    before: ConditionRecord,
    now: ConditionRecord,
    *,
    who: Actor,
    name: Mapping[str, str],
) -> int:
    """Note that a condition has other times, hours or words."""
    undo = {"condition": now.id, "before": write_record(before), "now": write_record(now)}
    return _note(connection, venue, CHANGED[now.draft.kind], who, _tell(now, name), undo)


def note_switched(
    connection: Connection,
    venue: VenueRecord,
    before: Iterable[ConditionSet],
    now: Iterable[ConditionSet],
    *,
    who: Actor,
) -> int | None:
    """Note which sets were switched; None where all were as they are."""
    was = {one.name: one.active for one in before}
    turned = [one for one in now if was.get(one.name) != one.active]
    if not turned:
        return None
    on, off = ([one.name for one in turned if one.active is state] for state in (True, False))
    told = {"name": ", ".join([*(f"{name} ✓" for name in on), *(f"{name} ✗" for name in off)])}
    return _note(connection, venue, SWITCHED, who, told, {"on": on, "off": off})


def note_set(
    connection: Connection,
    venue: VenueRecord,
    action: str,
    name: str,
    *,
    who: Actor,
    undo: Mapping[str, Any] | None,
    **told: object,
) -> int:
    """Note what was done with a set as a whole."""
    return _note(connection, venue, action, who, {"name": name, **told}, undo)


def _tell(record: ConditionRecord, name: Mapping[str, str]) -> dict[str, Any]:
    """Return what the log says of a condition."""
    draft = record.draft
    is_notice = draft.kind == NOTICE
    called = draft.text if is_notice else name
    told: dict[str, Any] = {
        "name": dict(called) or ", ".join(draft.features),
        "condition": record.id,
        "reason": {} if is_notice else dict(draft.text),
        "hours": draft.hours,
        "from": draft.start.isoformat(timespec="minutes") if draft.start else None,
        "until": draft.end.isoformat(timespec="minutes") if draft.end else None,
        "set": record.set,
        "shown_on": ", ".join(draft.shown_on),
    }
    return {key: value for key, value in told.items() if value}


def _note(
    connection: Connection,
    venue: VenueRecord,
    action: str,
    who: Actor,
    details: Mapping[str, Any],
    undo: Mapping[str, Any] | None,
) -> int:
    entry = note(
        connection,
        action,
        who=who,
        organisation=venue.organisation,
        venue=venue.slug,
        details=details,
        undo=undo,
    )
    if (noted := _NOTED.get()) is not None:
        noted.append(entry)
    return entry


def _undo_begun(connection: Connection, entry: AuditEntry, _who: Actor) -> Mapping[str, Any]:
    """Let something hold no more that somebody began."""
    venue, undo = _find(connection, entry)
    record = _find_record(connection, venue, entry, undo["condition"])
    keep_features(connection, venue, record, ())
    return {"name": entry.details.get("name", "")}


def _undo_ended(connection: Connection, entry: AuditEntry, _who: Actor) -> Mapping[str, Any]:
    """Let hold again what somebody ended, as far as it would hold still."""
    venue, undo = _find(connection, entry)
    now = datetime.now(UTC)
    lasting = [
        (draft, said)
        for said in undo["again"]
        if (draft := read_draft(said)).end is None or draft.end > now
    ]
    if not lasting:
        raise ConflictError("not-undoable", entry=entry.id)
    for draft, said in lasting:
        add_condition(
            connection,
            venue,
            draft,
            set_name=said["set"],
            who=said["made_by"],
            token_id=said.get("token_id"),
        )
    return {"name": entry.details.get("name", "")}


def _undo_changed(connection: Connection, entry: AuditEntry, _who: Actor) -> Mapping[str, Any]:
    """Let a condition be again as it was, if nobody has changed it since."""
    venue, undo = _find(connection, entry)
    record = _find_record(connection, venue, entry, undo["condition"])
    if record.draft != read_draft(undo["now"]):
        raise ConflictError("not-undoable", entry=entry.id)
    before = undo["before"]
    whose = before.get("token_id")
    change_condition(connection, venue, record, read_draft(before), token_id=whose)
    return {"name": entry.details.get("name", "")}


for _kind in BEGUN:
    undoing(BEGUN[_kind], Role.PUBLISHER)(_undo_begun)
    undoing(ENDED[_kind], Role.PUBLISHER)(_undo_ended)
    undoing(CHANGED[_kind], Role.PUBLISHER)(_undo_changed)


@undoing(SWITCHED, Role.PUBLISHER)
def _undo_switched(connection: Connection, entry: AuditEntry, who: Actor) -> Mapping[str, Any]:
    """Switch sets as they were, if all of them are as they were switched."""
    venue, undo = _find(connection, entry)
    active = {one.name: one.active for one in list_sets(connection, venue)}
    wanted = {**dict.fromkeys(undo["on"], True), **dict.fromkeys(undo["off"], False)}
    if any(active.get(name) is not state for name, state in wanted.items()):
        raise ConflictError("not-undoable", entry=entry.id)
    switch_sets(connection, venue, undo["on"], active=False, who=who.name)
    switch_sets(connection, venue, undo["off"], active=True, who=who.name)
    return {"name": entry.details.get("name", "")}


@undoing(SET_MADE, Role.PUBLISHER)
def _undo_made(connection: Connection, entry: AuditEntry, _who: Actor) -> Mapping[str, Any]:
    """Take a set away again, if nothing has joined it."""
    venue, undo = _find(connection, entry)
    found = [one for one in list_sets(connection, venue) if one.name == undo["set"]]
    if not found or found[0].members:
        raise ConflictError("not-undoable", entry=entry.id)
    remove_set(connection, venue, undo["set"])
    return {"name": undo["set"]}


@undoing(SET_REMOVED, Role.PUBLISHER)
def _undo_removed(connection: Connection, entry: AuditEntry, who: Actor) -> Mapping[str, Any]:
    """Make a set again with its conditions, switched off, if there is none of its name."""
    venue, undo = _find(connection, entry)
    if any(one.name == undo["set"] for one in list_sets(connection, venue)):
        raise ConflictError("not-undoable", entry=entry.id)
    made = make_set(connection, venue, undo["set"], who=who.name)
    for said in undo["again"]:
        add_condition(connection, venue, read_draft(said), set_name=made.name, who=said["made_by"])
    return {"name": undo["set"]}


@undoing(PLANNED, Role.PUBLISHER)
def _undo_planned(connection: Connection, entry: AuditEntry, _who: Actor) -> Mapping[str, Any]:
    """Let a set have no hours; those that it had before are in the log."""
    venue, undo = _find(connection, entry)
    found = [one for one in list_sets(connection, venue) if one.name == undo["set"]]
    if not found or found[0].hours != undo["hours"]:
        raise ConflictError("not-undoable", entry=entry.id)
    plan_set(connection, venue, found[0].id, hours=None, due_at=None)
    return {"name": undo["set"]}


def _find(connection: Connection, entry: AuditEntry) -> tuple[VenueRecord, Mapping[str, Any]]:
    if entry.venue is None or entry.undo is None:
        raise ConflictError("not-undoable", entry=entry.id)
    return get_venue(connection, entry.venue), entry.undo


def _find_record(
    connection: Connection, venue: VenueRecord, entry: AuditEntry, condition_id: int
) -> ConditionRecord:
    try:
        return get_condition(connection, venue, condition_id)
    except UnknownError:
        raise ConflictError("not-undoable", entry=entry.id) from None
