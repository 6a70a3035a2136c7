"""Closures, hours and notices hold at once, in their time, and together where they are in a set."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from tests.signed import make_plan
from wayfinder.model import Closure, Conditions, ExceptionalHours, Notice
from wayfinder.services import conditions, releases
from wayfinder.store import ConflictError, InvalidError, Store, UnknownError
from wayfinder.store.audit import Actor
from wayfinder.store.conditions import ConditionDraft, read_conditions
from wayfinder.store.tables import conditions as table
from wayfinder.store.venues import VenueRecord, get_venue

NOW = datetime.now(UTC).replace(microsecond=0)
DAY = timedelta(days=1)  # far beyond how long the tests may take
WORKS = {"zh-Hans": "电梯检修", "en": "Lift being serviced"}


@pytest.fixture
def house(store: Store) -> Store:
    releases.import_plan(store, "house", make_plan())
    releases.publish(store, "house")
    return store


def closure(
    *features: str, start: datetime | None = None, end: datetime | None = None
) -> ConditionDraft:
    return ConditionDraft("closure", features, WORKS, start, end)


def read(store: Store, now: datetime = NOW) -> Conditions:
    with store.read() as connection:
        return read_conditions(connection, get_venue(connection, "house"), now)


def get_record(store: Store) -> VenueRecord:
    with store.read() as connection:
        return get_venue(connection, "house")


def test_what_is_closed_is_closed_until_reopened(house: Store) -> None:
    before = get_record(house)
    made = conditions.add(house, "house", closure("A", "B", end=NOW + DAY), who=Actor("ann"))
    assert (made.made_by, made.active, made.set) == ("ann", True, None)
    assert read(house).closures == (
        Closure("A", None, NOW + DAY, WORKS),
        Closure("B", None, NOW + DAY, WORKS),
    )
    after = get_record(house)
    assert after.version > before.version
    assert after.conditions_number == before.conditions_number + 1
    done = conditions.reopen(house, "house", ["A", "B"])
    assert [record.id for record in done.opened] == [made.id]
    assert read(house) == Conditions()
    assert get_record(house).conditions_number == after.conditions_number + 1
    with pytest.raises(ConflictError, match="not-closed"):
        conditions.reopen(house, "house", ["A"])


def test_a_part_is_reopened_alone(house: Store) -> None:
    conditions.add(house, "house", closure("A", "B"))
    conditions.reopen(house, "house", ["A"])
    assert [one.feature for one in read(house).closures] == ["B"]


def test_what_is_said_twice_holds_once(house: Store) -> None:
    one = conditions.add(house, "house", closure("A"))
    number = get_record(house).version
    assert conditions.add(house, "house", closure("A")) == one
    assert get_record(house).version == number
    later = conditions.add(house, "house", closure("A", start=NOW + DAY))
    assert later.id != one.id


def test_hours_and_notices_hold_too(house: Store) -> None:
    holiday = ConditionDraft("hours", ("A",), {"en": "Holiday"}, NOW, NOW + DAY, "off")
    flu = ConditionDraft("notice", (), {"en": "Masks, please"})
    here = ConditionDraft("notice", ("A",), {"en": "Wet floor"})
    made = [conditions.add(house, "house", draft) for draft in (holiday, flu, here)]
    found = read(house)
    assert found.hours == (ExceptionalHours("A", "off", NOW, NOW + DAY, {"en": "Holiday"}),)
    assert found.notices == (
        Notice(str(made[1].id), {"en": "Masks, please"}),
        Notice(str(made[2].id), {"en": "Wet floor"}, feature="A"),
    )
    assert conditions.remove(house, "house", made[1].id).draft == flu
    assert [one.feature for one in read(house).notices] == ["A"]
    with pytest.raises(UnknownError, match="unknown-condition"):
        conditions.remove(house, "house", made[1].id)
    again = conditions.add(house, "house", flu)
    assert again.id not in {one.id for one in made}


def test_what_is_over_is_left_out(house: Store) -> None:
    conditions.add(house, "house", closure("A", end=NOW + DAY))
    assert read(house, NOW + DAY) == Conditions()
    assert len(conditions.list_all(house, "house")) == 1


def test_sets_are_switched_together(house: Store) -> None:
    for feature, name in (("A", "night"), ("B", "night"), ("C", "works")):
        made = conditions.add(house, "house", closure(feature), set_name=name)
        assert not made.active
    assert read(house) == Conditions()
    sets = conditions.switch(house, "house", on=["night"], who=Actor("ann"))
    assert [(one.name, one.active, one.members) for one in sets] == [
        ("night", True, 2),
        ("works", False, 1),
    ]
    assert sets[0].switched_by == "ann"
    # nobody has switched the other: who made it did not
    assert (sets[1].switched_by, sets[1].switched_at) == (None, None)
    assert [one.feature for one in read(house).closures] == ["A", "B"]
    number = get_record(house).conditions_number
    conditions.switch(house, "house", on=["works"], off=["night"])
    assert [one.feature for one in read(house).closures] == ["C"]
    assert get_record(house).conditions_number > number


def test_a_set_that_is_not_there_switches_nothing(house: Store) -> None:
    conditions.add(house, "house", closure("A"), set_name="night")
    with pytest.raises(UnknownError) as caught:
        conditions.switch(house, "house", on=["night", "nihgt"])
    assert caught.value.values["known"] == ["night"]
    assert read(house) == Conditions()
    conditions.switch(house, "house", on=["night"])
    conditions.forget_set(house, "house", "night")
    assert read(house) == Conditions()
    assert conditions.list_all_sets(house, "house") == []
    with pytest.raises(UnknownError, match="unknown-set"):
        conditions.forget_set(house, "house", "night")


def test_reopening_says_which_set_still_closes(house: Store) -> None:
    conditions.add(house, "house", closure("A"), set_name="night")
    conditions.switch(house, "house", on=["night"])
    conditions.add(house, "house", closure("A"))
    done = conditions.reopen(house, "house", ["A"])
    assert [record.set for record in done.still_closed] == ["night"]
    assert len(done.opened) == 1
    assert [one.feature for one in read(house).closures] == ["A"]
    conditions.reopen(house, "house", ["A"], set_name="night")
    assert read(house) == Conditions()


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (ConditionDraft("closure", ("nobody",), {}), "unknown-feature"),
        (ConditionDraft("closure", (), {}), "no-features"),
        (ConditionDraft("closure", ("A",), {}, None, NOW - DAY), "over-already"),
        (ConditionDraft("closure", ("A",), {"en": "x" * 3_000}), "text-too-long"),
        (ConditionDraft("closure", ("A",), {"en": "\0"}), "unstorable-text"),
        (ConditionDraft("hours", ("A",), {}, hours="when we like"), "unreadable-hours"),
        (ConditionDraft("hours", ("A",), {}), "unreadable-hours"),
        (ConditionDraft("notice", (), {}), "empty-notice"),
        (ConditionDraft("notice", (), {"en": "  "}), "empty-notice"),
    ],
)
def test_what_makes_no_sense_is_refused(house: Store, draft: ConditionDraft, code: str) -> None:
    with pytest.raises((InvalidError, UnknownError), match=code):
        conditions.add(house, "house", draft)
    assert conditions.list_all(house, "house") == []


def test_an_empty_span_is_refused(house: Store) -> None:
    with pytest.raises(InvalidError, match="empty-span"):
        closure("A", start=NOW, end=NOW)
    for name in ("", " ", "x" * 81):
        with pytest.raises(InvalidError, match="bad-set-name"):
            conditions.add(house, "house", closure("A"), set_name=name)
    assert conditions.list_all(house, "house") == []


def test_a_venue_has_so_many_conditions_and_no_more(
    house: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conditions, "MOST", 2)
    conditions.add(house, "house", closure("A"))
    conditions.add(house, "house", closure("B"))
    with pytest.raises(InvalidError, match="too-many-conditions"):
        conditions.add(house, "house", closure("C"))
    conditions.add(house, "house", closure("A"))
    with house.write() as connection:  # what is over counts no more
        connection.execute(sa.update(table).where(table.c.id == 1).values(end_at=NOW - DAY))
    assert conditions.add(house, "house", closure("C")).active


def test_conditions_need_a_plan(store: Store) -> None:
    with pytest.raises(UnknownError, match="unknown-venue"):
        conditions.add(store, "house", closure("A"))
    releases.import_plan(store, "house", make_plan())
    assert conditions.add(store, "house", closure("A")).active
