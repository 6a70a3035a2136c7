"""An action is in the log when it is acknowledged; who was not first is told what differs."""

from dataclasses import replace

import pytest

from tests.drafted import ANN, BOB, Hand, drop, move_corner, put, rename
from tests.signed import make_plan
from wayfinder.edit import EditError
from wayfinder.edit.properties import SetProperties
from wayfinder.model import Feature, encode_plan, make_feature
from wayfinder.services import releases
from wayfinder.services.drafts import (
    Desk,
    Sent,
    StaleError,
    Take,
    append,
    discard_draft,
    list_changes,
    open_draft,
    read_log,
    read_plan,
)
from wayfinder.store import ConflictError, InvalidError, Store, UnknownError


def name_of(hand: Hand, feature: str) -> str | None:
    found = read_plan(hand.desk, "house", hand.draft).plan.features.get(feature)
    return None if found is None else found.name.get("en")


def read_name(feature: Feature | None) -> str | None:
    return None if feature is None else feature.name.get("en")


def test_what_is_acknowledged_is_in_the_log(ann: Hand, house: Store) -> None:
    done = ann.do(rename("A", "X-ray"))
    assert (done.draft.head, done.entry.number, done.entry.kind) == (1, 1, "rename")
    assert read_name(done.changed["A"]) == "X-ray"
    assert done.changed.keys() == set(done.entry.touched) == {"A"}
    assert done.entry.action == {
        "kind": "rename",
        "feature": "A",
        "names": {"en": "X-ray"},
        "member": "name",
    }
    other = Desk(house)
    assert read_log(other, "house", ann.draft) == (done.entry,)
    assert encode_plan(read_plan(other, "house", ann.draft).plan) == encode_plan(done.plan)
    assert encode_plan(read_plan(other, "house", ann.draft, 0).plan) == encode_plan(make_plan())


def test_what_is_sent_twice_is_done_once(ann: Hand, bob: Hand) -> None:
    sent = ann.send()
    first = ann.do(rename("A", "X-ray"), sent=sent)
    bob.look()
    bob.do(rename("B", "Surgery"))
    again = ann.do(rename("A", "X-ray"), sent=sent)
    assert (again.entry, again.is_repeat, first.is_repeat) == (first.entry, True, False)
    assert {key: read_name(one) for key, one in again.changed.items()} == {
        "A": "X-ray",
        "B": "Surgery",
    }
    assert again.draft.head == 2
    with pytest.raises(ConflictError, match="draft-key-taken"):
        ann.do(rename("A", "Other"), sent=sent)
    with pytest.raises(ConflictError, match="draft-key-taken"):
        bob.do(rename("A", "X-ray"), sent=Sent("bob", sent.key, 0))
    assert len(read_log(ann.desk, "house", ann.draft)) == 2


def test_who_draws_elsewhere_is_not_in_the_way(ann: Hand, bob: Hand) -> None:
    ann.do(rename("A", "X-ray"))
    done = bob.do(rename("B", "Surgery"))
    assert done.entry.seen == 0
    assert {key: read_name(one) for key, one in done.changed.items()} == {
        "A": "X-ray",
        "B": "Surgery",
    }


def test_who_comes_second_is_told_what_differs(ann: Hand, bob: Hand) -> None:
    ann.do(rename("A", "X-ray"))
    with pytest.raises(StaleError) as caught:
        bob.do(rename("A", "Surgery"))
    (conflict,) = caught.value.conflicts
    names = [read_name(one) for one in (conflict.seen, conflict.mine, conflict.theirs)]
    assert names == ["A", "Surgery", "X-ray"]
    assert (conflict.id, conflict.authors, caught.value.head) == ("A", ("ann",), 1)
    assert caught.value.can_join
    assert caught.value.values["features"] == ["A"]
    assert len(read_log(ann.desk, "house", ann.draft)) == 1


def test_mine_is_as_i_saw_it_and_both_is_on_top(ann: Hand, bob: Hand) -> None:
    width = SetProperties(feature="A", ours={"clear_width_m": 2.5})
    ann.do(rename("A", "X-ray"))
    done = bob.do(width, take=Take.BOTH)
    found = done.plan["A"]
    assert (found.name["en"], found.clear_width_m) == ("X-ray", 2.5)
    ann.do(rename("B", "X-ray"))
    bob.seen = 2
    done = bob.do(SetProperties(feature="B", ours={"clear_width_m": 2.5}), take=Take.MINE)
    found = done.plan["B"]
    assert (found.name["en"], found.clear_width_m) == ("B", 2.5)
    assert done.entry.kind == "set-properties"
    bob.undo()
    assert name_of(ann, "B") == "X-ray"


def test_a_neighbour_whose_wall_moves_is_concerned(ann: Hand, bob: Hand) -> None:
    plan = make_plan()
    bob.do(rename("B", "Surgery"))
    action = move_corner(plan, "A", 1, (0.5, 0.0))
    assert {"A", "B"} <= set(action.apply(plan).before)
    with pytest.raises(StaleError) as caught:
        ann.do(action)
    assert [one.id for one in caught.value.conflicts] == ["B"]
    assert read_name(caught.value.conflicts[0].mine) == "B"
    done = ann.do(action, take=Take.BOTH)
    assert read_name(done.plan["B"]) == "Surgery"
    assert done.plan["B"].geometry != plan["B"].geometry


