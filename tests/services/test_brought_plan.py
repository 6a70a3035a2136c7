"""A plan that was brought is a draft of its own, that one entry takes back."""

import pytest

from tests.ascii_plan import draw_plan
from tests.drafted import ANN
from tests.signed import make_plan
from wayfinder.model import Plan, encode_plan
from wayfinder.services import releases
from wayfinder.services.brought_plan import bring_plan, find_changes, read_basis
from wayfinder.services.drafts import Desk, Sent, list_drafts, read_plan, undo
from wayfinder.store import ConflictError, Store

OTHER = draw_plan("""
    +-----+-----+
    |A    |X    |
    +--1--+--2--+
    3hall       |
    +-----------+
""")


@pytest.fixture
def desk(store: Store) -> Desk:
    releases.import_plan(store, "house", make_plan())
    releases.publish(store, "house")
    return Desk(store)


def features(plan: Plan) -> bytes:
    return encode_plan(Plan.of(plan.features.values()))


def test_a_plan_becomes_a_draft_and_goes_again(desk: Desk) -> None:
    number, before = read_basis(desk.store, "house")
    assert (number, features(before)) == (1, features(make_plan()))
    draft = bring_plan(desk, "house", OTHER, "Brought", who=ANN, author="ann", upload="1")
    assert (draft.name, draft.head, draft.base_number) == ("Brought", 1, 1)
    assert features(read_plan(desk, "house", draft.id).plan) == features(OTHER)
    undo(desk, "house", draft.id, Sent("ann", "back", seen=1))
    assert features(read_plan(desk, "house", draft.id).plan) == features(before)


def test_what_is_in_force_already_makes_no_draft(desk: Desk) -> None:
    with pytest.raises(ConflictError, match="nothing-new"):
        bring_plan(desk, "house", make_plan(), "Again", who=ANN, author="ann", upload="1")
    assert list_drafts(desk, "house") == []


def test_what_was_brought_becomes_one_draft(desk: Desk) -> None:
    first = bring_plan(desk, "house", OTHER, "Brought", who=ANN, author="ann", upload="1")
    # a process that was killed before it could say so begins anew
    again = bring_plan(desk, "house", OTHER, "Brought", who=ANN, author="ann", upload="1")
    assert again == first
    assert [one.id for one in list_drafts(desk, "house")] == [first.id]
    other = bring_plan(desk, "house", OTHER, "Brought", who=ANN, author="ann", upload="2")
    assert other.id != first.id


def test_only_what_differs_is_written(desk: Desk) -> None:
    plan = make_plan()
    first = next(iter(plan))
    changed = first.with_properties(name={"en": "Other"})
    assert set(find_changes(plan, plan.with_features(changed))) == {first.id}
    assert find_changes(plan, plan.without(first.id)) == {first.id: None}
    assert read_basis(desk.store, "house")[1] is not None
