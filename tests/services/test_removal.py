"""What was heard back goes after a time."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.heard import NOW, make_report
from wayfinder.services.removal import Terms, go_back, remove_old
from wayfinder.store import Store
from wayfinder.store.daily_counts import CountKey, add_counts, list_counts
from wayfinder.store.feedback import add_report, list_reports
from wayfinder.store.venues import get_venue, make_venue


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2030, 3, 31), 1, date(2030, 2, 28)),
        (date(2030, 3, 31), 25, date(2028, 2, 29)),
        (date(2030, 1, 15), 1, date(2029, 12, 15)),
        (date(2030, 1, 15), 0, date(2030, 1, 15)),
    ],
)
def test_months_are_those_of_the_calendar(day: date, months: int, before: date) -> None:
    assert go_back(day, months) == before


def test_what_is_old_goes(store: Store) -> None:
    days = ("2027-12-31", "2028-01-01", "2030-01-01")
    with store.write() as connection:
        venue = make_venue(connection, "house", "north", {})
        add_report(connection, venue, make_report(), key="a")
        add_counts(connection, {CountKey("house", day, "scan", "A"): 1 for day in days})

    def look(at: datetime) -> tuple[list[str | None], list[str]]:
        remove_old(store, Terms(), at=at)
        with store.read() as connection:
            venue = get_venue(connection, "house")
            counts = list_counts(connection, venue, since="2000-01-01", until="2040-01-01")
            texts = [one.report.text for one in list_reports(connection, venue)]
            return texts, [one.day for one in counts]

    text = make_report().text
    # this month and the 24 before it: no day is kept for more than 25 months
    assert look(NOW + timedelta(days=89)) == ([text], ["2030-01-01"])
    assert look(datetime(2030, 1, 31, tzinfo=UTC))[1] == ["2030-01-01"]
    assert look(NOW + timedelta(days=91)) == ([None], ["2030-01-01"])
    assert look(datetime(2032, 2, 1, 12, 29, tzinfo=UTC)) == ([None], [])
    assert look(datetime(2032, 2, 1, 12, 31, tzinfo=UTC)) == ([], [])


def test_counts_of_25_months_stay(store: Store) -> None:
    with store.write() as connection:
        make_venue(connection, "house", "north", {})
        add_counts(connection, {CountKey("house", "2028-01-01", "scan", "A"): 1})
    remove_old(store, Terms(), at=datetime(2030, 1, 31, tzinfo=UTC))
    with store.read() as connection:
        venue = get_venue(connection, "house")
        assert list_counts(connection, venue, since="2000-01-01", until="2040-01-01")
