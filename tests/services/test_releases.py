"""Releases are kept whole, published at once, never with errors, and can be gone back to."""

import threading
import zlib

import pytest
import sqlalchemy as sa

from tests.drafted import ANN, BOB
from tests.signed import FIRST, make_broken_plan, make_plan
from wayfinder.model import Plan, encode_plan, hash_plan, make_feature
from wayfinder.services import conditions, releases
from wayfinder.store import ConflictError, DamagedError, InvalidError, Store, UnknownError
from wayfinder.store.conditions import ConditionDraft
from wayfinder.store.releases import PackedPlan, read_release, unpack_plan
from wayfinder.store.tables import organisations
from wayfinder.store.tables import releases as table
from wayfinder.store.venues import get_venue, list_venues


def read_plan(store: Store, number: int) -> Plan:
    with store.read() as connection:
        return read_release(connection, get_venue(connection, "house"), number).plan


def test_what_is_imported_comes_back_whole(store: Store) -> None:
    plan = make_plan({"sign": {"sign_code": FIRST}})
    made = releases.import_plan(store, "house", plan, note="first", who=ANN)
    assert made.is_new
    record = made.release
    assert (record.number, record.note, record.imported_by) == (1, "first", "ann")
    assert record.errors == {}
    assert encode_plan(read_plan(store, 1)) == encode_plan(plan)
    with store.read() as connection:
        venue = get_venue(connection, "house")
        assert read_release(connection, venue, 1).hash == record.hash == hash_plan(plan)
        assert (venue.published, venue.organisation) == (None, "default")


def test_numbers_count_and_what_is_there_already_is_not_kept_twice(store: Store) -> None:
    numbers = [
        releases.import_plan(store, "house", make_plan(tag=tag)).release.number
        for tag in (1, 1, 2, 1)
    ]
    assert numbers == [1, 1, 2, 3]
    assert not releases.import_plan(store, "house", make_plan(tag=1)).is_new
    assert releases.import_plan(store, "other", make_plan(tag=1)).release.number == 1


def test_the_newest_is_published_and_the_log_says_so(store: Store) -> None:
    for tag in (1, 2):
        releases.import_plan(store, "house", make_plan(tag=tag))
    done = releases.publish(store, "house", who=ANN)
    assert (done.release.number, done.previous, done.is_new) == (2, None, True)
    assert not releases.publish(store, "house").is_new
    assert releases.publish(store, "house", 1, who=BOB).previous == 2
    history = releases.get_history(store, "house")
    assert history.published == 1
    assert [release.number for release in history.releases] == [2, 1]
    log = [(entry.number, entry.previous, entry.published_by) for entry in history.publications]
    assert log == [(1, 2, "bob"), (2, None, "ann")]


def test_one_goes_back_to_what_was_in_force_only(store: Store) -> None:
    for tag in (1, 2, 3):
        releases.import_plan(store, "house", make_plan(tag=tag))
        if tag != 2:
            releases.publish(store, "house")
    assert releases.roll_back(store, "house", 1).previous == 3
    with pytest.raises(ConflictError) as caught:
        releases.roll_back(store, "house", 2)
    assert (caught.value.code, caught.value.values["known"]) == ("never-published", ["1", "3"])
    with pytest.raises(UnknownError, match="unknown-release"):
        releases.roll_back(store, "house", 7)
    assert releases.get_history(store, "house").published == 1


def test_a_plan_with_errors_is_kept_and_never_published(store: Store) -> None:
    releases.import_plan(store, "house", make_plan())
    releases.publish(store, "house")
    made = releases.import_plan(store, "house", make_broken_plan())
    assert made.release.errors == {"reference-missing": 1}
    for number in (None, 2):
        with pytest.raises(ConflictError) as caught:
            releases.publish(store, "house", number)
        assert caught.value.values["codes"] == ["reference-missing (1)"]
    assert releases.get_history(store, "house").published == 1