def test_a_neighbour_that_has_moved_away_is_concerned_too(ann: Hand, bob: Hand) -> None:
    plan = make_plan()
    apart = replace(move_corner(plan, "B", 0, (0.5, 0.0)), alone=True)
    assert set(apart.apply(plan).before) == {"B"}
    bob.do(apart)
    with pytest.raises(StaleError) as caught:
        ann.do(move_corner(plan, "A", 1, (0.0, 0.3)))
    assert "B" in [one.id for one in caught.value.conflicts]


def test_ones_own_actions_under_way_are_no_conflict(ann: Hand) -> None:
    sent = [Sent("ann", key, 0) for key in "abc"]
    room = make_feature("new", "unit", None, {"category": "room", "level_id": "floor-0"})
    ann.do(put(room), sent=sent[0])
    ann.do(rename("new", "Lab"), sent=sent[1])
    done = ann.do(rename("new", "Laboratory"), sent=sent[2])
    assert read_name(done.plan["new"]) == "Laboratory"


def test_what_waited_with_another_is_judged_by_what_was_seen(ann: Hand, bob: Hand) -> None:
    first, second, third = (Sent("ann", key, 0) for key in "abc")
    bob.do(rename("B", "Surgery"))
    ann.do(rename("A", "X-ray"), sent=first)
    with pytest.raises(StaleError) as caught:
        ann.do(rename("B", "Ward"), sent=second)
    (conflict,) = caught.value.conflicts
    assert (conflict.id, read_name(conflict.seen), conflict.authors) == ("B", "B", ("bob",))
    ann.do(rename("B", "Ward"), sent=second, take=Take.MINE, told=caught.value.head)
    # what one has chosen is not asked once more
    assert read_name(ann.do(rename("B", "Ward 2"), sent=third).plan["B"]) == "Ward 2"


def test_what_was_taken_back_is_no_conflict(ann: Hand, bob: Hand) -> None:
    ann.do(rename("A", "X-ray"))
    ann.undo()
    assert read_name(bob.do(rename("A", "Surgery")).plan["A"]) == "Surgery"


def test_what_an_action_needs_and_is_gone_is_a_conflict(ann: Hand, bob: Hand) -> None:
    bob.do(drop("A"))
    with pytest.raises(StaleError) as caught:
        ann.do(rename("A", "X-ray"))
    (conflict,) = caught.value.conflicts
    assert (conflict.theirs, caught.value.can_join) == (None, False)
    with pytest.raises(EditError, match="feature-missing"):
        ann.do(rename("A", "X-ray"), take=Take.BOTH)
    assert read_name(ann.do(rename("A", "X-ray"), take=Take.MINE).plan["A"]) == "X-ray"


def test_what_cannot_be_leaves_nothing(ann: Hand) -> None:
    with pytest.raises(EditError, match="feature-missing"):
        ann.do(rename("nothing", "X"))
    with pytest.raises(InvalidError):
        ann.do(put(make_feature("x", "detail", None, {"name": {"en": "\0"}})))
    assert read_log(ann.desk, "house", ann.draft) == ()
    assert ann.do(rename("A", "X-ray")).entry.number == 1


@pytest.mark.parametrize("key", ["", "x" * 65])
def test_a_key_is_asked_for(ann: Hand, key: str) -> None:
    with pytest.raises(InvalidError, match="bad-draft-key"):
        ann.do(rename("A", "X-ray"), sent=Sent("ann", key, 0))


def test_a_closed_draft_is_changed_no_more(ann: Hand) -> None:
    sent = ann.send()
    ann.do(rename("A", "X-ray"), sent=sent)
    discard_draft(ann.desk, "house", ann.draft, who=BOB)
    with pytest.raises(ConflictError, match="draft-closed"):
        ann.do(rename("A", "Surgery"))
    # what was acknowledged stays acknowledged
    assert ann.do(rename("A", "X-ray"), sent=sent).is_repeat


def test_a_draft_is_only_found_in_its_venue(ann: Hand, house: Store) -> None:
    releases.import_plan(house, "annex", make_plan(tag=9))
    other = open_draft(ann.desk, "annex", "there", who=ANN)
    for slug, draft in (("annex", ann.draft), ("house", other.id), ("nowhere", ann.draft)):
        with pytest.raises(UnknownError):
            append(ann.desk, slug, draft, rename("A", "X"), ann.send())
        with pytest.raises(UnknownError):
            read_plan(ann.desk, slug, draft)
        with pytest.raises(UnknownError):
            list_changes(ann.desk, slug, draft, 0)


def test_nobody_has_seen_what_is_to_come(ann: Hand) -> None:
    for seen in (1, -1):
        with pytest.raises(UnknownError, match="draft-ahead"):
            ann.do(rename("A", "X"), sent=Sent("ann", "key", seen))


def test_a_choice_holds_for_the_difference_that_was_told(ann: Hand, bob: Hand) -> None:
    ann.do(rename("A", "X-ray"))
    with pytest.raises(StaleError) as caught:
        bob.do(rename("A", "Surgery"))
    ann.do(rename("A", "CT"))
    with pytest.raises(StaleError):
        bob.do(rename("A", "Surgery"), take=Take.MINE, told=caught.value.head)
    ann.do(rename("B", "Ward"))  # what has nothing to do with it is no matter
    bob.do(rename("A", "Surgery"), take=Take.MINE, told=caught.value.head + 1)
    assert name_of(bob, "A") == "Surgery"
    assert name_of(bob, "B") == "Ward"
