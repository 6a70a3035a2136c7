"""The registry of displays: what a plan's kiosks and boards are called in addresses for good.

Every display of a release gets an id when the release comes into force, and keeps it while the plan
changes around it: the registry knows it again by an id that it has or had in the plan, else by what
it is called on the telephone. Ids are unique over all venues and never given out twice.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sqlalchemy.engine import Connection

from wayfinder.model import Display, Plan, list_displays
from wayfinder.model.display_ids import make_display_id
from wayfinder.store import displays as rows
from wayfinder.store.displays import DisplayRecord
from wayfinder.store.venues import VenueRecord


def read_displays(connection: Connection) -> list[DisplayRecord]:
    """List the displays whose venue is kept here."""
    return [record for record in rows.list_displays(connection) if record.venue is not None]


def follow_displays(connection: Connection, venue: VenueRecord, plan: Plan) -> int:
    """Let the registry follow the displays of the release that comes into force.

    Returns
    -------
    int
        How many displays were given an id.
    """
    known = rows.list_displays(connection, venue)
    matched = dict(_match(known, list_displays(plan)))
    changed = [now for record in known if (now := matched.pop(record.id, record)) != record]
    rows.update_displays(connection, venue, changed)
    fresh = register_displays(connection, venue, _list_new(known, changed, plan))
    return len(fresh)


def register_displays(
    connection: Connection, venue: VenueRecord, displays: Iterable[Display]
) -> list[DisplayRecord]:
    """Give displays of a venue that have none an id, and return their records."""
    taken = {record.id for record in rows.list_displays(connection)}
    made = [_make(display, venue.slug, taken) for display in displays]
    rows.add_displays(connection, venue, made)
    return made


def number_displays(venues: Iterable[tuple[str, Plan]]) -> Iterator[DisplayRecord]:
    """Yield records for displays of plans that no store knows: the ids go by their order."""
    taken: set[str] = set()
    for slug, plan in venues:
        for display in list_displays(plan):
            yield _make(display, slug, taken)


def _make(display: Display, slug: str, taken: set[str]) -> DisplayRecord:
    """Make the record of a new display; its id is taken from then on."""
    number = len(taken)
    while (made := make_display_id(number)) in taken:
        number += 1
    taken.add(made)
    return DisplayRecord(made, slug, display.id, display.kind, ref=display.ref)


def _match(
    known: Sequence[DisplayRecord], displays: Sequence[Display]
) -> Iterator[tuple[str, DisplayRecord]]:
    """Yield the id of each record whose display is in a plan, and the record as it is then."""
    there = {display.id for display in displays}
    refs = Counter(display.ref for display in displays)
    by_feature = {record.feature: record for record in known}
    gone = [record for record in known if record.feature not in there]
    for display in displays:
        record = by_feature.get(display.id)
        if record is None:
            record = _find_moved(gone, display, is_only=refs[display.ref] == 1)
            gone = [one for one in gone if one is not record]
        if record is not None:
            yield record.id, _follow(record, display)


def _find_moved(
    gone: Sequence[DisplayRecord], display: Display, *, is_only: bool
) -> DisplayRecord | None:
    """Return the record of a display that had another id in the plan, or None."""
    for record in gone:
        if display.id in record.formerly:
            return record
    if not display.ref or not is_only:
        return None
    called = [one for one in gone if one.ref == display.ref and one.removed_at is None]
    return called[0] if len(called) == 1 else None


def _follow(record: DisplayRecord, display: Display) -> DisplayRecord:
    had = dict.fromkeys((*record.formerly, record.feature))
    formerly = tuple(one for one in had if one != display.id)
    return replace(
        record, feature=display.id, kind=display.kind, ref=display.ref, formerly=formerly
    )


def _list_new(
    known: Sequence[DisplayRecord], changed: Sequence[DisplayRecord], plan: Plan
) -> list[Display]:
    """List the displays of a plan that no record is about."""
    now = {record.id: record for record in known} | {record.id: record for record in changed}
    named = {record.feature for record in now.values()}
    return [display for display in list_displays(plan) if display.id not in named]
