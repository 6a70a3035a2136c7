"""Each takes back their own, the last first, as far as the log goes, over reloads."""

from collections.abc import Callable

import pytest

from tests.drafted import Hand, drop, put, rename
from tests.signed import make_plan
from wayfinder.model import encode_plan, make_feature
from wayfinder.services.drafts import list_own_turns, read_plan
from wayfinder.services.drafts.undo import sort_turns
from wayfinder.store import ConflictError


def encode(hand: Hand) -> bytes:
    return encode_plan(read_plan(hand.desk, "house", hand.draft).plan)


def test_all_is_taken_back_and_done_again_over_reloads(
    ann: Hand, sit_down: Callable[[str], Hand]
) -> None:
    states = [encode(ann)]
    room = make_feature("new", "detail", None, {"level_id": "floor-0"}, {"foreign": [1, None]})
    for action in (rename("A", "X"), put(room), drop("B"), rename("A", "Y")):
        ann.do(action)
        states.append(encode(ann))
    for number, state in enumerate(reversed(states[:-1])):
        again = sit_down("ann")
        again.look()
        again.keys = iter([f"undo-{number}"])
        assert again.undo().entry.undoes == 4 - number
        assert encode(again) == state
    with pytest.raises(ConflictError, match="nothing-to-undo"):
        ann.undo()
    for state in states[1:]:
        ann.look()
        ann.redo()
        assert encode(ann) == state
    with pytest.raises(ConflictError, match="nothing-to-redo"):
        ann.redo()
    ann.undo()
    assert encode(ann) == states[-2]


def test_each_takes_back_their_own(ann: Hand, bob: Hand) -> None:
    ann.do(rename("A", "X-ray"))
    bob.do(rename("B", "Surgery"))
    ann.look()
    done = ann.undo()
    assert (done.entry.undoes, set(done.changed)) == (1, {"A"})
    names = [read_plan(ann.desk, "house", ann.draft).plan[key].name["en"] for key in "AB"]
    assert names == ["A", "Surgery"]
    assert bob.undo().entry.undoes == 2
    assert encode(bob) == encode_plan(make_plan())


def test_what_somebody_else_changed_since_is_not_put_back(ann: Hand, bob: Hand) -> None:
    ann.do(rename("A", "X-ray"))
    bob.look()
    bob.do(rename("A", "Surgery"))
    with pytest.raises(ConflictError) as caught:
        ann.undo()
    assert caught.value.code == "undo-changed-since"
    assert (caught.value.values["authors"], caught.value.values["features"]) == (["bob"], ["A"])
    bob.undo()
    assert ann.undo().plan["A"].name["en"] == "A"
    bob.look()
    bob.do(rename("A", "Surgery"))
    with pytest.raises(ConflictError, match="undo-changed-since"):
        ann.redo()


def test_what_others_have_drawn_upon_is_not_taken_away(ann: Hand, bob: Hand) -> None:
    ann.do(put(make_feature("level", "level", None, {"ordinal": 7})))
    bob.look()
    bob.do(put(make_feature("room", "unit", None, {"level_id": "level"})))
    with pytest.raises(ConflictError) as caught:
        ann.undo()
    assert (caught.value.code, caught.value.values["features"]) == ("undo-still-used", ["room"])
    bob.undo()
    ann.undo()
    ann.redo()
    bob.look()
    bob.redo()
    assert "room" in read_plan(ann.desk, "house", ann.draft).plan


def test_who_does_something_else_does_nothing_again(ann: Hand) -> None:
    ann.do(rename("A", "X"))
    ann.do(rename("B", "Y"))
    ann.undo()
    turns = list_own_turns(ann.desk, "house", ann.draft, "ann")
    assert (turns.undo, turns.redo) == ((1,), (3,))
    ann.do(rename("C", "Z"))
    turns = list_own_turns(ann.desk, "house", ann.draft, "ann")
    assert (turns.undo, turns.redo) == ((1, 4), ())
    assert list_own_turns(ann.desk, "house", ann.draft, "bob").undo == ()


def test_an_undo_that_is_sent_twice_is_done_once(ann: Hand) -> None:
    ann.do(rename("A", "X"))
    ann.do(rename("B", "Y"))
    first = ann.undo()
    ann.keys = iter([first.entry.key.partition("-")[2]])
    assert ann.undo().is_repeat
    assert list_own_turns(ann.desk, "house", ann.draft, "ann").undo == (1,)


@pytest.mark.parametrize(
    ("turns", "undo", "redo"),
    [
        ([], (), ()),
        ([(1, "a", None), (3, "a", None)], (1, 3), ()),
        ([(1, "a", None), (2, "restore", 1)], (), (2,)),
        ([(1, "a", None), (2, "restore", 1), (3, "restore", 2)], (3,), ()),
        ([(1, "a", None), (2, "restore", 1), (3, "restore", 2), (4, "restore", 3)], (), (4,)),
        ([(1, "a", None), (2, "merge", None)], (1,), ()),
    ],
)
def test_turns(
    turns: list[tuple[int, str, int | None]], undo: tuple[int, ...], redo: tuple[int, ...]
) -> None:
    found = sort_turns(turns)
    assert (found.undo, found.redo) == (undo, redo)
