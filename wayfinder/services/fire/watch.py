"""Watching the folder of the fire takeover, in every process, without the database.

A thread looks once a second: a list of a few files, read only where one is new. What it finds takes
the place of what was served, whole, as a release does.
"""

import logging
import os
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from wayfinder.services.fire.envelope import Signed, decode
from wayfinder.services.fire.errors import DamagedFileError, FireError
from wayfinder.services.fire.folder import KEYRING
from wayfinder.services.fire.keyring import Keyring, read_keyring
from wayfinder.services.fire.ledger import Ledger
from wayfinder.services.fire.messages import Statement
from wayfinder.services.fire.state import Alarm, FireState, FireZone
from wayfinder.services.fire.survey import FireSurvey, make_survey
from wayfinder.services.fire.venue_fire import VenueFire
from wayfinder.services.venues import Venues
from wayfinder.settings import Settings
from wayfinder.slugs import is_slug

INTERVAL_S = 1.0
WINDOW = timedelta(minutes=5)
"""As `Settings.fire_window_s`."""

_MOST_VENUES = 1000

_log = logging.getLogger(__name__)


def _get_now() -> datetime:
    return datetime.now(UTC)


def make_watch(settings: Settings, venues: Venues | None = None) -> "FireWatch":
    """Make the watch of a process from its settings."""
    return FireWatch(
        settings.fire_folder,
        keys=settings.fire_keys,
        venues=venues,
        window=timedelta(seconds=settings.fire_window_s),
    )


