"""Counting in memory: written together, kept while the store is away, never too late."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest

from wayfinder.services.counts.counter import Counts
from wayfinder.store import Store, UnavailableError
from wayfinder.store.daily_counts import DayCount, list_counts
from wayfinder.store.venues import get_venue, make_venue

ZONE = ZoneInfo("Asia/Shanghai")
EVENING = datetime(2030, 1, 1, 23, 59, 30, tzinfo=ZONE).astimezone(UTC)


class Clock:
    """A clock that is turned by hand."""

    def __init__(self) -> None:
        self.now = EVENING

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def house(store: Store) -> Store:
    with store.write() as connection:
        make_venue(connection, "house", "north", {})
    return store


def read(store: Store) -> list[DayCount]:
    with store.read() as connection:
        venue = get_venue(connection, "house")
        return list_counts(connection, venue, since="2000-01-01", until="2040-01-01")


def test_workers_add_up_over_midnight(house: Store) -> None:
    clock = Clock()
    one, other = Counts(house, clock=clock), Counts(house, clock=clock)
    for counts in (one, other, one):
        counts.add("house", ZONE, "scan", "A")
    clock.now += timedelta(minutes=1)
    other.add("house", ZONE, "scan", "A")
    one.flush()
    other.flush()
    one.flush()
    assert read(house) == [
        DayCount("scan", "A", "2030-01-01", 3),
        DayCount("scan", "A", "2030-01-02", 1),
    ]


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_what_cannot_be_written_is_kept(house: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = Counts(house, clock=Clock())
    counts.add("house", ZONE, "scan", "A")

    def fail() -> None:
        raise UnavailableError("busy")

    with monkeypatch.context() as away:
        away.setattr(house, "write", fail)
        with pytest.raises(UnavailableError):
            counts.flush()
    counts.add("house", ZONE, "scan", "A")
    counts.flush()
    assert [one.count for one in read(house)] == [2]


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_day_whose_figures_are_out_is_not_changed(house: Store) -> None:
    clock, told = Clock(), Counter[str]()
    counts = Counts(house, clock=clock, tell=lambda what, count: told.update({what: count}))
    counts.add("house", ZONE, "scan", "A")
    clock.now += timedelta(hours=1)
    counts.flush()
    counts.add("house", ZONE, "scan", "A")
    clock.now += timedelta(hours=25)
    counts.flush()
    assert [one.count for one in read(house)] == [1]
    assert told == {"written": 1, "late": 1}


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_it_is_written_in_the_background(house: Store) -> None:
    counts = Counts(house, interval_s=0.01)
    counts.start()
    counts.add("house", ZONE, "goal", "restroom")
    counts.stop()
    assert [one.key for one in read(house)] == ["restroom"]


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_counting_costs_next_to_nothing(house: Store) -> None:
    counts = Counts(house)
    started = perf_counter()
    for number in range(5_000):
        counts.add("house", ZONE, "scan", f"sign {number % 300}")
    # some microseconds each; the bound is for a machine that does much else
    assert (perf_counter() - started) / 5_000 < 0.0005
