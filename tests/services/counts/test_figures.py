"""Figures: sums of stretches, of whole months; nothing of what is not shown."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from wayfinder.services.counts.figures import Figures, get_figures, write_rows
from wayfinder.store import Store
from wayfinder.store.daily_counts import CountKey, add_counts
from wayfinder.store.venues import make_venue

ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2030, 3, 3, 12, tzinfo=ZONE).astimezone(UTC)


@pytest.fixture(params=["sqlite"])
def backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def count(kind: str, key: str, **days: int) -> dict[CountKey, int]:
    """Count something on days that are written as ``d0301``."""
    return {
        CountKey("house", f"2030-{day[1:3]}-{day[3:]}", kind, key): number
        for day, number in days.items()
    }


@pytest.fixture
def house(store: Store) -> Store:
    with store.write() as connection:
        make_venue(connection, "house", "north", {})
        add_counts(
            connection,
            count("scan", "A", d0101=12, d0110=6, d0112=6, d0131=9, d0201=40, d0302=8, d0303=99)
            | count("scan", "B", d0201=9)
            | count("goal", "restroom", d0201=20, d0228=10)
            | count("unmatched", "", d0201=11)
            | count("lost", "A", d0201=10)
            | count("lost", "C", d0201=30),
        )
    return store


def test_sums_are_of_what_is_shown(house: Store) -> None:
    found = get_figures(house, "house", ZONE, months=3, at=AT)
    assert (found.first, found.last) == (date(2030, 1, 1), date(2030, 3, 2))
    assert found.sums == {
        "scan": {"A": 64},
        "goal": {"restroom": 30},
        "unmatched": {"": 11},
        "lost": {"C": 30, "A": 10},
    }
    assert found.get_total("scan") == 64
    assert found.list_months("scan") == [
        (date(2030, 1, 1), 24),
        (date(2030, 2, 1), 40),
        (date(2030, 3, 1), 0),
    ]
    # by how many of a hundred scans; whose scans are not shown comes last
    assert found.list_lost() == [("A", 10, 64), ("C", 30, 0)]


def test_a_day_has_the_average_of_its_stretch(house: Store) -> None:
    found = get_figures(house, "house", ZONE, months=3, at=AT)
    days = dict(found.list_days("scan"))
    assert days[date(2030, 1, 1)] == 12
    assert days[date(2030, 1, 2)] == days[date(2030, 1, 12)] == pytest.approx(12 / 11)
    assert days[date(2030, 1, 31)] == 0
    assert sum(days.values()) == pytest.approx(64)
    assert len(days) == 61


@pytest.mark.parametrize("months", [1, 3, 12, 25])
def test_every_period_shows_the_same_stretches(house: Store, months: int) -> None:
    every = get_figures(house, "house", ZONE, months=25, at=AT).stretches
    found = get_figures(house, "house", ZONE, months=months, at=AT)
    assert found.first.day == 1
    assert found.stretches == tuple(one for one in every if one.first >= found.first)


def test_rows_for_other_programs(house: Store) -> None:
    found = get_figures(house, "house", ZONE, months=1, at=AT)
    assert list(write_rows(found, {})) == [
        ("kind", "key", "name", "first_day", "last_day", "count")
    ]
    found = get_figures(house, "house", ZONE, months=3, at=AT)
    rows = list(write_rows(found, {("goal", "restroom"): "Toilets"}))
    assert ("goal", "restroom", "Toilets", "2030-02-01", "2030-02-01", "20") in rows
    assert all(int(row[-1]) >= 10 for row in rows[1:])


def test_a_new_venue_has_none() -> None:
    empty = Figures(date(2030, 1, 1), date(2029, 12, 31), ())
    assert empty.list_days("scan") == empty.months == []
    assert empty.get_total("scan") == 0
