"""Conditions: closures, exceptional hours and notices, and the sets that switch them together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from wayfinder.model import Closure, Conditions, ExceptionalHours, Labels, Notice
from wayfinder.model.conditions import SURFACES, is_within
from wayfinder.store.errors import InvalidError, UnknownError
from wayfinder.store.tables import condition_sets, conditions, venues
from wayfinder.store.types import refuse_unstorable
from wayfinder.store.venues import VenueRecord, touch_venue

CLOSURE, HOURS, NOTICE = "closure", "hours", "notice"


@dataclass(frozen=True, slots=True)
class ConditionDraft:
    """What is to hold.

    Parameters
    ----------
    kind
        ``closure``, ``hours`` or ``notice``.
    features
        Ids of the features it is about; none for a notice about the whole venue.
    text
        Reason, or what a notice says, by language.
    start, end
        Aware instants between which it holds; None: since ever, until further notice.
    hours
        OSM opening_hours, of exceptional hours.
    shown_on
        Of a notice: of `wayfinder.model.conditions.SURFACES`, in order; none: everywhere.
    """

    kind: str
    features: tuple[str, ...]
    text: Labels
    start: datetime | None = None
    end: datetime | None = None
    hours: str | None = None
    shown_on: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a span that is empty, and places to show it that there are not."""
        unknown = sorted(set(self.shown_on) - set(SURFACES))
        if unknown or (self.shown_on and self.kind != NOTICE):
            raise InvalidError("unknown-surface", surfaces=unknown, known=list(SURFACES))
        if self.start is not None and self.end is not None and self.start >= self.end:
            raise InvalidError("empty-span", start=self.start.isoformat(), end=self.end.isoformat())


@dataclass(frozen=True, slots=True)
class ConditionRecord:
    """A condition as it is kept.

    Parameters
    ----------
    id
        Never used again.
    draft
        What holds.
    set
        Name of the set that switches it, or None.
    active
        Whether it holds in its time: it is in no set, or its set is on.
    made_by, made_at
        Who, and when.
    token_id
        Id of the token of the system whose it is; None: it is people's.
    """

    id: int
    draft: ConditionDraft
    set: str | None
    active: bool
    made_by: str
    made_at: datetime
    token_id: int | None = None

    def holds_at(self, instant: datetime) -> bool:
        """Tell whether it holds at an aware instant."""
        return self.active and is_within(self.draft.start, self.draft.end, instant)

    def is_over(self, instant: datetime) -> bool:
        """Tell whether it will never hold again, on whatever its set is."""
        return self.draft.end is not None and self.draft.end <= instant


@dataclass(frozen=True, slots=True)
class ConditionSet:
    """A named set of conditions.

    Parameters
    ----------
    name
        Such as ``night``.
    active
        Whether its conditions hold.
    members
        How many conditions it has.
    switched_by, switched_at
        Who switched it last, and when; None: nobody has yet.
    hours
        OSM opening_hours in which it is on, or None: it is switched by hand alone.
    due_at
        When its hours switch it next, or None: never.
    id
        Of its row.
    """

    name: str
    active: bool
    members: int
    switched_by: str | None
    switched_at: datetime | None
    hours: str | None
    due_at: datetime | None
    id: int


_SETS = sa.select(
    condition_sets.c.name,
    condition_sets.c.active,
    sa.select(sa.func.count())
    .where(conditions.c.set_id == condition_sets.c.id)
    .scalar_subquery()
    .label("members"),
    sa.case((condition_sets.c.was_switched, condition_sets.c.switched_by)),
    sa.case((condition_sets.c.was_switched, condition_sets.c.switched_at)),
    condition_sets.c.hours,
    condition_sets.c.due_at,
    condition_sets.c.id,
)
_active = sa.or_(conditions.c.set_id.is_(None), condition_sets.c.active)
_RECORDS = sa.select(
    conditions,
    condition_sets.c.name.label("set_name"),
    _active.label("in_force"),
).outerjoin(condition_sets, conditions.c.set_id == condition_sets.c.id)


def list_conditions(connection: Connection, venue: VenueRecord) -> list[ConditionRecord]:
    """List the conditions of a venue, those of sets that are off too, in the order made."""
    chosen = _RECORDS.where(conditions.c.venue_id == venue.id).order_by(conditions.c.id)
    return [_read(row) for row in connection.execute(chosen).mappings()]


