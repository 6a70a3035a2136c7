"""The signs of a venue as things: which are planned, printed, on the wall, damaged, gone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

from sqlalchemy.engine import Connection

from wayfinder.model.sign_codes import clean_code, list_near_codes
from wayfinder.model.sign_records import HANGING, NEXT_STATES, SignPlace, SignState
from wayfinder.services.audit import note
from wayfinder.store import ConflictError, InvalidError, Store, UnknownError
from wayfinder.store.audit import NOBODY, Actor
from wayfinder.store.signs import CodeRecord, StateChange, add_changes, list_changes, list_codes
from wayfinder.store.venues import VenueRecord, get_venue

_CLOCKS_DIFFER = timedelta(minutes=1)
_NAMED = 10
"""So many signs are named in a refusal."""


@dataclass(frozen=True, slots=True)
class SignEntry:
    """One face of a sign, as the registry knows it.

    Parameters
    ----------
    code, ref
        Its code; what one says on the telephone, or the last thing one said.
    feature
        Id of the sign in the release in force, or the last one it had.
    is_in_force
        Whether the release in force has it, and this is its code.
    state, since, state_by
        How far it has come, since when, and who noted that.
    place
        Where it is, or was last; None before its first release was published.
    drawing
        Digest of what was printed last; empty where nobody said.
    registered_at
        When the code was given out.
    reprinted_at
        When it was printed anew while it hangs, if what hangs is still the old one.
    formerly
        Ids that the sign had in earlier releases.
    """

    code: str
    ref: str
    feature: str
    is_in_force: bool
    state: SignState
    since: datetime
    state_by: str
    place: SignPlace | None
    drawing: str
    registered_at: datetime
    reprinted_at: datetime | None = None
    formerly: tuple[str, ...] = ()

    @property
    def is_dropped(self) -> bool:
        """Whether it hangs, or may be hung, and is in no plan in force: it is to come down."""
        there = self.state in HANGING or self.state is SignState.PRINTED
        return there and not self.is_in_force

    @property
    def is_to_hang(self) -> bool:
        """Whether a print of it waits to be hung."""
        is_printed = self.reprinted_at is not None or self.state is SignState.PRINTED
        return is_printed and self.is_in_force

    @property
    def called(self) -> str:
        """What people call it: its number, else its code."""
        return self.ref or self.code


def list_entries(store: Store, slug: str) -> tuple[SignEntry, ...]:
    """List the signs of a venue, those that are gone included.

    Returns
    -------
    tuple of SignEntry
        By what they are called, then by code.

    Raises
    ------
    UnknownError
        There is no such venue.
    """
    with store.read() as connection:
        return read_entries(connection, get_venue(connection, slug))


def read_entries(connection: Connection, venue: VenueRecord) -> tuple[SignEntry, ...]:
    """List the signs of a venue as `list_entries` does, in a transaction that is open."""
    return _make_entries(list_codes(connection, venue), venue)


def digest_states(entries: Iterable[SignEntry]) -> str:
    """Return what is another text as soon as a sign comes or is in another state.

    What is worked out of a venue's signs is kept under it, see `wayfinder.services.background`.
    """
    states = sorted((one.code, one.feature, str(one.state)) for one in entries)
    return blake2b(repr(states).encode(), digest_size=8).hexdigest()


def choose_entries(
    entries: Iterable[SignEntry],
    *,
    texts: Sequence[str] = (),
    states: Sequence[SignState] = (),
    level: str | None = None,
) -> tuple[SignEntry, ...]:
    """Choose signs: those that fit all of what is given.

    Parameters
    ----------
    entries
        The signs of a venue.
    texts
        Codes, however they are typed, or numbers; none: all.
    states
        States; none: all.
    level
        Id of a level, or the label of floors in any language; None: all.

    Raises
    ------
    UnknownError
        There is no sign of a code or number, or none on such a level.
    ConflictError
        A number is that of several signs.
    """
    every = tuple(entries)
    named = [find_entry(every, text) for text in texts] if texts else every
    if level is not None and not any(_is_on(one, level) for one in every):
        raise UnknownError("no-signs-on-level", level=level[:80])
    fit = {
        one.code: one
        for one in named
        if (not states or one.state in states) and (level is None or _is_on(one, level))
    }
    return tuple(fit.values())


def find_entry(entries: Sequence[SignEntry], text: str) -> SignEntry:
    """Return the sign with a code, however it is typed, or a number.

    Raises
    ------
    UnknownError
        There is none.
    ConflictError
        A number is that of several signs.
    """
    code = clean_code(text)
    by_code = {one.code: one for one in entries}
    if code in by_code:
        return by_code[code]
    called = [one for one in entries if one.ref and one.ref.casefold() == text.strip().casefold()]
    found = [one for one in called if one.is_in_force] or called
    if len(found) == 1:
        return found[0]
    if found:
        codes = [one.code for one in found][:_NAMED]
        raise ConflictError("ambiguous-sign", ref=text.strip()[:40], codes=codes)
    near = [by_code[one].code for one in list_near_codes(code) if one in by_code]
    known = {"known": near[:_NAMED]} if near else {}
    raise UnknownError("unknown-sign", sign=text.strip()[:40], **known)


def set_states(
    store: Store,
    slug: str,
    state: SignState,
    texts: Iterable[str],
    *,
    who: Actor = NOBODY,
    since: datetime | None = None,
    drawings: Mapping[str, str] | None = None,
) -> tuple[SignEntry, ...]:
    """Note what became of signs, of all of them or, where one cannot be, of none.

    Parameters
    ----------
    store
        The store.
    slug
        The venue's name in addresses.
    state
        What they came to be.
    texts
        Codes, however they are typed, or numbers.
    who
        Who notes it.
    since
        When it came to be so, aware; None: now.
    drawings
        Code to the digest of what was printed.

    Returns
    -------
    tuple of SignEntry
        The signs that changed, as they are now; those that were so already are not among them. A
        sign that is printed once more has changed; one that hangs goes on hanging, and has changed
        again when it is said that the new one is mounted.

    Raises
    ------
    UnknownError
        There is no such venue or sign.
    ConflictError
        A number is that of several signs, or a sign cannot come to be so from what it is:
        see `wayfinder.model.sign_records.NEXT_STATES`.
    InvalidError
        The date is in the future, or before what was noted last.
    """
    now = datetime.now(UTC)
    when = now if since is None else since
    if when.tzinfo is None or when > now + _CLOCKS_DIFFER:
        raise InvalidError("state-in-future", state=str(state), since=when.isoformat())
    with store.write() as connection:
        venue = get_venue(connection, slug)
        records = list_codes(connection, venue)
        entries = _make_entries(records, venue)
        chosen = {one.code: one for one in (find_entry(entries, text) for text in texts)}
        changed = [one for one in chosen.values() if _may_change(one, state)]
        _check(changed, state, when, noted={one.code for one in records if one.is_noted})
        drawn = drawings or {}
        add_changes(
            connection,
            venue,
            (
                StateChange(one.code, state, when, who.name, now, drawn.get(one.code, ""))
                for one in changed
            ),
        )
        if changed:
            _note(connection, slug, state, changed, who)
        codes = {one.code for one in changed}
        after = _make_entries(list_codes(connection, venue), venue)
        return tuple(one for one in after if one.code in codes)


def get_history(store: Store, slug: str, text: str) -> tuple[SignEntry, tuple[StateChange, ...]]:
    """Return a sign and all that became of it, planned first.

    Raises
    ------
    UnknownError
        There is no such venue or sign.
    ConflictError
        The number is that of several signs.
    """
    with store.read() as connection:
        venue = get_venue(connection, slug)
        entry = find_entry(_make_entries(list_codes(connection, venue), venue), text)
        planned = StateChange(
            entry.code, SignState.PLANNED, entry.registered_at, made_at=entry.registered_at
        )
        return entry, (planned, *list_changes(connection, entry.code))


def _note(
    connection: Connection, slug: str, state: SignState, changed: Sequence[SignEntry], who: Actor
) -> None:
    """Note in the log what was noted of signs, in one line however many they are."""
    more = " …" if len(changed) > _NAMED else ""
    named = ", ".join(one.called for one in changed[:_NAMED]) + more
    details = {"count": len(changed), "signs": named}
    note(connection, f"signs-{state}", who=who, venue=slug, details=details)


def _may_change(entry: SignEntry, state: SignState) -> bool:
    """Tell whether to note that a sign came to be so says anything new."""
    hung = state is SignState.MOUNTED and entry.reprinted_at is not None
    return entry.state is not state or state is SignState.PRINTED or hung


def _check(entries: Iterable[SignEntry], state: SignState, when: datetime, noted: set[str]) -> None:
    """Refuse what cannot be."""
    chosen = tuple(entries)
    for entry in chosen:
        allowed = NEXT_STATES[entry.state]
        if state not in allowed and state is not entry.state:
            alike = [one.called for one in chosen if one.state is entry.state][:_NAMED]
            raise ConflictError(
                "bad-state",
                signs=alike,
                now=str(entry.state),
                state=str(state),
                allowed=[str(one) for one in allowed],
            )
    for entry in chosen:
        if entry.code in noted and when < max(entry.since, entry.reprinted_at or entry.since):
            raise InvalidError(
                "state-too-early",
                sign=entry.called,
                now=str(entry.state),
                since=entry.since.isoformat(timespec="minutes"),
            )


def _make_entries(records: Iterable[CodeRecord], venue: VenueRecord) -> tuple[SignEntry, ...]:
    """Make the entries of a venue; of several codes of one sign the newest is its own."""
    made: dict[str, SignEntry] = {}
    newest: dict[str, str] = {}
    for record in sorted(records, key=lambda one: (one.registered_at, one.code)):
        is_there = record.place is not None and record.place.release == venue.published
        made[record.code] = SignEntry(
            code=record.code,
            ref=record.ref,
            feature=record.feature,
            is_in_force=is_there,
            state=record.state,
            since=record.since or record.registered_at,
            state_by=record.state_by,
            place=record.place,
            drawing=record.drawing,
            registered_at=record.registered_at,
            reprinted_at=record.reprinted_at,
            formerly=record.formerly,
        )
        older = newest.get(record.feature)
        if is_there and older is not None:
            made[older] = replace(made[older], is_in_force=False)
        if is_there:
            newest[record.feature] = record.code
    return tuple(sorted(made.values(), key=lambda one: (one.ref == "", one.ref, one.code)))


def _is_on(entry: SignEntry, level: str) -> bool:
    if entry.place is None:
        return False
    wanted = level.strip().casefold()
    labels = {text.casefold() for text in entry.place.floor.values()}
    return entry.place.level == level.strip() or wanted in labels