def test_what_is_not_there_is_said(store: Store) -> None:
    with pytest.raises(UnknownError, match="unknown-venue"):
        releases.publish(store, "house")
    releases.import_plan(store, "house", make_plan())
    with pytest.raises(UnknownError) as caught:
        releases.publish(store, "house", 2)
    assert (caught.value.code, caught.value.values["newest"]) == ("unknown-release", 1)
    with pytest.raises(UnknownError) as caught:
        releases.get_history(store, "hause")
    assert caught.value.values["known"] == ["house"]


def test_a_venue_belongs_to_one_organisation(store: Store) -> None:
    releases.import_plan(store, "house", make_plan(), organisation="north")
    releases.import_plan(store, "annex", make_plan(), organisation="north")
    with pytest.raises(ConflictError, match="venue-taken"):
        releases.import_plan(store, "house", make_plan(tag=1), organisation="south")
    assert releases.import_plan(store, "house", make_plan(tag=1)).release.number == 2
    with store.read() as connection:
        assert [venue.organisation for venue in list_venues(connection)] == ["north", "north"]
        assert connection.execute(sa.select(organisations.c.slug)).scalars().all() == ["north"]


@pytest.mark.parametrize("slug", ["", "House", "a b", "-a", "a-", "ä", "a/b", "x" * 64, "a\n"])
def test_a_bad_slug_is_refused_and_leaves_nothing(store: Store, slug: str) -> None:
    with pytest.raises(InvalidError, match="bad-slug"):
        releases.import_plan(store, slug, make_plan())
    with pytest.raises(InvalidError, match="bad-slug"):
        releases.import_plan(store, "house", make_plan(), organisation=slug or "?")
    with store.read() as connection:
        assert list_venues(connection) == []


@pytest.mark.parametrize("text", ["a\0b", "\ud800", float("nan"), "\\\0"])
def test_a_plan_that_no_database_may_hold_is_refused(store: Store, text: object) -> None:
    plan = make_plan().with_features(make_feature("x", "detail", None, {"name": {"en": text}}))
    with pytest.raises(InvalidError):
        releases.import_plan(store, "house", plan)


def test_a_backslash_is_no_nul(store: Store) -> None:
    text = {"name": {"en": "\\u0000", "de": "\\\\u0000"}}
    plan = make_plan().with_features(make_feature("x", "detail", None, text))
    releases.import_plan(store, "house", plan)
    assert read_plan(store, 1)["x"].properties == text


def test_a_release_that_is_damaged_is_not_served(store: Store) -> None:
    releases.import_plan(store, "house", make_plan())
    for data in (b"", b"nonsense", zlib.compress(b"{}")):
        with store.write() as connection:
            connection.execute(sa.update(table).values(plan=data))
        with pytest.raises(DamagedError, match="damaged-release"):
            read_plan(store, 1)
    with pytest.raises(DamagedError):
        unpack_plan(PackedPlan("sha256:0", zlib.compress(b"{}")))


def test_those_who_import_at_once_get_numbers_of_their_own(store: Store) -> None:
    def work(first: int) -> None:
        for tag in range(first, first + 5):
            releases.import_plan(store, "house", make_plan(tag=tag))

    threads = [threading.Thread(target=work, args=(1 + 10 * n,)) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = [release.number for release in releases.get_history(store, "house").releases]
    assert numbers == list(range(15, 0, -1))


def test_conditions_about_what_a_release_lacks_are_told(store: Store) -> None:
    releases.import_plan(store, "house", make_plan({"s": {}}))
    assert releases.publish(store, "house").lost == ()
    conditions.add(store, "house", ConditionDraft("closure", ("A",), {}))
    lost = conditions.add(store, "house", ConditionDraft("closure", ("A", "s"), {}))
    releases.import_plan(store, "house", make_plan(tag=1))
    assert releases.publish(store, "house").lost == (lost.id,)
    assert releases.roll_back(store, "house", 1).lost == ()
