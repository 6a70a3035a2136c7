"""A draft is opened with what was brought in it: whole, or not at all, and once."""

import pytest

from tests.drafted import ANN, BOB, Hand, drop, rename
from wayfinder.edit import Action, EditError
from wayfinder.model import Plan
from wayfinder.services.drafts import (
    Desk,
    Sent,
    adding,
    begin_draft,
    find_begun,
    list_drafts,
    open_draft,
    publish_draft,
    read_plan,
)
from wayfinder.store import InvalidError
from wayfinder.store.audit import list_entries
from wayfinder.store.drafts import DraftRecord

SENT = Sent("ann", "brought-1", seen=0)


def begin(desk: Desk, sent: Sent = SENT) -> DraftRecord:
    return begin_draft(desk, "house", "new", lambda _: rename("A", "x"), sent, who=ANN)


def test_it_is_opened_with_its_first_entry(desk: Desk) -> None:
    assert find_begun(desk, "house", "ann", SENT.key) is None
    draft = begin(desk)
    assert (draft.name, draft.head, draft.base_number) == ("new", 1, 1)
    assert read_plan(desk, "house", draft.id).plan["A"].name["en"] == "x"
    assert read_plan(Desk(desk.store), "house", draft.id).plan["A"].name["en"] == "x"
    assert find_begun(desk, "house", "ann", SENT.key) == draft
    assert find_begun(desk, "house", "bob", SENT.key) is None
    assert find_begun(desk, "nowhere", "ann", SENT.key) is None


def test_what_is_sent_again_is_the_same_draft_as_it_is_now(desk: Desk) -> None:
    draft = begin(desk)
    Hand(desk, draft.id, "bob", seen=1).do(rename("B", "y"))
    again = begin(desk)
    assert (again.id, again.head) == (draft.id, 2)
    assert begin(desk, Sent("bob", SENT.key, 0)).id != draft.id
    assert begin(desk, Sent("ann", "brought-2", 0)).id != draft.id


def test_who_is_killed_on_the_way_has_opened_none(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(adding, "add_entry", die)
        with pytest.raises(SystemExit):
            begin(desk)
    assert list_drafts(desk, "house") == []
    with desk.store.read() as connection:
        noted = list_entries(connection, "default")
    assert "draft-opened" not in [entry.action for entry in noted]
    assert begin(desk).head == 1


def test_what_cannot_be_opens_none(desk: Desk) -> None:
    with pytest.raises(EditError):
        begin_draft(desk, "house", "new", lambda _: rename("nothing", "x"), SENT, who=ANN)
    with pytest.raises(InvalidError, match="bad-draft-key"):
        begin(desk, Sent("ann", "", 0))
    assert list_drafts(desk, "house") == []


def test_it_begins_with_what_comes_into_force_meanwhile(desk: Desk) -> None:
    other = open_draft(desk, "house", "other", who=BOB)
    Hand(desk, other.id, "bob").do(drop("B"))
    asked: list[int] = []

    def make(plan: Plan) -> Action:
        asked.append(len(plan.features))
        if len(asked) == 1:
            publish_draft(desk, "house", other.id, 1, who=BOB)
        return rename("A", "x")

    draft = begin_draft(desk, "house", "new", make, SENT, who=ANN)
    assert (draft.base_number, draft.upon) == (2, (2,))
    assert len(asked) == 2
    assert asked[1] == asked[0] - 1
    assert "B" not in read_plan(desk, "house", draft.id).plan