class FireWatch:
    """Knows for every venue whether it is on fire. Safe between threads.

    Parameters
    ----------
    folder
        The folder, which need not be there yet; None: there is never a fire.
    keys
        The keyring's file; None: ``keys.json`` in the folder.
    venues
        What is told of fires; None: nobody, for commands.
    window
        How late a message may come, and how far a sender's clock may be off.
    get_now
        The wall clock.
    get_steady_s
        The steady clock, in seconds.
    """

    def __init__(
        self,
        folder: Path | None,
        *,
        keys: Path | None = None,
        venues: Venues | None = None,
        window: timedelta = WINDOW,
        get_now: Callable[[], datetime] = _get_now,
        get_steady_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._folder = folder
        self._keys = keys or (folder / KEYRING if folder is not None else None)
        self._venues = venues
        self._window = window
        self._get_now = get_now
        self._get_steady_s = get_steady_s
        self._fires: dict[str, VenueFire] = {}
        self._keyring = Keyring()
        self._keyring_stamp: tuple[int, int, int] | None = None
        self._keyring_problem: FireError | None = None
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._said: dict[str, str] = {}

    def start(self, interval_s: float = INTERVAL_S) -> None:
        """Look now, and from now on in the background until `stop`."""
        if self._folder is None:
            return
        self._look_safely()
        self._thread = threading.Thread(
            target=self._run, args=(interval_s,), name="wayfinder-fire", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Look no more; what is shown stays."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(timeout=5)

    def find(self, slug: str) -> FireState | None:
        """Return the fire in a venue that is served, or None."""
        served = self._venues.find(slug) if self._venues is not None else None
        return None if served is None else served.fire

    def find_alarm(self, slug: str) -> Alarm | None:
        """Return what the messages say of a venue, served or not, as they were looked at last."""
        with self._lock:
            fire = self._fires.get(slug)
            return None if fire is None else fire.make_alarm(self._get_now())

    def list_messages(self, slug: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """List the digests of the triggers in force, and of the ends that wait, the newest last."""
        with self._lock:
            fire = self._fires.get(slug)
            if fire is None:
                return (), ()
            active, waiting = fire.ledger.list_active(), fire.ledger.list_ends(self._get_now())
        return tuple(one.digest for one, _ in active), tuple(one.digest for one, _ in waiting)

    def list_zones(self, slug: str) -> tuple[FireZone, ...]:
        """List the zones of a venue with the texts in force, to be kept for the day of a fire."""
        with self._lock:
            fire = self._fires.get(slug)
            approved = fire.list_approved() if fire is not None else []
        return tuple(approved[0].zones.values()) if approved else ()

    def survey(self, slug: str) -> FireSurvey:
        """Tell all that is known of a venue's fire and of its texts, looked at now."""
        if self._folder is None:
            return FireSurvey(is_set_up=False)
        with self._lock:
            self._read_keyring()
            self._look_safely_at(slug)
            problems = [self._keyring_problem] if self._keyring_problem is not None else []
            return make_survey(self._get(slug), self._keyring, self._get_now(), problems)

    def list_texts(self) -> dict[str, int]:
        """List the numbers of the texts in force, by venue."""
        with self._lock:
            approved = {slug: fire.list_approved() for slug, fire in self._fires.items()}
        return {slug: listed[0].number for slug, listed in sorted(approved.items()) if listed}

    def open(self, slug: str) -> VenueFire:
        """Return what is known of a venue's fire, looked at now: for commands, in one thread."""
        self.look(slug)
        with self._lock:
            return self._get(slug)

    @property
    def keyring(self) -> Keyring:
        """Who may sign, as looked at last."""
        return self._keyring

    def look(self, *slugs: str) -> None:
        """Look at the folder of every venue, and tell the venues.

        Parameters
        ----------
        slugs
            Venues that may have no folder yet.
        """
        if self._folder is None:
            return
        with self._lock:
            self._read_keyring()
            for slug in {*self._list_folders(), *self._fires, *slugs}:
                if slug in slugs:
                    self._look_at(slug)
                else:
                    self._look_safely_at(slug)

    def _look_safely_at(self, slug: str) -> None:
        """Look at a venue; what is wrong there keeps nobody from looking at the others."""
        try:
            self._look_at(slug)
        except Exception as error:  # noqa: BLE001 - whatever it is, the others are looked at
            problem = FireError("not-looked", venue=slug, problem=type(error).__name__)
            self._get(slug).problems = [problem]
            self._say(slug, str(problem), error)
        else:
            self._say(slug, "")

    def take(self, slug: str, data: bytes | Signed) -> Statement:
        """Believe a message that has come, and let it hold here at once, elsewhere in a second.

        Raises
        ------
        DamagedFileError
            It is none.
        RefusedError
            It is not believed.
        FireError
            It cannot be kept.
        """
        if self._folder is None:
            raise FireError("not-set-up")
        signed = data if isinstance(data, Signed) else decode(data)
        with self._lock:
            self._read_keyring()
            self._look_at(slug)
            statement = self._get(slug).take(signed, self._get_now())
            self._look_at(slug)
        return statement

    def list_problems(self) -> list[FireError]:
        """List what is wrong with the files, as looked at last."""
        with self._lock:
            own = [self._keyring_problem] if self._keyring_problem is not None else []
            found = own + [one for fire in self._fires.values() for one in fire.problems]
        return list({str(one): one for one in found}.values())

    def _run(self, interval_s: float) -> None:
        while not self._stopping.wait(interval_s):
            self._look_safely()

    def _look_safely(self) -> None:
        try:
            self.look()
        except Exception as error:  # noqa: BLE001 - whatever it is, the thread goes on
            self._say("", f"{type(error).__name__}", error)
        else:
            told = (str(one) for one in self.list_problems() if one.code != "not-looked")
            self._say("", "; ".join(told))

    def _say(self, slug: str, said: str, error: Exception | None = None) -> None:
        """Log what has changed, once."""
        if said and self._said.get(slug, "") != said:
            _log.error("fire takeover: %s", said, exc_info=error)
        elif self._said.get(slug) and not said:
            _log.info("fire takeover: all is well again")
        self._said[slug] = said

    def _list_folders(self) -> list[str]:
        assert self._folder is not None  # noqa: S101 - asked by `look` alone
        try:
            with os.scandir(self._folder) as found:
                names = [one.name for one in found if one.is_dir()]
        except OSError:
            return []  # not there yet, or not to be read: what is believed stays
        return [name for name in names if is_slug(name)][:_MOST_VENUES]

    def _get(self, slug: str) -> VenueFire:
        if slug not in self._fires:
            if not is_slug(slug):
                raise FireError("bad-venue", venue=slug[:80])
            assert self._folder is not None  # noqa: S101 - asked with a folder alone
            ledger = Ledger(self._window, self._get_steady_s)
            self._fires[slug] = VenueFire(slug, self._folder / slug, self._window, ledger)
        return self._fires[slug]

    def _look_at(self, slug: str) -> None:
        fire, now = self._get(slug), self._get_now()
        try:
            fire.look(self._keyring, now)
        finally:
            # what was known goes on to be told, and runs out, though the folder cannot be looked at
            self._tell(slug, fire.make_alarm(now))

    def _tell(self, slug: str, alarm: Alarm | None) -> None:
        if self._venues is not None and self._venues.put_alarm(slug, alarm):
            zones = ", ".join(zone.id for zone in alarm.zones) if alarm else "over"
            _log.warning("fire takeover: %s: %s", slug, zones)

    def _read_keyring(self) -> None:
        """Read the keyring where it has changed; a damaged or lost one leaves the last good one."""
        assert self._keys is not None  # noqa: S101 - asked with a folder alone
        try:
            seen = self._keys.stat()
            stamp = (seen.st_mtime_ns, seen.st_size, seen.st_ino)
        except OSError:
            stamp = None
        if stamp == self._keyring_stamp and self._keyring_problem is None:
            return
        self._keyring_stamp = stamp
        if stamp is None and self._keyring.signers:
            self._keyring_problem = DamagedFileError("keyring-gone", file=self._keys.name)
            return
        try:
            self._keyring = read_keyring(self._keys)
            self._keyring_problem = None
        except DamagedFileError as error:
            self._keyring_problem = error
