"""Which displays show what they should: green only from what each reports itself, else red and why.

A display is green where its last report is less than a minute old, names the release and the
conditions that are in force, and tells of no error. Silence is red, and so is a display that never
enrolled: nobody knows what it shows.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.engine import Connection

from wayfinder.guide.catalogues import translate_or
from wayfinder.guide.names import find_labels
from wayfinder.model import Display, Labels, Plan, find_display
from wayfinder.store import Store
from wayfinder.store.display_reports import PlayRecord, ReportRecord, list_plays, list_reports
from wayfinder.store.displays import DisplayRecord, list_displays
from wayfinder.store.releases import get_release, read_release
from wayfinder.store.venues import VenueRecord, get_venue, list_venues

FRESH = timedelta(seconds=60)
"""Older than this a report says nothing about now."""


@dataclass(frozen=True, slots=True)
class DisplayStatus:
    """What is known of a display now.

    Parameters
    ----------
    record
        What the registry knows of it.
    display
        Where it stands in the release in force, and what it is; None where that does not have it.
    report
        What it said last, or None.
    reasons
        Why it is red, by code, the first the most telling; empty: it is green.
    plays
        How often it showed notices.
    label
        What the plan calls it, by language: where it is.
    """

    record: DisplayRecord
    display: Display | None
    report: ReportRecord | None
    reasons: tuple[str, ...]
    plays: tuple[PlayRecord, ...] = ()
    label: Labels = field(default_factory=dict)

    @property
    def is_green(self) -> bool:
        """Whether it shows what it should."""
        return not self.reasons


@dataclass(frozen=True, slots=True)
class InForce:
    """What displays of a venue should show.

    Parameters
    ----------
    release
        Hash of the release in force; empty where there is none.
    conditions
        Number of the conditions.
    plan
        The plan in force, or None.
    """

    release: str
    conditions: int
    plan: Plan | None


def say_code(code: str, language: str, *, kind: str) -> str:
    """Say why a display is red, or what it remarks; what has no words is said as it is."""
    return translate_or(language, f"displays.{kind}.{code}", code)


def list_statuses(
    store: Store, slug: str | None, *, at: datetime, plans: Mapping[str, Plan] | None = None
) -> list[DisplayStatus]:
    """List the displays of a venue, or of all, that were not taken down.

    Parameters
    ----------
    store
        The store.
    slug
        The venue; None: all.
    at
        Aware instant.
    plans
        Hash of a release to its plan, for those that are at hand; any other is read.

    Raises
    ------
    UnknownError
        There is no such venue.
    """
    with store.read() as connection:
        venues = list_venues(connection) if slug is None else [get_venue(connection, slug)]
        found = [
            status
            for venue in venues
            for status in _list_of_venue(connection, venue, at, plans or {})
        ]
    return sorted(found, key=lambda one: (one.record.venue or "", one.record.ref, one.record.id))


def list_reasons(
    record: DisplayRecord,
    display: Display | None,
    report: ReportRecord | None,
    wanted: InForce,
    at: datetime,
) -> Iterator[str]:
    """Yield why a display is red, by code; nothing where it is green."""
    if display is None:
        yield "not-in-plan"
    if not record.token_hash:
        yield "revoked" if record.revoked_at is not None else "not-enrolled"
    if report is None:
        yield "never-reported"
        return
    # what says it comes from the future was not made now either
    if not -FRESH < at - report.made_at < FRESH:
        yield "silent"
    if report.release is None:
        yield "nothing-shown"
        return
    if report.release != wanted.release:
        yield "other-release"
    elif report.conditions != wanted.conditions:
        yield "other-conditions"
    if report.errors:
        yield "errors"


def _list_of_venue(
    connection: Connection, venue: VenueRecord, at: datetime, plans: Mapping[str, Plan]
) -> Iterator[DisplayStatus]:
    records = [one for one in list_displays(connection, venue) if one.removed_at is None]
    if not records:
        return
    wanted = _read_in_force(connection, venue, plans)
    reports, plays = list_reports(connection, venue), list_plays(connection, venue)
    for record in records:
        display = find_display(wanted.plan, record.feature) if wanted.plan is not None else None
        report = reports.get(record.id)
        reasons = tuple(list_reasons(record, display, report, wanted, at))
        label = find_labels(wanted.plan[display.id]) if wanted.plan and display else {}
        yield DisplayStatus(record, display, report, reasons, _select(plays, record.id), label)


def _read_in_force(
    connection: Connection, venue: VenueRecord, plans: Mapping[str, Plan]
) -> InForce:
    if venue.published is None:
        return InForce("", venue.conditions_number, None)
    release = get_release(connection, venue, venue.published)
    plan = plans.get(release.hash)
    if plan is None:
        plan = read_release(connection, venue, venue.published).plan
    return InForce(release.hash, venue.conditions_number, plan)


def _select(plays: Iterable[PlayRecord], display_id: str) -> tuple[PlayRecord, ...]:
    return tuple(one for one in plays if one.display == display_id)
