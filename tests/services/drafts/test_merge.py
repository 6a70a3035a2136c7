"""What came into force meanwhile is taken over; what both changed is somebody's to choose."""

from functools import partial

import pytest

from tests.drafted import ANN, BOB, Hand, drop, put, rename
from wayfinder.model import make_feature
from wayfinder.services import releases
from wayfinder.services.drafts import (
    Desk,
    MergeError,
    Side,
    list_own_turns,
    merge,
    open_draft,
    publish_draft,
    read_plan,
)
from wayfinder.store import ConflictError, Store


@pytest.fixture
def overtaken(ann: Hand, desk: Desk) -> Hand:
    """Return a draft in which room A is renamed, B in what came into force, C in both."""
    other = open_draft(desk, "house", "other", who=BOB)
    bob = Hand(desk, other.id, "bob")
    bob.do(rename("B", "theirs"))
    bob.do(rename("C", "theirs"))
    bob.do(put(make_feature("new", "detail", None, {"level_id": "0"})))
    ann.do(rename("A", "mine"))
    publish_draft(desk, "house", other.id, 3, who=BOB)
    return ann


def read_names(hand: Hand) -> list[str]:
    plan = read_plan(hand.desk, "house", hand.draft).plan
    return [plan[key].name["en"] for key in "ABC" if key in plan]


def test_what_only_one_changed_is_taken_over(overtaken: Hand) -> None:
    done = merge(overtaken.desk, "house", overtaken.draft, overtaken.send())
    assert done.entry.kind == "merge"
    assert done.changed.keys() == {"B", "C", "new"}
    assert done.draft.upon == (2, 1)
    assert read_names(overtaken) == ["mine", "theirs", "theirs"]
    made = publish_draft(overtaken.desk, "house", overtaken.draft, done.draft.head, who=ANN)
    assert made.published.previous == 2


@pytest.mark.parametrize(("side", "name"), [(Side.MINE, "mine"), (Side.THEIRS, "theirs")])
def test_what_both_changed_is_chosen(overtaken: Hand, side: Side, name: str) -> None:
    overtaken.do(rename("C", "mine"))
    with pytest.raises(MergeError) as caught:
        merge(overtaken.desk, "house", overtaken.draft, overtaken.send())
    (conflict,) = caught.value.conflicts
    names = [one and one.name["en"] for one in (conflict.seen, conflict.mine, conflict.theirs)]
    assert (conflict.id, names, caught.value.published) == ("C", ["C", "mine", "theirs"], 2)
    assert read_plan(overtaken.desk, "house", overtaken.draft).draft.upon == (1,)
    sent = overtaken.send()
    merge(overtaken.desk, "house", overtaken.draft, sent, choices={"C": side}, shown=2)
    assert read_names(overtaken) == ["mine", "theirs", name]


def test_what_was_chosen_upon_another_release_is_asked_about_anew(overtaken: Hand) -> None:
    overtaken.do(rename("C", "mine"))
    choose = partial(merge, overtaken.desk, "house", overtaken.draft, choices={"C": Side.MINE})
    third = open_draft(overtaken.desk, "house", "third", who=BOB)
    Hand(overtaken.desk, third.id, "bob").do(rename("C", "third"))
    publish_draft(overtaken.desk, "house", third.id, 1, who=BOB)
    for shown in (2, None):
        with pytest.raises(MergeError) as caught:
            choose(overtaken.send(), shown=shown)
        (conflict,) = caught.value.conflicts
        assert caught.value.published == 3
        assert conflict.theirs is not None
        assert conflict.theirs.name["en"] == "third"
    assert read_names(overtaken) == ["mine", "B", "mine"]
    choose(overtaken.send(), shown=3)
    assert read_names(overtaken) == ["mine", "theirs", "mine"]


def test_what_is_gone_in_one_is_a_choice_too(overtaken: Hand) -> None:
    overtaken.do(drop("C"))
    sent = overtaken.send()
    with pytest.raises(MergeError) as caught:
        merge(overtaken.desk, "house", overtaken.draft, sent)
    assert caught.value.conflicts[0].mine is None
    merge(overtaken.desk, "house", overtaken.draft, sent, choices={"C": Side.THEIRS}, shown=2)
    assert read_names(overtaken) == ["mine", "theirs", "theirs"]


def test_what_both_did_alike_is_no_choice(overtaken: Hand) -> None:
    overtaken.do(rename("C", "theirs"))
    done = merge(overtaken.desk, "house", overtaken.draft, overtaken.send())
    assert done.entry.touched == ("B", "new")


def test_a_merge_is_nobodys_own_action(overtaken: Hand) -> None:
    sent = overtaken.send()
    merge(overtaken.desk, "house", overtaken.draft, sent)
    assert merge(overtaken.desk, "house", overtaken.draft, sent).is_repeat
    assert list_own_turns(overtaken.desk, "house", overtaken.draft, "ann").undo == (1,)
    overtaken.look()
    assert overtaken.undo().plan["A"].name["en"] == "A"
    overtaken.do(rename("B", "mine"))
    assert overtaken.undo().plan["B"].name["en"] == "theirs"


def test_nothing_to_take_over_is_taken_over(ann: Hand, house: Store) -> None:
    done = merge(ann.desk, "house", ann.draft, ann.send())
    assert done.entry.touched == ()
    releases.roll_back(house, "house", 1)
    with pytest.raises(ConflictError, match="draft-key-taken"):
        ann.do(rename("A", "x"), sent=type(ann.send())("ann", done.entry.key, 0))
