"""Drafts: each a log of actions upon a release, to which entries are only ever added."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from wayfinder.store.draft_tables import draft_actions, drafts
from wayfinder.store.errors import DamagedError, InvalidError, UnknownError
from wayfinder.store.venues import VenueRecord

_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class DraftRecord:
    """What the store knows of a draft, its log aside.

    Parameters
    ----------
    id
        Never used again.
    name
        What people call it.
    base_number, base_hash
        The release that its log begins at, None for an empty plan, and the hash of that plan.
    merged_number
        The release in force of which it has everything; None where none was in force.
    owner, created_at
        Who opened it, and when.
    closed_at, closed_by
        When and by whom it was published, scheduled or discarded; None while it is open.
    release_number
        The release that was made of it, or None.
    head
        Number of the last entry of its log; 0 before the first.
    updated_at
        When that was added; when it was opened before.
    """

    id: int
    name: str
    base_number: int | None
    base_hash: str
    merged_number: int | None
    owner: str
    created_at: datetime
    closed_at: datetime | None
    closed_by: str | None
    release_number: int | None
    head: int
    updated_at: datetime

    @property
    def is_open(self) -> bool:
        """Whether it can be changed."""
        return self.closed_at is None

    @property
    def is_discarded(self) -> bool:
        """Whether it was put away without a release."""
        return self.closed_at is not None and self.release_number is None

    @property
    def upon(self) -> tuple[int | None, ...]:
        """The releases of which it has everything; None among them stands for none at all."""
        return tuple(dict.fromkeys((self.merged_number, self.base_number)))


@dataclass(frozen=True, slots=True)
class EntryRecord:
    """An entry of a log.

    Parameters
    ----------
    number
        Counts from 1 in each draft.
    key
        Made by whoever sent it: what is sent twice is done once.
    author, made_at
        Who did it, and when.
    seen
        The last entry that the author had seen.
    kind
        What kind of action it is.
    action, revert
        What was asked for, and what takes it back, as JSON.
    result
        Feature id to the feature that came of it, None where it is gone, as JSON.
    touched
        Ids of those features.
    undoes
        Number of the entry that it takes back, or None.
    """

    number: int
    key: str
    author: str
    seen: int
    kind: str
    action: Mapping[str, Any]
    revert: Mapping[str, Any]
    result: Mapping[str, Mapping[str, Any] | None]
    touched: tuple[str, ...]
    undoes: int | None
    made_at: datetime


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry of a log without what came of it: for a list.

    Parameters
    ----------
    number, author, kind, touched, undoes, made_at
        As in `EntryRecord`.
    undone_by
        Number of the last entry that takes it back, or None.
    """

    number: int
    author: str
    kind: str
    touched: tuple[str, ...]
    undoes: int | None
    made_at: datetime
    undone_by: int | None


_head = (
    sa.select(sa.func.coalesce(sa.func.max(draft_actions.c.number), 0))
    .where(draft_actions.c.draft_id == drafts.c.id)
    .correlate(drafts)
    .scalar_subquery()
)
_updated_at = (
    sa.select(draft_actions.c.made_at)
    .where(draft_actions.c.draft_id == drafts.c.id)
    .order_by(draft_actions.c.number.desc())
    .limit(1)
    .correlate(drafts)
    .scalar_subquery()
)
_DRAFTS = sa.select(
    drafts.c.id,
    drafts.c.name,
    drafts.c.base_number,
    drafts.c.base_hash,
    drafts.c.merged_number,
    drafts.c.owner,
    drafts.c.created_at,
    drafts.c.closed_at,
    drafts.c.closed_by,
    drafts.c.release_number,
    _head.label("head"),
    sa.func.coalesce(_updated_at, drafts.c.created_at, type_=drafts.c.created_at.type).label(
        "updated_at"
    ),
)
_ENTRIES = sa.select(*(column for column in draft_actions.c if column.name != "draft_id"))


