"""What people report, and what is counted, for tests; a row of each kind in a store."""

from datetime import UTC, datetime, timedelta

from sqlalchemy.engine import Connection

from wayfinder.model.sign_records import SignPlace
from wayfinder.store.daily_counts import CountKey, add_counts
from wayfinder.store.feedback import Report, add_report, change_report, list_reports
from wayfinder.store.venues import get_venue

NOW = datetime(2030, 1, 1, 12, 30, tzinfo=UTC)
PLACE = SignPlace(
    1, "L1", "A", (116.4, 39.9), None, {"en": "Lobby", "zh-Hans": "大厅"}, {"en": "1F"}
)


def make_report() -> Report:
    """Make a report about a place."""
    return Report(
        "lift-out", "A", "VQAFYHP", PLACE, "门 \u2028 \\ ' \" 开着", "zh-Hans", "phone", NOW
    )


def fill_hearing(connection: Connection) -> None:
    """Put reports about the same, an answer and counts into the store of a house."""
    venue = get_venue(connection, "house")
    for key in ("a", "b"):
        add_report(connection, venue, make_report(), key=key)
    second, first = list_reports(connection, venue)
    change_report(connection, second, who="安", at=NOW, merged_into=first.id)
    until = NOW + timedelta(days=3)
    shown = {"answer": {"zh-Hans": "修好了"}, "answer_until": until, "state": "done"}
    change_report(connection, first, who="安", at=NOW, **shown)
    add_counts(connection, {CountKey("house", "2030-01-01", "scan", "VQAFYHP"): 12})
