"""Any edits, in any order, by anybody: the log tells it all, and every step back leads back."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.edit.shown import hold, list_new_errors
from tests.edit.strategies import KINDS, PLAN, actions
from wayfinder.edit import (
    ACTIONS,
    Action,
    Edit,
    EditError,
    parse_action,
    parse_offered,
    write_action,
)
from wayfinder.guide.words import LANGUAGES, say_edit_error, say_edit_note
from wayfinder.model import Level, Opening, Plan, Unit, encode_plan


def try_action(plan: Plan, document: dict[str, Any]) -> Edit | None:
    """Do an action, or return None where it is refused, in words."""
    try:
        edit = parse_offered(document).apply(plan)
    except EditError as error:
        said = [say_edit_error(error, language) for language in LANGUAGES]
    else:
        said = [say_edit_note(note, language) for note in edit.notes for language in LANGUAGES]
        assert all(said)
        return edit
    assert all(said)
    return None


def test_every_edit_is_among_those_that_are_tried() -> None:
    assert set(ACTIONS) - KINDS == {"restore"}  # which nobody sends: each test goes back by it


@given(documents=st.lists(actions, min_size=1, max_size=12))
def test_a_log_is_replayed_to_the_same_plan_and_taken_back_to_the_first(
    documents: list[dict[str, Any]],
) -> None:
    first, now = encode_plan(PLAN), PLAN
    log: list[dict[str, Any]] = []
    reverts: list[dict[str, Any]] = []
    for document in documents:
        edit = try_action(now, document)
        if edit is None:
            continue
        log.append(write_action(parse_offered(document)))
        reverts.append(write_action(edit.revert))
        now = edit.plan
    assert encode_plan(PLAN) == first
    replayed = PLAN
    for entry in log:
        replayed = parse_action(entry).apply(replayed).plan
    assert encode_plan(replayed) == encode_plan(now)
    assert list(replayed.features) == sorted(replayed.features)
    back = now
    for entry in reversed(reverts):
        back = parse_action(entry).apply(back).plan
    assert encode_plan(back) == first
    assert list(back.features) == list(PLAN.features)


@given(document=actions, before=st.lists(actions, max_size=2))
def test_every_edit_holds_to_what_all_hold_to(
    document: dict[str, Any], before: list[dict[str, Any]]
) -> None:
    plan = PLAN
    for earlier in before:
        edit = try_action(plan, earlier)
        plan = plan if edit is None or list_new_errors(PLAN, edit.plan) else edit.plan
    edit = try_action(plan, document)
    if edit is not None and len(edit.plan.units) and len(edit.plan.list_of(Level)):
        hold(plan, edit)
        fresh = Plan.of(edit.plan)
        assert edit.plan.frame == fresh.frame
        for kind in (Level, Opening, Unit):
            assert edit.plan.list_of(kind) == fresh.list_of(kind)
        for level in fresh.list_of(Level):
            assert set(edit.plan.list_on(level.id, Unit)) == set(fresh.list_on(level.id, Unit))
        for key in fresh.features:
            assert edit.plan.find_geometry_m(key) == fresh.find_geometry_m(key)


@given(data=st.data())
def test_two_people_at_one_draft(data: st.DataObject) -> None:
    """Each undoes only what nobody touched since; what is left is what the log says."""
    first = encode_plan(PLAN)
    now = PLAN
    log: list[tuple[int, Action, Edit]] = []
    for _ in range(data.draw(st.integers(2, 12))):
        author = data.draw(st.integers(0, 1))
        undone = data.draw(st.integers(0, 3)) == 0
        action: Action | None = None
        if undone:
            action = find_undo(log, author)
        else:
            document = data.draw(actions)
            if try_action(now, document) is not None:
                action = parse_offered(document)
        if action is None:
            continue
        edit = action.apply(now)
        log.append((author, action, edit))
        now = edit.plan
    replayed = PLAN
    for _, action, _ in log:
        replayed = parse_action(write_action(action)).apply(replayed).plan
    assert encode_plan(replayed) == encode_plan(now)
    for _, _, edit in reversed(log):
        now = edit.revert.apply(now).plan
    assert encode_plan(now) == first


def find_undo(log: list[tuple[int, Action, Edit]], author: int) -> Action | None:
    """Return what undoes an author's latest edit, if nobody has touched the same since."""
    for number in range(len(log) - 1, -1, -1):
        if log[number][0] == author:
            later = {key for _, _, edit in log[number + 1 :] for key in edit.touched}
            edit = log[number][2]
            return None if later & edit.touched else edit.revert
    return None