def list_drafts(connection: Connection, venue: VenueRecord) -> list[DraftRecord]:
    """List the drafts of a venue, those that are closed too, the one opened last first."""
    chosen = _DRAFTS.where(drafts.c.venue_id == venue.id).order_by(drafts.c.id.desc())
    return [DraftRecord(**row) for row in connection.execute(chosen).mappings()]


def get_draft(connection: Connection, venue: VenueRecord, draft_id: int) -> DraftRecord:
    """Return a draft by its id; raises UnknownError where the venue has none of that id."""
    chosen = _DRAFTS.where(drafts.c.venue_id == venue.id, drafts.c.id == draft_id)
    row = connection.execute(chosen).mappings().one_or_none()
    if row is None:
        raise UnknownError("unknown-draft", venue=venue.slug, id=draft_id)
    return DraftRecord(**row)


def add_draft(
    connection: Connection,
    venue: VenueRecord,
    name: str,
    *,
    base: tuple[int | None, str],
    who: str,
) -> DraftRecord:
    """Open a draft.

    Parameters
    ----------
    connection
        Open for writing.
    venue
        The venue.
    name
        What people call it.
    base
        Number of the release that it begins at, None for an empty plan, and the hash of the plan.
    who
        Who opens it.

    Raises
    ------
    InvalidError
        The name is empty or too long.
    """
    made = connection.execute(
        sa.insert(drafts).values(
            venue_id=venue.id,
            name=check_name(name),
            base_number=base[0],
            base_hash=base[1],
            merged_number=venue.published,
            owner=who,
            created_at=datetime.now(UTC),
        )
    )
    (draft_id,) = made.inserted_primary_key or (0,)
    return get_draft(connection, venue, draft_id)


def check_name(name: str) -> str:
    """Return the name of a draft without space around it; raises InvalidError where it is none."""
    clean = name.strip()
    if not clean or len(clean) > _LONGEST_NAME:
        raise InvalidError("bad-draft-name", name=clean[:_LONGEST_NAME], limit=_LONGEST_NAME)
    return clean


def rename_draft(connection: Connection, draft: DraftRecord, name: str) -> None:
    """Call a draft something else; raises InvalidError where that is no name."""
    _update(connection, draft, name=check_name(name))


def close_draft(
    connection: Connection, draft: DraftRecord, *, who: str, release: int | None = None
) -> None:
    """Let nobody change a draft any more; its log stays.

    Parameters
    ----------
    connection
        Open for writing.
    draft
        The draft.
    who
        Who closes it.
    release
        Number of the release that was made of it; None: it is discarded.
    """
    _update(connection, draft, closed_at=datetime.now(UTC), closed_by=who, release_number=release)


def reopen_draft(connection: Connection, draft: DraftRecord) -> None:
    """Let a draft that is closed be changed again."""
    _update(connection, draft, closed_at=None, closed_by=None, release_number=None)


def set_merged(connection: Connection, draft: DraftRecord, number: int | None) -> None:
    """Note of which release in force a draft has everything."""
    _update(connection, draft, merged_number=number)


def add_entry(connection: Connection, draft: DraftRecord, entry: EntryRecord) -> None:
    """Add an entry to the log of a draft; its number must be the next one."""
    values = {name: getattr(entry, name) for name in EntryRecord.__slots__}
    values["touched"] = list(entry.touched)
    connection.execute(sa.insert(draft_actions).values(draft_id=draft.id, **values))


def list_entries(
    connection: Connection, draft: DraftRecord, *, after: int = 0, until: int | None = None
) -> list[EntryRecord]:
    """List the entries of a log in their order: those after a number, up to another one."""
    table = draft_actions
    chosen = _ENTRIES.where(table.c.draft_id == draft.id, table.c.number > after)
    if until is not None:
        chosen = chosen.where(table.c.number <= until)
    return _read(connection.execute(chosen.order_by(table.c.number)).mappings())


