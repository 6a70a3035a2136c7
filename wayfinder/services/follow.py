"""Keeping what a process serves up to date with the store: the newest release, today's conditions.

A thread asks the store once a second for the versions of its venues: one small query. What changed
is read in one transaction and takes the place of what was served whole. Networks are built beside
the running ones, in a second thread, so that a closure never waits for a building; a release that
is imported but not yet published is built ahead, and the one before is kept for a while, so that
publish and rollback show at once.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy.engine import Connection

from wayfinder.model import Conditions
from wayfinder.services.builds import Builds
from wayfinder.services.display_registry import read_displays
from wayfinder.services.feedback.answers import Answers, read_answers
from wayfinder.services.registry import read_registry
from wayfinder.services.served import Served
from wayfinder.services.venues import SignRecord, Venues
from wayfinder.store import Store, StoreError
from wayfinder.store.conditions import read_conditions
from wayfinder.store.displays import DisplayRecord
from wayfinder.store.releases import ReleaseRecord, find_newest, get_release
from wayfinder.store.venues import VenueRecord, list_venues

INTERVAL_S = 1.0
WARMED_TREES = 50
"""So many trees are grown again before changed conditions come into force (ours)."""
AHEAD = timedelta(seconds=5)
"""How long before a door opens or closes by its hours the trees for then are grown (ours)."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _State:
    """What one transaction read of a venue.

    Parameters
    ----------
    venue
        Its row.
    published
        The release in force, or None.
    newest
        The release that may be published next, or None.
    conditions
        What holds or is going to hold.
    signs, displays
        Its part of the registries.
    answers
        What is shown of what people have reported.
    """

    venue: VenueRecord
    published: ReleaseRecord | None
    newest: ReleaseRecord | None
    conditions: Conditions
    signs: tuple[SignRecord, ...]
    displays: tuple[DisplayRecord, ...]
    answers: Answers


