"""From ten up: no smaller number is shown, none can be worked out, none changes afterwards."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from wayfinder.services.counts.stretches import LEAST, Stretch, find_last_day, list_stretches
from wayfinder.store.daily_counts import DayCount

FIRST = date(2030, 1, 1)
days = st.lists(st.integers(0, 14), min_size=1, max_size=70)


def make(counts: list[int], key: str = "sign") -> list[DayCount]:
    """Make the rows of days in a row; a day with nothing has none."""
    return [
        DayCount("scan", key, (FIRST + timedelta(days=number)).isoformat(), count)
        for number, count in enumerate(counts)
        if count
    ]


def show(counts: list[int], until: int | None = None) -> list[tuple[int, int, int]]:
    """Return the stretches as first day, last day and count."""
    last = FIRST + timedelta(days=len(counts) if until is None else until)
    return [
        ((one.first - FIRST).days, (one.last - FIRST).days, one.count)
        for one in list_stretches(make(counts), until=last)
    ]


def test_days_are_put_together_until_ten() -> None:
    assert show([12, 3, 0, 8, 9, 2, 1]) == [(0, 0, 12), (1, 3, 11), (4, 5, 11)]
    assert show([0, 0, 9]) == []
    assert show([]) == []


def test_a_month_ends_what_did_not_reach_ten() -> None:
    counts = [0] * 30 + [9, 9]  # on 31 January and 1 February
    assert show(counts) == []
    assert show([*counts, 1]) == [(31, 32, 10)]


def test_each_thing_is_counted_by_itself() -> None:
    both = [*make([6, 5], "a"), *make([10], "b")]
    found = list_stretches(both, until=FIRST + timedelta(days=9))
    assert found == [
        Stretch("scan", "a", FIRST, FIRST + timedelta(days=1), 11),
        Stretch("scan", "b", FIRST, FIRST, 10),
    ]


@given(days)
def test_nothing_below_ten_is_shown_or_follows(counts: list[int]) -> None:
    shown = show(counts)
    met: set[int] = set()
    for first, last, count in shown:
        stretch = range(first, last + 1)
        # apart from each other: no two numbers have a day in common to be told by their difference
        assert met.isdisjoint(stretch)
        met.update(stretch)
        assert count == sum(counts[first : last + 1]) >= LEAST
        # all days but the last may have been nothing: none is known
        assert sum(counts[first:last]) < LEAST


@given(days, days)
def test_what_was_shown_stays(counts: list[int], more: list[int]) -> None:
    before, after = show(counts), show([*counts, *more])
    assert after[: len(before)] == before
    assert show([*counts, *more], until=len(counts) - 1) == before


@given(days, st.data())
def test_another_world_looks_the_same(counts: list[int], data: st.DataObject) -> None:
    # within a stretch a scan of one day may as well have been on the last one
    shown = show(counts)
    other = list(counts)
    for first, last, _ in shown:
        for day in range(first, last):
            moved = data.draw(st.integers(0, other[day]))
            other[day] -= moved
            other[last] += moved
    assert show(other) == shown


def test_sums_are_of_what_is_shown() -> None:
    total: dict[str, int] = defaultdict(int)
    for one in list_stretches([*make([9], "a"), *make([11], "b")], until=FIRST):
        total[one.key] += one.count
    assert dict(total) == {"b": 11}


def test_a_day_takes_part_when_it_is_over_and_settled() -> None:
    zone = ZoneInfo("Asia/Shanghai")
    midnight = datetime(2030, 1, 2, tzinfo=zone).astimezone(UTC)
    assert find_last_day(midnight + timedelta(hours=1, minutes=59), zone) == date(2029, 12, 31)
    assert find_last_day(midnight + timedelta(hours=2), zone) == date(2030, 1, 1)
