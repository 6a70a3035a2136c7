"""The registry of displays: rows are added, follow their displays, and are never removed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from wayfinder.model import DisplayKind
from wayfinder.store.errors import UnknownError
from wayfinder.store.tables import displays, venues
from wayfinder.store.venues import VenueRecord, touch_venue


@dataclass(frozen=True, slots=True)
class DisplayRecord:
    """What the store knows of a display.

    Parameters
    ----------
    id
        What its address names it by.
    venue
        Slug of its venue, or None where that is no longer kept here.
    feature
        Id of the display in the release in force, or the last one it had.
    kind
        Whether it is touched or read.
    ref
        What one says on the telephone, such as ``K-01``; empty where it has none.
    name
        What the staff call it; empty where they call it nothing else.
    registered_at
        When it got its id.
    formerly
        Ids that it had in the plan before.
    token_hash
        Of the token with which it reports; empty where it has none.
    enrolled_at
        When it got that token, or None.
    revoked_at
        When that was taken back, or None.
    removed_at
        When it was taken down, or None.
    """

    id: str
    venue: str | None
    feature: str
    kind: DisplayKind
    ref: str = ""
    name: str = ""
    registered_at: datetime | None = None
    formerly: tuple[str, ...] = ()
    token_hash: str = ""
    enrolled_at: datetime | None = None
    revoked_at: datetime | None = None
    removed_at: datetime | None = None

    @property
    def title(self) -> str:
        """What the staff call it: its name, its number, or its id."""
        return self.name or self.ref or self.id


_COLUMNS = displays.c
_RECORDS = sa.select(
    _COLUMNS.id,
    venues.c.slug,
    _COLUMNS.feature,
    _COLUMNS.kind,
    _COLUMNS.ref,
    _COLUMNS.name,
    _COLUMNS.registered_at,
    _COLUMNS.formerly,
    _COLUMNS.token_hash,
    _COLUMNS.enrolled_at,
    _COLUMNS.revoked_at,
    _COLUMNS.removed_at,
).outerjoin(venues)


def list_displays(connection: Connection, venue: VenueRecord | None = None) -> list[DisplayRecord]:
    """List the displays of a venue, or all there are, in the order in which they were given ids."""
    chosen = _RECORDS.order_by(_COLUMNS.registered_at, _COLUMNS.id)
    if venue is not None:
        chosen = chosen.where(_COLUMNS.venue_id == venue.id)
    return [_read(row) for row in connection.execute(chosen)]


def get_display(connection: Connection, display_id: str) -> DisplayRecord:
    """Return a display by its cleaned id; raises UnknownError where there is none."""
    row = connection.execute(_RECORDS.where(_COLUMNS.id == display_id)).one_or_none()
    if row is None:
        raise UnknownError("unknown-display", display=display_id[:80])
    return _read(row)


def add_displays(
    connection: Connection, venue: VenueRecord, records: Iterable[DisplayRecord]
) -> None:
    """Give out ids for good."""
    now = datetime.now(UTC)
    rows = [
        {
            "id": one.id,
            "venue_id": venue.id,
            "feature": one.feature,
            "kind": str(one.kind),
            "ref": one.ref,
            "name": one.name,
            "registered_at": one.registered_at or now,
            "formerly": list(one.formerly),
        }
        for one in records
    ]
    if rows:
        connection.execute(sa.insert(displays), rows)
        touch_venue(connection, venue.id)


def update_displays(
    connection: Connection, venue: VenueRecord, records: Iterable[DisplayRecord]
) -> None:
    """Note under which ids and numbers displays are known in the plan now, and of which kind."""
    for one in records:
        chosen = sa.update(displays).where(_COLUMNS.id == one.id)
        values = {"feature": one.feature, "kind": str(one.kind), "ref": one.ref}
        connection.execute(chosen.values(**values, formerly=list(one.formerly)))
        touch_venue(connection, venue.id)


def change_display(connection: Connection, display_id: str, **values: object) -> None:
    """Change columns of a display.

    Parameters
    ----------
    connection
        Open for writing.
    display_id
        Its cleaned id.
    values
        Column to what it is from now on.

    Raises
    ------
    UnknownError
        There is no such display.
    """
    chosen = sa.update(displays).where(_COLUMNS.id == display_id)
    changed: sa.Update = chosen.values(values)
    if connection.execute(changed).rowcount == 0:
        raise UnknownError("unknown-display", display=display_id[:80])
    of = sa.select(_COLUMNS.venue_id).where(_COLUMNS.id == display_id)
    venue_id = connection.execute(of).scalar()
    if venue_id is not None:
        touch_venue(connection, venue_id)


def has_code(connection: Connection, display_id: str) -> bool:
    """Tell whether a display has a one-time code that it has not used, over or not."""
    chosen = sa.select(_COLUMNS.id).where(_COLUMNS.id == display_id)
    return connection.execute(chosen.where(_COLUMNS.code_hash.is_not(None))).first() is not None


def is_code_good(connection: Connection, display_id: str, code_hash: str, at: datetime) -> bool:
    """Tell whether a display may enrol with a one-time code of a hash at an instant."""
    chosen = sa.select(_COLUMNS.id).where(
        _COLUMNS.id == display_id,
        _COLUMNS.code_hash == code_hash,
        _COLUMNS.code_until > at,
        _COLUMNS.removed_at.is_(None),
    )
    return connection.execute(chosen).first() is not None


def _read(row: Any) -> DisplayRecord:  # noqa: ANN401 - a row of `_RECORDS`
    return DisplayRecord(
        id=row.id,
        venue=row.slug,
        feature=row.feature,
        kind=DisplayKind(row.kind),
        ref=row.ref,
        name=row.name,
        registered_at=row.registered_at,
        formerly=tuple(row.formerly),
        token_hash=row.token_hash or "",
        enrolled_at=row.enrolled_at,
        revoked_at=row.revoked_at,
        removed_at=row.removed_at,
    )