def get_condition(connection: Connection, venue: VenueRecord, condition_id: int) -> ConditionRecord:
    """Return a condition by its id; raises UnknownError where the venue has none of that id."""
    chosen = _RECORDS.where(conditions.c.venue_id == venue.id, conditions.c.id == condition_id)
    row = connection.execute(chosen).mappings().one_or_none()
    if row is None:
        raise UnknownError("unknown-condition", venue=venue.slug, id=condition_id)
    return _read(row)


def list_lasting(
    connection: Connection, venue: VenueRecord, now: datetime
) -> list[ConditionRecord]:
    """List the conditions of a venue without those that are over, in the order made."""
    lasts = sa.or_(conditions.c.end_at.is_(None), conditions.c.end_at > now)
    chosen = _RECORDS.where(conditions.c.venue_id == venue.id, lasts).order_by(conditions.c.id)
    return [_read(row) for row in connection.execute(chosen).mappings()]


def read_conditions(connection: Connection, venue: VenueRecord, now: datetime) -> Conditions:
    """Read what holds or is going to hold, without what is over."""
    closures: list[Closure] = []
    hours: list[ExceptionalHours] = []
    notices: list[Notice] = []
    for record in list_lasting(connection, venue, now):
        draft = record.draft
        if not record.active:
            continue
        span = draft.start, draft.end
        if draft.kind == CLOSURE:
            closures += [Closure(feature, *span, draft.text) for feature in draft.features]
        elif draft.kind == HOURS:
            text = draft.hours or ""
            hours += [ExceptionalHours(key, text, *span, draft.text) for key in draft.features]
        else:
            feature = draft.features[0] if draft.features else None
            shown_on = frozenset(draft.shown_on)
            notices.append(Notice(str(record.id), draft.text, *span, feature, shown_on))
    return Conditions(tuple(closures), hours=tuple(hours), notices=tuple(notices))


def add_condition(
    connection: Connection,
    venue: VenueRecord,
    draft: ConditionDraft,
    *,
    set_name: str | None = None,
    who: str = "",
    token_id: int | None = None,
) -> ConditionRecord:
    """Add a condition, to a set where one is named; the set is made, switched off, if need be."""
    set_id = None if set_name is None else _get_set_id(connection, venue, set_name, who=who)
    made = connection.execute(
        sa.insert(conditions).values(
            venue_id=venue.id,
            set_id=set_id,
            kind=draft.kind,
            features=list(draft.features),
            hours=draft.hours,
            text=dict(draft.text),
            start_at=draft.start,
            end_at=draft.end,
            shown_on=list(draft.shown_on),
            made_by=who,
            made_at=datetime.now(UTC),
            token_id=token_id,
        )
    )
    touch_venue(connection, venue.id, conditions=True)
    (condition_id,) = made.inserted_primary_key or (0,)
    return get_condition(connection, venue, condition_id)


def keep_features(
    connection: Connection, venue: VenueRecord, record: ConditionRecord, features: Sequence[str]
) -> None:
    """Leave a condition with some of its features; with none it is gone."""
    if features:
        chosen = sa.update(conditions).values(features=list(features))
        connection.execute(chosen.where(conditions.c.id == record.id))
    else:
        connection.execute(sa.delete(conditions).where(conditions.c.id == record.id))
    touch_venue(connection, venue.id, conditions=True)


def change_condition(
    connection: Connection,
    venue: VenueRecord,
    record: ConditionRecord,
    draft: ConditionDraft,
    *,
    token_id: int | None = None,
) -> ConditionRecord:
    """Let something else hold in place of a condition: other times, hours, words, features.

    From then on it is theirs who changed it: another system's, or people's.
    """
    chosen = sa.update(conditions).where(conditions.c.id == record.id)
    connection.execute(
        chosen.values(
            features=list(draft.features),
            hours=draft.hours,
            text=dict(draft.text),
            start_at=draft.start,
            end_at=draft.end,
            shown_on=list(draft.shown_on),
            token_id=token_id,
        )
    )
    touch_venue(connection, venue.id, conditions=True)
    return get_condition(connection, venue, record.id)


def list_sets(connection: Connection, venue: VenueRecord) -> list[ConditionSet]:
    """List the sets of a venue by name."""
    chosen = _SETS.where(condition_sets.c.venue_id == venue.id).order_by(condition_sets.c.name)
    return [ConditionSet(*row) for row in connection.execute(chosen)]


