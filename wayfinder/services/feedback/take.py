"""Taking a report: what is wrong, where, in a sentence perhaps; never who says so."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from wayfinder.services.feedback.about import About, locate
from wayfinder.services.feedback.errors import FeedbackError
from wayfinder.services.feedback.sentence import clean_sentence
from wayfinder.services.feedback.throttle import Throttle
from wayfinder.services.served import Served
from wayfinder.store import Store
from wayfinder.store.feedback import KINDS, Report, add_report, count_since
from wayfinder.store.venues import get_venue

MOST_ABOUT_ONE = 10
"""Reports an hour about one place, of everybody (ours): staff have heard of it."""
MOST_OF_VENUE = 200
"""Reports an hour in a venue (ours): more are nobody's work to read."""
_HOUR = timedelta(hours=1)
_QUARTER_MIN = 15
_OLDEST = timedelta(hours=72)
"""A report that a phone kept without a network is told for so long."""
_KEY = re.compile(r"[0-9a-f]{32}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody says.

    Parameters
    ----------
    kind
        One of `wayfinder.store.feedback.KINDS`.
    text
        A sentence, as it was typed; may be empty.
    language
        Of the page.
    source
        ``phone`` or ``kiosk``.
    key
        Of the form: 32 hexadecimal digits. What is sent twice is kept once.
    age
        How long it was kept on a phone without a network.
    """

    kind: str
    text: str
    language: str
    key: str
    source: str = "phone"
    age: timedelta = timedelta(0)


def take_report(
    store: Store,
    throttle: Throttle,
    served: Served,
    about: About,
    told: Told,
    *,
    address: str,
    at: datetime | None = None,
) -> None:
    """Keep a report.

    Parameters
    ----------
    store
        Where it is kept.
    throttle
        Of this process.
    served
        The venue.
    about
        What it is about.
    told
        What is said.
    address
        Of who says so: counted by its hash for the day, and not kept.
    at
        Aware instant; None is now.

    Raises
    ------
    FeedbackError
        Nobody said what is wrong, or too much was said of late.
    UnknownError
        The store has no such venue.
    UnavailableError
        The store does not answer.
    """
    if told.kind not in KINDS:
        raise FeedbackError("no-kind")
    if not _KEY.fullmatch(told.key):
        raise FeedbackError("no-form")
    if not throttle.allow(address, f"{served.slug} {about.key}"):
        raise FeedbackError("too-many")
    now = at or datetime.now(UTC)
    report = Report(
        kind=told.kind,
        feature=about.feature,
        sign=about.sign.code if about.sign is not None else None,
        place=locate(served, about),
        text=clean_sentence(told.text),
        language=told.language,
        source=told.source,
        made_at=blur(now - min(max(told.age, timedelta(0)), _OLDEST)),
    )
    with store.write() as connection:
        venue = get_venue(connection, served.slug)
        # what is told late counts with all that came since: a phone may say any age
        since = blur(report.made_at - _HOUR)
        if about.feature is not None:
            known = count_since(connection, venue, since, about=about.feature)
            if known >= MOST_ABOUT_ONE:
                raise FeedbackError("known")
        if count_since(connection, venue, since) >= MOST_OF_VENUE:
            raise FeedbackError("too-many")
        add_report(connection, venue, report, key=told.key)


def blur(instant: datetime) -> datetime:
    """Return the quarter of an hour in which an instant lies: no camera tells who it was."""
    minute = instant.minute - instant.minute % _QUARTER_MIN
    return instant.replace(minute=minute, second=0, microsecond=0)