def list_lines(
    connection: Connection, draft: DraftRecord, *, before: int | None = None, limit: int = 50
) -> list[EntryLine]:
    """List the entries of a log without what came of them, the newest first.

    Parameters
    ----------
    connection
        Open for reading.
    draft
        The draft.
    before
        Those before this number only.
    limit
        At most so many.
    """
    table, later = draft_actions, draft_actions.alias()
    undone_by = (
        sa.select(sa.func.max(later.c.number))
        .where(later.c.draft_id == table.c.draft_id, later.c.undoes == table.c.number)
        .correlate(table)
        .scalar_subquery()
    )
    columns = (table.c.number, table.c.author, table.c.kind, table.c.touched)
    chosen = sa.select(*columns, table.c.undoes, table.c.made_at, undone_by.label("undone_by"))
    chosen = chosen.where(table.c.draft_id == draft.id)
    if before is not None:
        chosen = chosen.where(table.c.number < before)
    rows = connection.execute(chosen.order_by(table.c.number.desc()).limit(limit)).mappings()
    return [EntryLine(**{**row, "touched": tuple(row["touched"])}) for row in rows]


def get_entry(connection: Connection, draft: DraftRecord, number: int) -> EntryRecord:
    """Return an entry by its number; raises DamagedError where there is none."""
    found = list_entries(connection, draft, after=number - 1, until=number)
    if not found:
        raise DamagedError("draft-damaged", id=draft.id, number=number)
    return found[0]


def find_key(connection: Connection, draft: DraftRecord, number: int) -> str | None:
    """Return the key of an entry by its number, or None where there is none."""
    table = draft_actions
    chosen = sa.select(table.c.key).where(table.c.draft_id == draft.id, table.c.number == number)
    return connection.execute(chosen).scalar()


def find_draft_of(
    connection: Connection, venue: VenueRecord, author: str, key: str
) -> DraftRecord | None:
    """Return the draft of a venue in which an author sent something under a key, or None."""
    sent = sa.select(draft_actions.c.draft_id).where(
        draft_actions.c.draft_id == drafts.c.id,
        draft_actions.c.key == key,
        draft_actions.c.author == author,
    )
    chosen = _DRAFTS.where(drafts.c.venue_id == venue.id, sent.exists())
    row = connection.execute(chosen.order_by(drafts.c.id.desc()).limit(1)).mappings().one_or_none()
    return None if row is None else DraftRecord(**row)


def list_turns(
    connection: Connection, draft: DraftRecord, author: str
) -> list[tuple[int, str, int | None]]:
    """List what one author did in its order: number, kind, and the number that it takes back."""
    table = draft_actions
    chosen = sa.select(table.c.number, table.c.kind, table.c.undoes)
    own = chosen.where(table.c.draft_id == draft.id, table.c.author == author)
    rows = connection.execute(own.order_by(table.c.number))
    return [(row.number, row.kind, row.undoes) for row in rows]


def map_undoes(connection: Connection, draft_id: int) -> dict[int, int]:
    """Return which entries of a draft's log take one back: their numbers to that one's."""
    table = draft_actions
    chosen = sa.select(table.c.number, table.c.undoes)
    chosen = chosen.where(table.c.draft_id == draft_id, table.c.undoes.is_not(None))
    return {row.number: row.undoes for row in connection.execute(chosen)}


def find_entry(connection: Connection, draft: DraftRecord, key: str) -> EntryRecord | None:
    """Return the entry that was sent under a key, or None."""
    table = draft_actions
    chosen = _ENTRIES.where(table.c.draft_id == draft.id, table.c.key == key)
    return next(iter(_read(connection.execute(chosen).mappings())), None)


def _update(connection: Connection, draft: DraftRecord, **values: object) -> None:
    connection.execute(sa.update(drafts).where(drafts.c.id == draft.id).values(**values))


def _read(rows: Iterable[Any]) -> list[EntryRecord]:
    return [EntryRecord(**{**row, "touched": tuple(row["touched"])}) for row in rows]
