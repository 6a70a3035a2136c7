"""Plans of drafts as they were at some entries, kept in a process so that few are replayed."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from sqlalchemy.engine import Connection

from wayfinder.model import Plan
from wayfinder.services.drafts.log import replay
from wayfinder.store import DamagedError, UnknownError
from wayfinder.store.drafts import DraftRecord, find_key, list_entries
from wayfinder.store.releases import read_release
from wayfinder.store.venues import VenueRecord

_MOST_DRAFTS, _MOST_PLANS = 6, 8
"""So many drafts, and plans of each, a process keeps: plans share what they have in common (ours).
"""


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """A plan after an entry; the entry's key tells it from others of that number.

    A backup that was restored may have ended earlier, and people went on from there.
    """

    number: int
    key: str | None
    plan: Plan


class Snapshots:
    """Reads the plans of drafts. Safe to share between threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[int, str], list[_Snapshot]] = OrderedDict()
        self._lock = Lock()

    def read(
        self, connection: Connection, venue: VenueRecord, draft: DraftRecord, number: int
    ) -> Plan:
        """Return the plan of a draft after one of its entries; 0 is what it began with.

        Raises
        ------
        UnknownError
            It has not so many entries.
        DamagedError
            An entry or the release that it began with is not what it was.
        """
        if not 0 <= number <= draft.head:
            raise UnknownError("draft-ahead", name=draft.name, head=draft.head, number=number)
        nearest = self._find(connection, draft, number)
        if nearest is None:
            nearest = _Snapshot(0, None, _read_base(connection, venue, draft))
            self._put(draft, nearest)
        if nearest.number == number:
            return nearest.plan
        entries = list_entries(connection, draft, after=nearest.number, until=number)
        numbers = [entry.number for entry in entries]
        for place in range(nearest.number + 1, number + 1):
            if place not in numbers:
                raise DamagedError("draft-damaged", id=draft.id, number=place)
        plan = replay(nearest.plan, entries)
        self._put(draft, _Snapshot(number, entries[-1].key, plan))
        return plan

    def put(self, draft: DraftRecord, number: int, key: str, plan: Plan) -> None:
        """Keep the plan of a draft after an entry that was added just now."""
        self._put(draft, _Snapshot(number, key, plan))

    def _find(self, connection: Connection, draft: DraftRecord, number: int) -> _Snapshot | None:
        """Return the last one that is kept up to an entry, if the log still has it."""
        with self._lock:
            known = [one for one in self._kept.get(_name(draft), ()) if one.number <= number]
        for one in sorted(known, key=lambda one: one.number, reverse=True):
            if one.number == 0 or find_key(connection, draft, one.number) == one.key:
                return one
            with self._lock:
                kept = self._kept.get(_name(draft), [])
                self._kept[_name(draft)] = [other for other in kept if other is not one]
        return None

    def _put(self, draft: DraftRecord, made: _Snapshot) -> None:
        with self._lock:
            kept = self._kept.pop(_name(draft), [])
            kept = [one for one in kept if one.number != made.number] + [made]
            # what the log begins with stays: to read it takes longest
            kept = sorted(kept, key=lambda one: one.number > 0)
            first, rest = kept[:1], kept[1:]
            self._kept[_name(draft)] = first + rest[-(_MOST_PLANS - 1) :]
            while len(self._kept) > _MOST_DRAFTS:
                self._kept.popitem(last=False)


def _name(draft: DraftRecord) -> tuple[int, str]:
    return draft.id, draft.base_hash


def _read_base(connection: Connection, venue: VenueRecord, draft: DraftRecord) -> Plan:
    if draft.base_number is None:
        return Plan.of(())
    release = read_release(connection, venue, draft.base_number)
    if release.hash != draft.base_hash:
        raise DamagedError("damaged-release", hash=draft.base_hash)
    return release.plan
