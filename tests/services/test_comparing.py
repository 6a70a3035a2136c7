"""Two states of a plan beside each other: releases and drafts, each floor as two pictures."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ascii_plan import draw_plan
from tests.drafted import ANN, Hand, drop, rename
from wayfinder.services import releases
from wayfinder.services.comparing import Comparisons, State, parse_state
from wayfinder.services.drafts import Desk, open_draft
from wayfinder.services.plan_changes import How
from wayfinder.store import Store, UnknownError

TWO = """
    +-----+-----+----+
    |A    |B    |lift|
    +--1--+--2--+-3--+
    0hall            |
    +----------------+
    level 1 F2
    +-----+-----+----+
    |C    |D    |lift|
    +--4--+--5--+-6--+
    |upper           |
    +----------------+
"""
BADGE = re.compile(r'class="d-b d-(\w+)"')


@pytest.fixture
def backend() -> str:
    """Take SQLite: what is asked here of databases is asked of both elsewhere."""
    return "sqlite"


@pytest.fixture
def house(store: Store) -> Store:
    releases.import_plan(store, "house", draw_plan(TWO))
    releases.publish(store, "house")
    return store


@pytest.fixture
def ann(house: Store) -> Hand:
    desk = Desk(house)
    return Hand(desk, open_draft(desk, "house", "wing", who=ANN).id, "ann")


def compare(hand: Hand) -> Comparisons:
    return Comparisons(hand.desk.store, hand.desk)


@given(st.integers(1, 10**8), st.integers(0, 10**8))
def test_names_of_states_are_read_back(number: int, entry: int) -> None:
    for state in (State(number), State(None, number, entry)):
        assert parse_state(state.name) == state


@given(st.text(alphabet="rd0123456789.٣ -", max_size=12))
def test_other_names_are_none(name: str) -> None:
    found = parse_state(name)
    assert found is None or found.name == name


def test_a_draft_is_held_against_its_beginning_and_the_release_alike(ann: Hand) -> None:
    ann.do(rename("A", "X-ray"))
    ann.do(drop("door-5"))
    comparisons = compare(ann)
    now = State(None, ann.draft, 2)
    for before in (State(1), State(None, ann.draft, 0)):
        found = comparisons.compare("house", before, now)
        told = {(one.id, one.how) for one in found.changes.changes}
        assert told == {("A", How.CHANGED), ("door-5", How.REMOVED)}
        assert [level.ordinal for level in found.list_levels()] == [0, 1]
    assert comparisons.compare("house", now, now).changes.changes == ()
    first = comparisons.compare("house", State(1), State(None, ann.draft, 1))
    assert [one.id for one in first.changes.changes] == ["A"]


def test_each_side_marks_what_it_has(ann: Hand) -> None:
    plan = draw_plan(TWO)
    ann.do(rename("A", "X-ray"))
    ann.do(drop("door-2"))
    comparisons = compare(ann)
    ground = plan.levels[0].id
    states = State(1), State(None, ann.draft, 2)
    before, after = (
        comparisons.draw("house", own, other, ground, language="en", is_after=is_after)
        for own, other, is_after in ((*states, False), (*states[::-1], True))
    )
    assert sorted(BADGE.findall(before)) == ["changed", "removed"]
    assert sorted(BADGE.findall(after)) == ["changed"]
    assert "X-ray" in after
    assert "X-ray" not in before
    again = comparisons.draw("house", states[0], states[1], ground, language="en", is_after=False)
    assert again is before  # it is drawn once
    alone = comparisons.draw("house", State(1), None, ground, language="en", is_after=True)
    assert BADGE.findall(alone) == []


def test_doors_in_walls_along_an_axis_are_drawn(ann: Hand) -> None:
    ann.do(drop("door-4"))
    ann.do(drop("door-5"))
    upper, states = draw_plan(TWO).levels[1].id, (State(1), State(None, ann.draft, 2))
    drawn = compare(ann).draw("house", *states, upper, language="en", is_after=False)
    assert BADGE.findall(drawn) == ["removed", "removed"]


def test_a_floor_that_one_side_lacks_is_not_drawn_there(ann: Hand) -> None:
    plan = draw_plan(TWO)
    upper = plan.levels[1].id
    on_it = [one.id for one in plan if one.level_id == upper]
    ann.do(drop(*on_it, upper))
    comparisons = compare(ann)
    states = State(1), State(None, ann.draft, 1)
    assert comparisons.draw("house", *states, upper, language="en", is_after=False)
    with pytest.raises(KeyError):
        comparisons.draw("house", *states[::-1], upper, language="en", is_after=True)


def test_what_is_not_there_is_refused(ann: Hand) -> None:
    comparisons = compare(ann)
    for state in (State(9), State(None, 99, 0), State(None, ann.draft, 1)):
        with pytest.raises(UnknownError):
            comparisons.read("house", state)
        with pytest.raises(UnknownError):
            comparisons.draw("house", State(1), state, "x", language="en", is_after=False)
    with pytest.raises(UnknownError):
        comparisons.read("nowhere", State(1))
