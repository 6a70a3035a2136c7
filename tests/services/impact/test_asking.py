"""What a publish does to everybody is worked out once, beside the server, for what it was asked."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.checks.hung import make_ring
from tests.drafted import ANN, Hand, drop, rename
from wayfinder.model.sign_records import SignState
from wayfinder.services import conditions, releases, signage
from wayfinder.services.background import Background, run_waiting
from wayfinder.services.drafts import Desk, open_draft, publish_draft
from wayfinder.services.impact.asking import ask_draft_impact, ask_release_impact
from wayfinder.services.impact.findings import list_findings
from wayfinder.services.kept_issues import read_issues
from wayfinder.services.release_issues import ask_issues, group_issues
from wayfinder.store import Store, UnknownError
from wayfinder.store.conditions import ConditionDraft
from wayfinder.store.jobs import JobRecord
from wayfinder.store.venues import make_venue


@pytest.fixture
def backend() -> str:
    """Take SQLite: what is asked here of databases is asked of both elsewhere."""
    return "sqlite"


@pytest.fixture
def house(store: Store) -> Store:
    """Return a store with a house with a printed sign in force."""
    releases.import_plan(store, "house", make_ring())
    releases.publish(store, "house")
    signage.set_states(store, "house", SignState.PRINTED, ["sign"])
    return store


@pytest.fixture
def ann(house: Store) -> Hand:
    desk = Desk(house)
    return Hand(desk, open_draft(desk, "house", "wing", who=ANN).id, "ann")


def ask(hand: Hand, number: int) -> JobRecord:
    store = hand.desk.store
    background = Background(store, starts=False)
    job = ask_draft_impact(background, store, "house", hand.draft, number, who="ann")
    assert job is not None
    return job


def test_it_is_worked_out_once_for_what_it_depends_on(ann: Hand, house: Store) -> None:
    ann.do(drop("door-1"))
    ann.do(rename("hallS", "South"))
    first = ask(ann, 1)
    assert first.state == "waiting"
    assert ask(ann, 1).id == first.id
    other = ask(ann, 2)
    assert other.id != first.id
    assert run_waiting(house) == 2
    done = ask(ann, 1)
    assert done.state == "done"
    assert done.result["reach"]["unreachable"] == ["A"]
    assert done.result["names"]["A"]["name"]["en"] == "A"
    assert done.result["meanwhile"] is None
    # a sign that is mounted, a door that is closed: another question
    signage.set_states(house, "house", SignState.MOUNTED, ["sign"])
    assert ask(ann, 1).state == "waiting"
    run_waiting(house)
    shut = ConditionDraft("closure", ("door-2",), {"en": "shut"})
    conditions.add(house, "house", shut, plan=make_ring())
    again = ask(ann, 1)
    assert again.state == "waiting"
    assert again.arguments["closed"] == ["door-2"]
    over = datetime.now(UTC) + timedelta(hours=1)
    later = ConditionDraft("closure", ("door-1",), {"en": "later"}, over)
    conditions.add(house, "house", later, plan=make_ring())
    assert ask(ann, 1).id == again.id  # it does not hold yet


def test_what_is_closed_now_is_found_too(ann: Hand, house: Store) -> None:
    shut = ConditionDraft("closure", ("door-1",), {"en": "shut"})
    conditions.add(house, "house", shut, plan=make_ring())
    ann.do(drop("door-2"))
    ask(ann, 1)
    run_waiting(house)
    result = ask(ann, 1).result
    assert result["meanwhile"] is not None
    told = {one.code: [item.id for item in one.items] for one in list_findings(result, "en")}
    meanwhile = result["meanwhile"]["unreachable"]
    extra = [key for key in meanwhile if key not in result["reach"]["unreachable"]]
    assert told.get("unreachable-meanwhile", []) == extra


def test_another_release_meanwhile_is_another_question(ann: Hand, house: Store) -> None:
    ann.do(drop("door-1"))
    asked = ask(ann, 1)
    desk = ann.desk
    bob = Hand(desk, open_draft(desk, "house", "other", who=ANN).id, "bob")
    bob.do(rename("hallS", "South"))
    publish_draft(desk, "house", bob.draft, 1, who=ANN)
    run_waiting(house)
    background = Background(house, starts=False)
    failed = background.find("house", asked.kind, asked.key)
    assert failed is not None
    assert failed.problem["code"] == "store.release-moved"
    assert ask(ann, 1).state == "waiting"


def test_nothing_in_force_is_no_question(store: Store) -> None:
    with store.write() as connection:
        make_venue(connection, "house", "default", {})
    desk, background = Desk(store), Background(store, starts=False)
    draft = open_draft(desk, "house", "first", who=ANN)
    assert ask_draft_impact(background, store, "house", draft.id, 0, who="ann") is None
    with pytest.raises(UnknownError):
        ask_draft_impact(background, store, "house", 99, 0, who="ann")


def test_releases_are_held_against_each_other_both_ways(house: Store) -> None:
    releases.import_plan(house, "house", make_ring(locked="2"))
    background = Background(house, starts=False)

    def find(before: int, after: int) -> JobRecord:
        return ask_release_impact(background, house, "house", before, after, who="ann")

    assert find(1, 2).id != find(2, 1).id
    run_waiting(house)
    (wrong,) = find(1, 2).result["wrong"]
    assert (wrong["sign"], wrong["code"], wrong["right"]) == ("sign", "arrow", "right")
    there = list_findings(find(1, 2).result, "en")
    (finding,) = (one for one in there if one.code == "wrong")
    assert finding.text == "1 sign on the wall becomes wrong"
    assert [item.id for item in finding.items] == ["sign"]
    said = "A: it says to the left, the way is to the right"
    assert finding.items[0].notes == (said,)
    with pytest.raises(UnknownError):
        find(1, 9)


def test_what_is_wrong_with_a_release_is_found_once_for_each_plan(house: Store) -> None:
    background = Background(house, starts=False)
    first = ask_issues(background, house, "house", 1, who="ann")
    assert ask_issues(background, house, "house", 1, who="bob").id == first.id
    run_waiting(house)
    done = ask_issues(background, house, "house", 1, who="ann")
    issues = read_issues(done.result)
    groups = group_issues(issues)
    assert sum(group.count for group in groups) == len(issues)
    assert len({group.code for group in groups}) == len(groups)
    for group in groups:
        assert all(said for said in group.say("zh-Hans"))
