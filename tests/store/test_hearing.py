"""Reports and daily counts: kept once, added up, gone in time; each of one venue."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from tests.heard import NOW, make_report
from wayfinder.store import Store, UnknownError
from wayfinder.store.daily_counts import CountKey, DayCount, add_counts, list_counts, sweep_counts
from wayfinder.store.feedback import (
    ReportRecord,
    add_report,
    change_report,
    count_new,
    count_since,
    get_report,
    list_answered,
    list_merged,
    list_reports,
    sweep_reports,
)
from wayfinder.store.hearing_tables import feedback
from wayfinder.store.venues import get_venue, make_venue


@pytest.fixture
def houses(store: Store) -> Store:
    with store.write() as connection:
        for slug in ("house", "annex"):
            make_venue(connection, slug, "north", {})
    return store


def put(store: Store, *keys: str, slug: str = "house", **values: object) -> list[int]:
    """Keep reports, and return the numbers of all of the venue, the oldest first."""
    with store.write() as connection:
        venue = get_venue(connection, slug)
        for key in keys:
            add_report(connection, venue, replace(make_report(), **values), key=key)  # type: ignore[arg-type]
        return [one.id for one in reversed(list_reports(connection, venue))]


def get(store: Store, number: int, slug: str = "house") -> ReportRecord:
    with store.read() as connection:
        return get_report(connection, get_venue(connection, slug), number)


def change(store: Store, number: int, **values: object) -> None:
    with store.write() as connection:
        record = get_report(connection, get_venue(connection, "house"), number)
        change_report(connection, record, who="", at=NOW, **values)


def test_a_report_is_read_as_it_was_kept(houses: Store) -> None:
    (number,) = put(houses, "a")
    found = get(houses, number)
    assert found.report == make_report()
    assert (found.state, found.assigned, found.merged_into, found.answer) == ("new", "", None, {})
    with pytest.raises(UnknownError):
        get(houses, number, "annex")


def test_what_is_sent_twice_is_kept_once(houses: Store) -> None:
    with houses.write() as connection:
        venue = get_venue(connection, "house")
        assert add_report(connection, venue, make_report(), key="a")
        assert not add_report(connection, venue, make_report(), key="a")
        assert count_new(connection, venue) == 1
        assert count_new(connection, get_venue(connection, "annex")) == 0


def test_reports_of_late_are_counted_by_place(houses: Store) -> None:
    put(houses, "a", "b", feature="lift")
    put(houses, "c", feature="door")
    put(houses, "d", feature="lift", made_at=NOW - timedelta(hours=2))
    with houses.read() as connection:
        venue = get_venue(connection, "house")
        since = NOW - timedelta(hours=1)
        assert count_since(connection, venue, since) == 3
        assert count_since(connection, venue, since, about="lift") == 2


def test_answers_are_listed_while_they_are_shown(houses: Store) -> None:
    first, second = put(houses, "a", "b")
    with houses.write() as connection:
        venue = get_venue(connection, "house")
        values = {"answer": {"en": "Mended"}, "answer_until": NOW + timedelta(days=1)}
        root = get_report(connection, venue, first)
        change_report(connection, root, who="安", at=NOW, **values)
        other = get_report(connection, venue, second)
        change_report(connection, other, who="安", at=NOW, merged_into=first)
    with houses.read() as connection:
        assert [one.id for one in list_reports(connection, venue)] == [first]
        assert [one.id for one in list_merged(connection, venue)] == [second]
        shown = list_answered(connection, venue, NOW)
        assert [(root.id, about.id) for root, about in shown] == [(first, first), (first, second)]
        assert list_answered(connection, venue, NOW + timedelta(days=1)) == []


def test_nothing_that_makes_no_sense_is_kept(houses: Store) -> None:
    first, second = put(houses, "a", "b")
    for values in ({"state": "lost"}, {"merged_into": second}, {"merged_into": first}):
        with pytest.raises(IntegrityError):
            change(houses, first, **values)
    for values in ({"kind": "fire"}, {"source": "letter"}):
        with pytest.raises(IntegrityError):
            put(houses, "c", **values)


def test_sentences_go_first_then_reports_with_those_they_speak_for(houses: Store) -> None:
    old, young = put(houses, "a", "b")
    (late,) = put(houses, "c", slug="annex", made_at=NOW + timedelta(days=40))
    with houses.write() as connection:
        record = get_report(connection, get_venue(connection, "house"), young)
        change_report(connection, record, who="", at=NOW, merged_into=old)
        sweep_reports(connection, texts_before=NOW + timedelta(days=1), before=NOW)
    assert get(houses, old).report.text is None
    assert get(houses, late, "annex").report.text
    with houses.write() as connection:
        changed = sa.update(feedback).where(feedback.c.id == young)
        connection.execute(changed.values(made_at=NOW + timedelta(days=30)))
        before = NOW + timedelta(days=1)
        sweep_reports(connection, texts_before=before, before=before)
        left = connection.execute(sa.select(feedback.c.id)).scalars().all()
    assert left == [late]


def test_workers_add_up(houses: Store) -> None:
    scan = CountKey("house", "2030-01-01", "scan", "VQAFYHP")
    goal = scan._replace(kind="goal", key="")
    with houses.write() as connection:
        add_counts(connection, {scan: 3})
        add_counts(connection, {scan: 4, goal: 1, scan._replace(slug="gone"): 9})
        add_counts(connection, {scan._replace(slug="annex"): 2, scan._replace(day="2030-01-02"): 1})
    with houses.read() as connection:
        venue = get_venue(connection, "house")
        found = list_counts(connection, venue, since="2030-01-01", until="2030-01-01")
    assert found == [
        DayCount("goal", "", "2030-01-01", 1),
        DayCount("scan", "VQAFYHP", "2030-01-01", 7),
    ]
    with houses.write() as connection:
        sweep_counts(connection, before="2030-01-02")
        every = list_counts(connection, venue, since="2000-01-01", until="2040-01-01")
    assert every == [DayCount("scan", "VQAFYHP", "2030-01-02", 1)]