class Follower:
    """Keeps what is served up to date.

    Parameters
    ----------
    store
        Where the newest state is.
    venues
        What this process serves.
    interval_s
        Pause between two looks.
    warm
        Called with a venue before it takes the place of what is served, to make ready what else is
        asked for most.
    """

    def __init__(
        self,
        store: Store,
        venues: Venues,
        *,
        interval_s: float = INTERVAL_S,
        warm: Callable[[Served], object] | None = None,
    ) -> None:
        self._store = store
        self._venues = venues
        self._interval_s = interval_s
        self._warm = warm
        self._builds = Builds(store)
        self._states: dict[str, _State] = {}
        self._shown: dict[str, _State] = {}
        self._changes: dict[str, datetime | None] = {}
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._wake = threading.Event()
        self._loaded = threading.Event()
        self._thread: threading.Thread | None = None
        self._said = ""

    def start(self) -> None:
        """Follow in the background until `stop`; a database that is away is waited for."""
        self._thread = threading.Thread(target=self._run, name="wayfinder-follow", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop following; what is served stays."""
        self._stopping.set()
        self._wake.set()
        self._builds.close()
        if self._thread is not None:
            self._thread.join(timeout=5)

    def wait_until_loaded(self, timeout_s: float | None = None) -> bool:
        """Wait until all that can be built is served, and tell whether it is."""
        return self._loaded.wait(timeout_s)

    @property
    def is_loaded(self) -> bool:
        """Whether all that was published at the start is served, but for what cannot be built."""
        return self._loaded.is_set()

    def refresh(self) -> None:
        """Bring everything up to date before returning, builds included.

        Raises
        ------
        StoreError
            The store cannot be reached, or holds a damaged release; the rest is up to date.
        """
        problems = self._look(patient=True)
        if problems:
            raise problems[0]

    def catch_up(self) -> None:
        """Let what was changed hold before returning; what has to be built first comes later.

        Venues that cannot be brought up to date are left to the thread that follows, which logs.

        Raises
        ------
        StoreError
            The store cannot be reached.
        """
        self._look(patient=False)

    def _run(self) -> None:
        while not self._stopping.is_set():
            started = time.monotonic()
            try:
                problems = self._look(patient=False)
            except Exception as error:  # noqa: BLE001 - whatever it is, the thread goes on
                problems = [error]
            self._say(problems)
            rest_s = self._interval_s - (time.monotonic() - started)
            self._wake.wait(max(rest_s, self._interval_s / 10))
            self._wake.clear()

    def _say(self, problems: Sequence[Exception]) -> None:
        """Log what is wrong once, not every second, and once that all is well again."""
        # what others raise may quote anything: it is told by its type and its stack
        said = "; ".join(
            str(p) if isinstance(p, StoreError) else type(p).__name__ for p in problems
        )
        if said and said != self._said:
            ours = isinstance(problems[0], StoreError)
            _log.error("following the store: %s", said, exc_info=None if ours else problems[0])
        elif self._said and not said:
            _log.info("following the store: all is well again")
        self._said = said

    def _look(self, *, patient: bool) -> list[Exception]:
        """Bring up to date what can be; return what went wrong."""
        with self._lock:
            now = datetime.now(UTC)
            self._read(now)
            problems: list[Exception] = []
            newest: list[str] = []
            waiting = False
            for slug, state in self._states.items():
                try:
                    if self._serve(slug, state, now, patient=patient):
                        newest.append(slug)
                    else:
                        waiting = True
                except Exception as error:  # noqa: BLE001 - the other venues go on
                    problems.append(error)
            if not waiting:
                self._build_ahead()
            self._venues.confirm(now, newest)
            if not waiting:
                self._loaded.set()
            return problems

    def _read(self, now: datetime) -> None:
        """Read in one transaction what changed."""
        with self._store.read() as connection:
            records = list_venues(connection)
            changed = [
                record
                for record in records
                if record.slug not in self._states or self._states[record.slug].venue != record
            ]
            codes = read_registry(connection) if changed else []
            displays = read_displays(connection) if changed else []
            fresh = {
                record.slug: _read_state(connection, record, codes, displays, now)
                for record in changed
            }
        kept = {record.slug for record in records}
        for slug in self._states.keys() - kept:
            self._drop(slug)
        self._states = {slug: self._states[slug] for slug in self._states if slug in kept} | fresh
        if fresh:
            self._venues.put_answers({slug: one.answers for slug, one in self._states.items()})

    def _serve(self, slug: str, state: _State, now: datetime, *, patient: bool) -> bool:
        """Serve the newest state of a venue; tell whether it is served."""
        if state.published is None:
            if slug in self._shown:
                self._drop(slug)
            return True
        build = self._builds.want(state.venue, state.published)
        ready = patient or build.done()
        if not ready:
            build.add_done_callback(lambda _: self._wake.set())
            self._put_today(state, now)
        elif self._shown.get(slug) is not state:
            try:
                built = build.result()
            except Exception:
                # closures hold on the release that is still served
                self._put_today(state, now)
                raise
            self._put(state, built, now)
        self._warm_ahead(slug, now)
        return ready

    def _put(self, state: _State, built: Served, now: datetime) -> None:
        """Serve a state whole."""
        slug = state.venue.slug
        codes = {sign.feature: sign.code for sign in state.signs}
        self._swap(built.with_codes(codes), state, now)
        self._shown[slug] = state
        signs = [sign for shown in self._shown.values() for sign in shown.signs]
        self._venues.put_signs(signs)
        self._put_displays()

    def _put_today(self, state: _State, now: datetime) -> None:
        """Let conditions hold on what is served until the next release is ready, if ever.

        So does what the staff did with displays: a token that was taken back opens nothing.
        """
        served = self._venues.find(state.venue.slug)
        if served is not None and served.conditions_number != state.venue.conditions_number:
            self._swap(served, state, now)
        self._put_displays()

    def _put_displays(self) -> None:
        """Let the registry of displays hold; where each stands goes with what is served."""
        found: list[DisplayRecord] = []
        for slug, shown in self._shown.items():
            placed = {one.id: one for one in shown.displays}
            for one in self._states.get(slug, shown).displays:
                before = placed.get(one.id, one)
                found.append(replace(one, feature=before.feature, kind=before.kind))
        self._venues.put_displays(found)

    def _swap(self, base: Served, state: _State, now: datetime) -> None:
        """Serve a release under the conditions of a state, the trees most asked for grown."""
        slug = state.venue.slug
        served = base.with_conditions(state.conditions, state.venue.conditions_number)
        served.router.warm(now, state.conditions, count=WARMED_TREES)
        if self._warm is not None:
            self._warm(served)
        self._venues.put(served)
        self._changes[slug] = served.router.schedule.find_change(now, state.conditions)

    def _build_ahead(self) -> None:
        """Have built what may be published next, and let go what is not wanted any more."""
        for slug, state in self._states.items():
            kept = [release for release in (state.published, state.newest) if release is not None]
            for release in kept:
                self._builds.want(state.venue, release)
            self._builds.trim(slug, kept)

    def _warm_ahead(self, slug: str, now: datetime) -> None:
        """Grow trees for what opens or closes by its hours in a moment."""
        change, served = self._changes.get(slug), self._venues.find(slug)
        if served is None or change is None or now + AHEAD < change:
            return
        served.router.warm(change, served.conditions, count=WARMED_TREES)
        self._changes[slug] = served.router.schedule.find_change(change, served.conditions)

    def _drop(self, slug: str) -> None:
        self._venues.drop(slug)
        self._shown.pop(slug, None)
        self._changes.pop(slug, None)
        self._builds.trim(slug, ())


def _read_state(
    connection: Connection,
    record: VenueRecord,
    codes: list[SignRecord],
    displays: list[DisplayRecord],
    now: datetime,
) -> _State:
    published = record.published
    newest = find_newest(connection, record)
    return _State(
        record,
        get_release(connection, record, published) if published is not None else None,
        newest if newest is not None and not newest.errors else None,
        read_conditions(connection, record, now),
        tuple(code for code in codes if code.venue == record.slug),
        tuple(display for display in displays if display.venue == record.slug),
        read_answers(connection, record, now),
    )