def get_set(connection: Connection, venue: VenueRecord, set_id: int) -> ConditionSet:
    """Return a set by its id; raises UnknownError where the venue has none of that id."""
    table = condition_sets
    chosen = _SETS.where(table.c.venue_id == venue.id, table.c.id == set_id)
    row = connection.execute(chosen).one_or_none()
    if row is None:
        raise UnknownError("unknown-set", venue=venue.slug, name=str(set_id), known=[])
    return ConditionSet(*row)


def get_named_set(connection: Connection, venue: VenueRecord, name: str) -> ConditionSet:
    """Return a set by its name; raises UnknownError where the venue has none such."""
    sets = list_sets(connection, venue)
    found = next((one for one in sets if one.name == name), None)
    if found is None:
        known = [one.name for one in sets][:10]
        raise UnknownError("unknown-set", venue=venue.slug, name=name[:80], known=known)
    return found


def make_set(
    connection: Connection, venue: VenueRecord, name: str, *, who: str = ""
) -> ConditionSet:
    """Return the set of a name, made, switched off, if need be; raises InvalidError for no name."""
    found = get_set(connection, venue, _get_set_id(connection, venue, name, who=who))
    touch_venue(connection, venue.id)
    return found


def plan_set(
    connection: Connection,
    venue: VenueRecord,
    set_id: int,
    *,
    hours: str | None,
    due_at: datetime | None,
) -> None:
    """Note by which hours a set switches itself, and when it does next."""
    chosen = sa.update(condition_sets).where(condition_sets.c.id == set_id)
    connection.execute(chosen.values(hours=hours, due_at=due_at))
    touch_venue(connection, venue.id)


def list_due_sets(connection: Connection, now: datetime) -> list[tuple[str, int]]:
    """List the sets of all venues that their hours switch by now: slug of the venue, id."""
    table = condition_sets
    chosen = (
        sa.select(venues.c.slug, table.c.id)
        .join(venues, table.c.venue_id == venues.c.id)
        .where(table.c.due_at <= now)
        .order_by(table.c.due_at, table.c.id)
    )
    return [(slug, set_id) for slug, set_id in connection.execute(chosen)]


def switch_sets(
    connection: Connection, venue: VenueRecord, names: Iterable[str], *, active: bool, who: str = ""
) -> None:
    """Switch sets on or off together; raises UnknownError where the venue lacks one of them."""
    for name in names:
        set_id = get_named_set(connection, venue, name).id
        chosen = sa.update(condition_sets).where(condition_sets.c.id == set_id)
        connection.execute(
            chosen.values(
                active=active, switched_by=who, switched_at=datetime.now(UTC), was_switched=True
            )
        )
    touch_venue(connection, venue.id, conditions=True)


def remove_set(connection: Connection, venue: VenueRecord, name: str) -> None:
    """Remove a set with all its conditions; raises UnknownError where the venue has none such."""
    set_id = get_named_set(connection, venue, name).id
    connection.execute(sa.delete(conditions).where(conditions.c.set_id == set_id))
    connection.execute(sa.delete(condition_sets).where(condition_sets.c.id == set_id))
    touch_venue(connection, venue.id, conditions=True)


def _find_set_id(connection: Connection, venue: VenueRecord, name: str) -> int | None:
    table = condition_sets
    chosen = sa.select(table.c.id).where(table.c.venue_id == venue.id, table.c.name == name)
    return connection.execute(chosen).scalar()


def _get_set_id(connection: Connection, venue: VenueRecord, name: str, *, who: str) -> int:
    """Return the id of a set, made if need be."""
    if not name.strip() or len(name) > 80:
        raise InvalidError("bad-set-name", name=name[:80])
    found = _find_set_id(connection, venue, refuse_unstorable(name))
    if found is not None:
        return found
    made = connection.execute(
        sa.insert(condition_sets).values(
            venue_id=venue.id,
            name=name,
            active=False,
            switched_by=who,
            switched_at=datetime.now(UTC),
            was_switched=False,
        )
    )
    (set_id,) = made.inserted_primary_key or (0,)
    return int(set_id)


def _read(row: Any) -> ConditionRecord:  # noqa: ANN401 - a row's mapping
    draft = ConditionDraft(
        kind=row["kind"],
        features=tuple(row["features"]),
        text=row["text"],
        start=row["start_at"],
        end=row["end_at"],
        hours=row["hours"],
        shown_on=tuple(row["shown_on"]),
    )
    return ConditionRecord(
        id=row["id"],
        draft=draft,
        set=row["set_name"],
        active=bool(row["in_force"]),
        made_by=row["made_by"],
        made_at=row["made_at"],
        token_id=row["token_id"],
    )
