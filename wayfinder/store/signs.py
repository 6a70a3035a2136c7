"""The registry of sign codes: rows are added and follow their signs, and are never removed.

What becomes of a sign is kept as changes, each with its date and who noted it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from wayfinder.model.sign_records import HANGING, SignPlace, SignState
from wayfinder.store.tables import sign_codes, sign_states, venues
from wayfinder.store.venues import VenueRecord, touch_venue


@dataclass(frozen=True, slots=True)
class CodeRecord:
    """A code that was given out.

    Parameters
    ----------
    code
        The code, cleaned.
    venue
        Slug of its venue, or None where that is no longer kept here.
    feature
        Id of the sign in the release in force, or the last one it had.
    ref
        What one says on the telephone, such as ``A3-07``; empty where it has none.
    registered_at
        When it was given out.
    formerly
        Ids that the sign had before.
    place
        Where it was in the last release in force that had it; None before its first.
    state, since
        How far it has come, and since when.
    state_by
        Who noted that; empty where nobody did.
    is_noted
        Whether anybody has noted anything since it was planned.
    drawing
        Digest of what was printed last; empty where nobody said.
    reprinted_at
        When what hangs was printed anew, if the new one does not hang yet.
    """

    code: str
    venue: str | None
    feature: str
    ref: str
    registered_at: datetime
    formerly: tuple[str, ...] = ()
    place: SignPlace | None = None
    state: SignState = SignState.PLANNED
    since: datetime | None = None
    state_by: str = ""
    is_noted: bool = False
    drawing: str = ""
    reprinted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StateChange:
    """What became of a sign.

    Parameters
    ----------
    code
        Its code.
    state, since
        What it came to be, and when.
    made_by, made_at
        Who noted it, and when.
    drawing
        Digest of what was printed; empty where nobody said.
    """

    code: str
    state: SignState
    since: datetime
    made_by: str = ""
    made_at: datetime | None = None
    drawing: str = ""


_CODES = sign_codes.c
_RECORDS = (
    sa.select(_CODES.code, venues.c.slug, _CODES.feature, _CODES.ref, _CODES.registered_at)
    .add_columns(_CODES.formerly, _CODES.place)
    .outerjoin(venues)
)


def list_codes(connection: Connection, venue: VenueRecord | None = None) -> list[CodeRecord]:
    """List the codes of a venue, or all there are, in the order of their codes."""
    chosen = _RECORDS.order_by(_CODES.code)
    if venue is not None:
        chosen = chosen.where(_CODES.venue_id == venue.id)
    rows = connection.execute(chosen).all()
    changes: dict[str, list[StateChange]] = {row.code: [] for row in rows}
    codes = sa.select(_CODES.code)
    codes = codes if venue is None else codes.where(_CODES.venue_id == venue.id)
    for change in _list_changes(connection, sign_states.c.code.in_(codes)):
        changes[change.code].append(change)
    return [_make_record(row, changes[row.code]) for row in rows]


def list_changes(connection: Connection, code: str) -> list[StateChange]:
    """List what became of the sign of a code since it was planned, the oldest first."""
    return _list_changes(connection, sign_states.c.code == code)


def add_code(connection: Connection, venue: VenueRecord, code: str, feature: str, ref: str) -> None:
    """Give out a code for good."""
    connection.execute(
        sa.insert(sign_codes).values(
            code=code,
            venue_id=venue.id,
            feature=feature,
            ref=ref,
            registered_at=datetime.now(UTC),
            formerly=[],
            place={},
        )
    )
    touch_venue(connection, venue.id)


def update_codes(connection: Connection, venue: VenueRecord, records: Iterable[CodeRecord]) -> None:
    """Note the ids, the numbers and the places that signs have now."""
    rows = [
        {
            "of": record.code,
            "feature": record.feature,
            "ref": record.ref,
            "formerly": list(record.formerly),
            "place": record.place.to_json() if record.place else {},
        }
        for record in records
    ]
    if rows:
        chosen = sa.update(sign_codes).where(_CODES.code == sa.bindparam("of"))
        named: dict[str, Any] = {name: sa.bindparam(name) for name in rows[0] if name != "of"}
        connection.execute(chosen.values(named), rows)
        touch_venue(connection, venue.id)


def add_changes(connection: Connection, venue: VenueRecord, changes: Iterable[StateChange]) -> None:
    """Note what became of signs."""
    rows = [
        {
            "code": one.code,
            "state": str(one.state),
            "since": one.since,
            "drawing": one.drawing or None,
            "made_by": one.made_by,
            "made_at": one.made_at or datetime.now(UTC),
        }
        for one in changes
    ]
    if rows:
        connection.execute(sa.insert(sign_states), rows)
        touch_venue(connection, venue.id)


def _list_changes(connection: Connection, chosen: sa.ColumnElement[bool]) -> list[StateChange]:
    rows = connection.execute(sa.select(sign_states).where(chosen).order_by(sign_states.c.id))
    return [
        StateChange(
            row.code, SignState(row.state), row.since, row.made_by, row.made_at, row.drawing or ""
        )
        for row in rows
    ]


def _make_record(row: sa.Row[Any], changes: Iterable[StateChange]) -> CodeRecord:
    said: Mapping[str, Any] = row.place
    record = CodeRecord(
        code=row.code,
        venue=row.slug,
        feature=row.feature,
        ref=row.ref,
        registered_at=row.registered_at,
        formerly=tuple(row.formerly),
        place=SignPlace.of_json(said),
        since=row.registered_at,
    )
    for change in changes:
        record = _follow(record, change)
    return record


def _follow(record: CodeRecord, change: StateChange) -> CodeRecord:
    """Return what is known of a sign after a change."""
    known = replace(record, drawing=change.drawing or record.drawing, is_noted=True)
    if change.state is SignState.PRINTED and record.state in HANGING:
        return replace(known, reprinted_at=change.since)
    damaged = change.state is SignState.DAMAGED
    return replace(
        known,
        state=change.state,
        since=change.since,
        state_by=change.made_by,
        reprinted_at=record.reprinted_at if damaged else None,
    )
