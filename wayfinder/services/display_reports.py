"""Taking what displays report: held for a moment, written together, believed from its token alone.

Hundreds of displays report every twenty seconds. Each report is acknowledged from memory and all of
a second are written in one transaction, so that displays are no load on the database. What is lost
when a process is killed is told again in twenty seconds.
"""

import re
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from wayfinder.services.displays import TOKEN_PREFIX, is_token_of
from wayfinder.services.venues import FoundDisplay
from wayfinder.services.written_behind import WrittenBehind
from wayfinder.store import Store, UnknownError
from wayfinder.store.display_reports import PlayRecord, ReportRecord, put_reports
from wayfinder.store.displays import get_display

INTERVAL_S = 1.0
AGAIN_S = 20
"""How often a display is to report (ours): three times before it counts as silent."""
_VERSION = re.compile(r"(\d{1,9})-[0-9a-z]{0,64}-(\d{1,9})(?:-.*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Report:
    """What a display says of itself.

    Parameters
    ----------
    release
        Hash of the release that it has rendered, or None: none yet.
    version
        The version that it has rendered, as it was told what holds; empty: none yet.
    program
        Version of the program that it runs.
    uptime_s
        Seconds since it was loaded.
    errors
        How many errors it had since then.
    remarks
        What the staff should know, by code.
    plays
        Id of a notice to how often it was on the screen since the last report that was answered.
    """

    release: str | None
    version: str
    program: str
    uptime_s: int
    errors: int
    remarks: tuple[str, ...] = ()
    plays: Mapping[str, int] | None = None


class Reports(WrittenBehind):
    """What displays have reported and the store does not know yet.

    Parameters
    ----------
    store
        Where it is written to.
    interval_s
        How long reports are gathered.
    """

    def __init__(self, store: Store, *, interval_s: float = INTERVAL_S) -> None:
        super().__init__("reports of displays", interval_s=interval_s)
        self._store = store
        self._reports: dict[str, ReportRecord] = {}
        self._plays: dict[tuple[str, str], PlayRecord] = {}
        self._lock = threading.Lock()

    def check(self, found: FoundDisplay, token: str) -> bool:
        """Tell whether a token is that of a display.

        What is served may be a moment behind the store, which is asked before anybody is refused.

        Raises
        ------
        UnavailableError
            The store would have to be asked, and does not answer.
        """
        if is_token_of(found.record, token):
            return True
        if not token.startswith(TOKEN_PREFIX):
            return False  # whoever has none asks the store nothing
        try:
            with self._store.read() as connection:
                return is_token_of(get_display(connection, found.record.id), token)
        except UnknownError:
            return False

    def take(self, found: FoundDisplay, report: Report, *, at: datetime | None = None) -> None:
        """Take a report; it is written within a second, or at once where nothing was started.

        Raises
        ------
        UnavailableError
            It was to be written at once, and the store does not answer.
        """
        now = at or datetime.now(UTC)
        record = make_record(found, report, now)
        with self._lock:
            self._reports[record.display] = record
            for play in _list_plays(found, report, now):
                self._add_play(play)
        if not self.is_started:
            self.flush()

    def flush(self) -> None:
        """Write what has been gathered; raises StoreError where that cannot be: it is kept."""
        with self._lock:
            reports, plays = self._reports, self._plays
            self._reports, self._plays = {}, {}
        if not reports and not plays:
            return
        try:
            with self._store.write() as connection:
                put_reports(connection, reports.values(), plays.values())
        except Exception:
            self._put_back(reports, plays.values())
            raise

    def _put_back(self, reports: Mapping[str, ReportRecord], plays: Iterable[PlayRecord]) -> None:
        with self._lock:
            self._reports = {**reports, **self._reports}
            for play in plays:
                self._add_play(play)

    def _add_play(self, play: PlayRecord) -> None:
        key = (play.display, play.notice)
        before = self._plays.get(key)
        if before is not None:
            play = replace(
                play,
                count=play.count + before.count,
                first_at=min(play.first_at, before.first_at),
                last_at=max(play.last_at, before.last_at),
            )
        self._plays[key] = play


def make_record(found: FoundDisplay, report: Report, at: datetime) -> ReportRecord:
    """Make what is kept of a report."""
    version = _VERSION.fullmatch(report.version)
    return ReportRecord(
        display=found.record.id,
        made_at=at,
        release=report.release or None,
        conditions=int(version[2]) if version is not None else None,
        program=report.program,
        uptime_s=report.uptime_s,
        errors=report.errors,
        remarks=tuple(dict.fromkeys(report.remarks)),
    )


def _list_plays(found: FoundDisplay, report: Report, at: datetime) -> list[PlayRecord]:
    """List what was shown, of notices that there are: a display cannot make any up."""
    there = {notice.id for notice in found.served.conditions.notices}
    return [
        PlayRecord(found.record.id, notice, count, at, at)
        for notice, count in (report.plays or {}).items()
        if notice in there and count > 0
    ]
