"""The venues that this process serves, each replaced whole."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock
from types import MappingProxyType
from typing import NamedTuple

from wayfinder.model import Display, Sign, find_display
from wayfinder.model.display_ids import clean_display_id
from wayfinder.model.sign_codes import clean_code
from wayfinder.model.sign_records import SignPlace, SignState
from wayfinder.services.display_registry import number_displays
from wayfinder.services.feedback.answers import NONE, Answer, Answers
from wayfinder.services.fire.state import Alarm
from wayfinder.services.served import Served
from wayfinder.store.displays import DisplayRecord


@dataclass(frozen=True, slots=True)
class SignRecord:
    """What the registry knows of a sign's code.

    Parameters
    ----------
    code
        The code, cleaned.
    venue
        Slug of its venue.
    feature
        Id of the sign in the plan, or the last one it had.
    ref
        Its number, as one says it on the telephone, or the last one it had; empty where unknown.
    state, since
        How far it has come, and since when; None where no store says.
    place
        Where it was in the last release in force that had it, or None where unknown.
    """

    code: str
    venue: str
    feature: str
    ref: str = ""
    state: SignState = SignState.PLANNED
    since: datetime | None = None
    place: SignPlace | None = None


class FoundDisplay(NamedTuple):
    """A display that is served.

    Parameters
    ----------
    served
        Its venue.
    display
        Where it stands in the release in force, and what it is.
    record
        What the registry knows of it.
    """

    served: Served
    display: Display
    record: DisplayRecord


class Venues:
    """What is served now; readers see each venue whole, old or new, never half.

    A writer replaces mappings instead of changing them, so that readers need no lock. What the
    store says and what the alarm panel says come from two writers: a venue on fire is served with
    both.
    """

    def __init__(self, served: Iterable[Served] = ()) -> None:
        self._writing = Lock()
        self._alarms: dict[str, Alarm] = {}
        self._base = {one.slug: one for one in served}
        self._served: Mapping[str, Served] = MappingProxyType(self._base.copy())
        self._signs: Mapping[str, SignRecord] = MappingProxyType(
            {
                sign.code: SignRecord(sign.code, one.slug, sign.id, sign.ref)
                for one in self._served.values()
                for sign in one.signs.values()
                if sign.code
            }
        )
        plans = ((one.slug, one.plan) for one in self._served.values())
        self._displays: Mapping[str, DisplayRecord] = MappingProxyType(
            {record.id: record for record in number_displays(plans)}
        )
        self._answers: Mapping[str, Answers] = MappingProxyType({})
        self.answered_at = datetime.now(UTC)
        """When the store last said what is newest."""
        self._confirmed: Mapping[str, datetime] = MappingProxyType(
            dict.fromkeys(self._served, self.answered_at)
        )

    @property
    def confirmed_at(self) -> datetime:
        """When all that is served was last known to be the newest."""
        confirmed = self._confirmed
        return min(
            (confirmed[slug] for slug in self._served if slug in confirmed),
            default=self.answered_at,
        )

    def find_confirmed(self, slug: str) -> datetime:
        """Return when what is served of a venue was last known to be the newest."""
        return self._confirmed.get(slug, self.answered_at)

    def find(self, slug: str) -> Served | None:
        """Return a venue by its name in addresses, or None."""
        return self._served.get(slug)

    def list(self) -> tuple[Served, ...]:
        """List the venues by slug."""
        return tuple(served for _, served in sorted(self._served.items()))

    def find_sign(self, code: str) -> SignRecord | None:
        """Return what is registered under a cleaned code, or None."""
        return self._signs.get(code)

    def find_refs(self, text: str) -> Iterator[SignRecord]:
        """Yield what is registered under a number, cleaned as a code is: ``A107`` for ``A1-07``."""
        if text:
            yield from (record for record in self._signs.values() if clean_code(record.ref) == text)

    def list_removed(self) -> frozenset[str]:
        """List the codes of signs that were taken down."""
        records = self._signs.values()
        return frozenset(one.code for one in records if one.state is SignState.REMOVED)

    def find_sign_in(self, served: Served, text: str) -> Sign | None:
        """Return the sign of a venue, as a request sees it, that a code in any case stands for.

        The registry, which may be a moment behind the venue or ahead of it, is asked for codes
        that a sign had before.
        """
        code = clean_code(text)
        record = self._signs.get(code)
        if record is None:
            return served.sign_of_code.get(code)
        if record.venue != served.slug:
            return None
        return served.sign_of_code.get(code) or served.signs.get(record.feature)

    def find_display_record(self, text: str) -> DisplayRecord | None:
        """Return what is registered under the id of a display, in any case, or None."""
        return self._displays.get(clean_display_id(text))

    def find_display(self, text: str) -> FoundDisplay | None:
        """Return the display with an id in any case.

        None where there is none, where it was taken down, and where its venue or its place is not
        in what is served.
        """
        record = self.find_display_record(text)
        if record is None or record.removed_at is not None:
            return None
        served = self._served.get(record.venue or "")
        display = find_display(served.plan, record.feature) if served is not None else None
        if served is None or display is None:
            return None
        return FoundDisplay(served, display, record)

    def list_displays(self, slug: str) -> tuple[DisplayRecord, ...]:
        """List what is registered of the displays of a venue, in the order of their ids."""
        found = (record for record in self._displays.values() if record.venue == slug)
        return tuple(sorted(found, key=lambda record: record.id))

    def list_answers(self, slug: str, keys: Iterable[str], at: datetime) -> tuple[Answer, ...]:
        """List what is shown at an aware instant of what people have reported about some places.

        Parameters
        ----------
        slug
            The venue.
        keys
            Ids of what is one place, or of a sign, and its code.
        at
            Aware instant.
        """
        answers = self._answers.get(slug, NONE)
        if not answers:
            return ()
        found = [one for key in keys for one in answers.get(key, ()) if at < one.until]
        return tuple(one for number, one in enumerate(found) if one not in found[:number])

    def put(self, served: Served) -> None:
        """Serve a venue, in place of what was served under its name."""
        with self._writing:
            self._base = {**self._base, served.slug: served}
            self._show(served.slug)

    def put_alarm(self, slug: str, alarm: Alarm | None) -> bool:
        """Let a venue be on fire, or no more; tell whether that changes what is served."""
        with self._writing:
            if self._alarms.get(slug) == alarm:
                return False
            self._alarms.pop(slug, None)
            if alarm is not None:
                self._alarms[slug] = alarm
            self._show(slug)
            return True

    def drop(self, slug: str) -> None:
        """Serve a venue no more."""
        with self._writing:
            self._base = {key: one for key, one in self._base.items() if key != slug}
            rest = {key: one for key, one in self._served.items() if key != slug}
            self._served = MappingProxyType(rest)

    def _show(self, slug: str) -> None:
        base = self._base.get(slug)
        if base is not None:
            shown = base.with_fire(self._alarms.get(slug))
            self._served = MappingProxyType({**self._served, slug: shown})

    def put_signs(self, records: Iterable[SignRecord]) -> None:
        """Replace the registry of codes."""
        self._signs = MappingProxyType({record.code: record for record in records})

    def put_displays(self, records: Iterable[DisplayRecord]) -> None:
        """Replace the registry of displays."""
        self._displays = MappingProxyType({record.id: record for record in records})

    def put_answers(self, answers: Mapping[str, Answers]) -> None:
        """Replace what is shown of what people have reported, by venue."""
        self._answers = MappingProxyType(dict(answers))

    def confirm(self, instant: datetime, slugs: Iterable[str] | None = None) -> None:
        """Note that what is served is the newest, of all venues or of some."""
        kept = {slug: at for slug, at in self._confirmed.items() if slug in self._served}
        fresh = dict.fromkeys(self._served if slugs is None else slugs, instant)
        self._confirmed = MappingProxyType({**kept, **fresh})
        self.answered_at = instant
