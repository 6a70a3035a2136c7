"""A log that is replayed gives the same plan, whoever acted in whatever order."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.drafted import ANN, Hand, drop, make_entry, move_corner, put, rename
from tests.edit.strategies import PLAN, actions
from wayfinder.edit import Action, EditError, parse_action, parse_offered
from wayfinder.edit.properties import SetProperties
from wayfinder.model import Plan, encode_plan, make_feature
from wayfinder.services import releases
from wayfinder.services.drafts import (
    Desk,
    Take,
    list_changes,
    list_own_turns,
    open_draft,
    read_log,
    read_plan,
)
from wayfinder.services.drafts.log import is_same, list_users, replay
from wayfinder.store import ConflictError, DamagedError, Store, open_store
from wayfinder.store import draft_tables as tables
from wayfinder.store.drafts import add_entry, get_draft
from wayfinder.store.venues import get_venue

ROOMS = st.sampled_from(["A", "B", "C", "hall", "new-0", "new-1"])


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.long)]
)
def shared(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """Return a store that every example opens a draft of its own in."""
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres")
        url = server.url(server.make_database())
    else:
        url = str(tmp_path_factory.mktemp("log") / "store.sqlite3")
    store = open_store(url)
    releases.import_plan(store, "house", PLAN)
    releases.publish(store, "house")
    yield store
    store.close()


@st.composite
def replacements(draw: st.DrawFn) -> Action:
    """Draw an action that leaves what no edit would, as a log of another version may."""
    room = draw(ROOMS)
    which = draw(st.integers(0, 4))
    if which == 0:
        return rename(room, draw(st.sampled_from(["X", "Y", "医院"])))
    if which == 1:
        return SetProperties(feature=room, ours={"clear_width_m": draw(st.sampled_from([1, 2.5]))})
    if which == 2:
        by_m = draw(st.tuples(st.sampled_from([-0.2, 0.2]), st.sampled_from([0.0, 0.2])))
        return move_corner(PLAN, draw(st.sampled_from("ABC")), draw(st.integers(0, 3)), by_m)
    if which == 3:
        return drop(room)
    shape = {"level_id": "level0", "category": "room", "name": None}
    return put(make_feature(f"new-{draw(st.integers(0, 1))}", "unit", None, shape, {"own": [1.0]}))


PEOPLE = ("ann", "bob", "cy")
Turn = tuple[str, Action | dict[str, Any] | None, Take | None]
"""Undo, redo, look, or do an action: one that is made already, or as a browser sends it."""
TURNS = st.lists(
    st.tuples(
        st.sampled_from(PEOPLE),
        st.one_of(
            st.tuples(st.just("do"), replacements() | actions | actions, st.sampled_from([*Take])),
            st.tuples(st.sampled_from(["undo", "redo", "look"]), st.none(), st.none()),
        ),
    ),
    min_size=3,
    max_size=14,
)


def act(hand: Hand, turn: Turn) -> None:
    """Do what may be refused: then nothing has happened."""
    what, action, take = turn
    with suppress(ConflictError, EditError):
        if what == "do" and action is not None and take is not None:
            hand.do(parse_offered(action) if isinstance(action, dict) else action, take=take)
        elif what == "undo":
            hand.undo()
        elif what == "redo":
            hand.redo()
        elif what == "look":
            hand.look()


@given(turns=TURNS)
def test_replayed_it_gives_the_same_plan(shared: Store, turns: list[tuple[str, Turn]]) -> None:
    draft = open_draft(Desk(shared), "house", "wing", who=ANN).id
    hands = {who: Hand(Desk(shared), draft, who) for who in PEOPLE}
    for who, turn in turns:
        act(hands[who], turn)
    plans = {encode_plan(read_plan(one.desk, "house", draft).plan) for one in hands.values()}
    fresh = Desk(shared)
    plans.add(encode_plan(read_plan(fresh, "house", draft).plan))
    log = read_log(fresh, "house", draft)
    assert [entry.number for entry in log] == list(range(1, len(log) + 1))
    plan = read_plan(fresh, "house", draft, 0).plan
    for entry in log:
        before, plan = plan, replay(plan, [entry])
        reverted = parse_action(entry.revert).apply(plan).plan
        assert encode_plan(reverted) == encode_plan(before)
        # an action that was done as the author saw things came out otherwise on purpose
        if entry.seen == entry.number - 1 and entry.undoes is None:
            again = parse_action(entry.action).apply(before).plan
            assert encode_plan(again) == encode_plan(plan)
    plans.add(encode_plan(plan))
    assert len(plans) == 1


@given(turns=TURNS)
def test_all_can_be_taken_back_to_the_beginning(
    shared: Store, turns: list[tuple[str, Turn]]
) -> None:
    draft = open_draft(Desk(shared), "house", "wing", who=ANN).id
    ann = Hand(Desk(shared), draft, "ann")
    for _, turn in turns:
        act(ann, turn)
    while list_own_turns(ann.desk, "house", draft, "ann").undo:
        ann.undo()
    assert encode_plan(read_plan(Desk(shared), "house", draft).plan) == encode_plan(PLAN)


def test_plans_at_all_numbers_are_the_same_from_any_side(shared: Store) -> None:
    draft = open_draft(Desk(shared), "house", "wing", who=ANN).id
    ann = Hand(Desk(shared), draft, "ann")
    done = (ann.do(rename("ABC"[number % 3], str(number))) for number in range(20))
    plans = [encode_plan(PLAN), *(encode_plan(one.plan) for one in done)]
    desk = Desk(shared)
    for number in (20, 3, 0, 12, 19, *range(21), 5):
        assert encode_plan(read_plan(desk, "house", draft, number).plan) == plans[number]


def test_a_log_that_was_restored_and_went_on_otherwise_is_read_anew(shared: Store) -> None:
    draft = open_draft(Desk(shared), "house", "wing", who=ANN).id
    ann, bob = (Hand(Desk(shared), draft, who) for who in ("ann", "bob"))
    for text in "XYZ":
        ann.do(rename("A", text))
    bob.look()
    assert read_plan(bob.desk, "house", draft).plan["A"].name["en"] == "Z"
    table = tables.draft_actions
    with shared.write() as connection:
        gone = table.delete().where(table.c.draft_id == draft, table.c.number > 1)
        connection.execute(gone)
    ann.seen, ann.keys = 1, count(100)
    ann.do(rename("B", "Y"))
    ann.do(rename("B", "Z"))
    plan = read_plan(bob.desk, "house", draft).plan
    assert [plan[key].name["en"] for key in "AB"] == ["X", "Z"]


def test_a_log_with_a_gap_is_damaged(shared: Store) -> None:
    desk = Desk(shared)
    draft = open_draft(desk, "house", "wing", who=ANN).id
    with shared.write() as connection:
        record = get_draft(connection, get_venue(connection, "house"), draft)
        add_entry(connection, record, make_entry(2))
    with pytest.raises(DamagedError) as caught:
        read_plan(desk, "house", draft)
    assert (caught.value.code, caught.value.values["number"]) == ("draft-damaged", 1)


def test_a_base_that_is_not_what_it_was_is_damaged(shared: Store) -> None:
    draft = open_draft(Desk(shared), "house", "wing", who=ANN).id
    with shared.write() as connection:
        table = tables.drafts
        other = table.update().where(table.c.id == draft).values(base_hash="sha256:0")
        connection.execute(other)
    with pytest.raises(DamagedError, match="damaged-release"):
        read_plan(Desk(shared), "house", draft)


def test_who_looks_hears_what_happened_since(shared: Store) -> None:
    draft = open_draft(Desk(shared), "house", "wing", who=ANN).id
    ann, bob = (Hand(Desk(shared), draft, who) for who in ("ann", "bob"))
    assert bob.look().entries == ()
    ann.do(rename("A", "X"))
    ann.do(drop("B"))
    found = bob.look()
    assert [entry.kind for entry in found.entries] == ["rename", "restore"]
    assert {key: one and one.name["en"] for key, one in found.features.items()} == {
        "A": "X",
        "B": None,
    }
    found = list_changes(bob.desk, "house", draft, 1)
    assert ([entry.number for entry in found.entries], found.draft.head) == ([2], 2)


def test_features_are_alike_as_they_are_written() -> None:
    one, two = (make_feature("x", "detail", None, {"a": value}) for value in (1, 1.0))
    assert is_same(one, two)
    assert not is_same(one, make_feature("x", "detail", None, {"a": True}))
    assert is_same(None, None)
    assert not is_same(one, None)


def test_who_names_what_is_gone_is_found() -> None:
    plan = Plan.of(
        [
            make_feature("room", "unit", None, {"level_id": "ground", "category": "room"}),
            make_feature("desk", "amenity", None, {"unit_ids": ["room"], "name": {"en": "ground"}}),
        ]
    )
    assert list_users(plan, ["ground"]) == ["room"]
    assert list_users(plan, ["room"]) == ["desk"]
    assert list_users(plan, []) == []
