"""Long work on signs: what an edit or a closure makes wrong is found, printed, noted; plans fit."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.checks.hung import MONDAY, make_ring
from wayfinder.edit import EditError, parse_offered
from wayfinder.model import Plan, list_signs
from wayfinder.model.sign_records import SignState
from wayfinder.services import releases, signage
from wayfinder.services.background import Background, Run
from wayfinder.services.batch_folder import RECORD
from wayfinder.services.drafts import Desk, Sent, append, open_draft, read_log, read_plan, undo
from wayfinder.services.sign_work import asking, audits, noting, planning, printing
from wayfinder.services.sign_work.asking import begin_batch
from wayfinder.services.sign_work.batches import Batches, BatchOrder, BatchRecord
from wayfinder.services.sign_work.errors import PrintingError, SignWorkError
from wayfinder.services.sign_work.names import BATCH, ENTRY
from wayfinder.services.sign_work.taking import take_plan
from wayfinder.store import InvalidError, Store
from wayfinder.store.audit import Actor
from wayfinder.store.job_lists import call_off
from wayfinder.store.venues import get_venue

ANN = Actor("ann")
AT = MONDAY.isoformat()


def publish(store: Store, plan: Plan) -> None:
    releases.import_plan(store, "house", plan)
    releases.publish(store, "house")


@pytest.fixture
def house(store: Store) -> Store:
    """Return a store with a house whose sign leads round a court, and is on its wall."""
    publish(store, make_ring())
    codes = [one.code for one in signage.list_entries(store, "house")]
    for state in (SignState.PRINTED, SignState.MOUNTED):
        signage.set_states(store, "house", state, codes)
    return store


def ask(store: Store, **arguments: Any) -> Run:  # noqa: ANN401 - JSON
    return Run(store, "house", arguments)


def print_order(store: Store, batches: Batches, what: str, document: dict[str, Any]) -> BatchRecord:
    order = asking.make_order(document)
    assert order is not None
    asked = BatchOrder(what=what, languages=("en",), size="A5", base="https://way.example.org")
    record = batches.add("house", asked, who="ann", audit=json.loads(json.dumps(order)))
    printing.run(Run(store, "house", asking.ask_arguments(record, "en")))
    found = batches.find("house", record.id)
    assert found is not None
    return found


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_what_an_edit_makes_wrong_is_found_and_printed_anew(house: Store, tmp_path: Path) -> None:
    plan = make_ring()
    (sign,) = [one for one in list_signs(plan) if one.id == "sign"]
    target = sign.messages[0].to
    renamed = parse_offered({"kind": "rename", "feature": target, "names": {"en": "X-ray"}})
    publish(house, renamed.apply(plan).plan)
    found = audits.run_changes(ask(house, against=1))
    assert (found["against"], found["release"]) == (1, 2)
    assert {one["code"] for one in found["wrong"]} == {"renamed"}
    assert found["reprint"] == ["sign"]
    record = print_order(house, Batches(tmp_path, 3), "reprint", found)
    assert [one["sign"] for one in record.content["signs"]] == ["sign"]
    assert record.release == 2
    # the same release has nothing wrong
    assert audits.run_changes(ask(house, against=2))["wrong"] == []
    assert asking.make_order(audits.run_changes(ask(house, against=2))) is None


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_what_leads_round_a_closure_is_planned_printed_and_never_noted(
    house: Store, tmp_path: Path
) -> None:
    found = audits.run_detours(ask(house, closed=["hallW"], profile="walk", at=AT))
    assert [one["code"] for one in found["wrong"]] == ["arrow"]
    assert found["arrived"]["closed"] < found["arrived"]["with_temporary_signs"]
    batches = Batches(tmp_path, 3)
    record = print_order(house, batches, "temporary", found)
    assert record.sign_count == len(found["temporary"])
    before = signage.list_entries(house, "house")
    with pytest.raises(SignWorkError, match="no-codes"):
        noting.note_batch(house, batches, record, SignState.PRINTED, who=ANN)
    assert signage.list_entries(house, "house") == before
    with pytest.raises(SignWorkError, match="nothing-closed"):
        audits.run_detours(ask(house, closed=["nowhere"], profile="walk", at=AT))


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_an_order_of_another_plan_is_refused(house: Store, tmp_path: Path) -> None:
    found = audits.run_detours(ask(house, closed=["hallW"], profile="walk", at=AT))
    publish(house, make_ring().without("sign"))
    with pytest.raises(PrintingError, match="audit-of-other-plan"):
        print_order(house, Batches(tmp_path, 3), "temporary", found)


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_an_audit_may_walk_by_what_hangs_alone(house: Store) -> None:
    arguments = {"at": AT, "profiles": ["walk"]}
    every = audits.run_audit(ask(house, hanging=False, **arguments))
    hanging = audits.run_audit(ask(house, hanging=True, **arguments))
    assert every["signs"] == hanging["signs"] == 1
    code = signage.list_entries(house, "house")[0].code
    signage.set_states(house, "house", SignState.REMOVED, [code])
    gone = audits.run_audit(ask(house, hanging=True, **arguments))
    assert gone["signs"] == 0
    assert gone["shares"][0]["arrived"] < every["shares"][0]["arrived"]


def test_only_the_newest_batches_are_kept_and_damaged_ones_are_none(tmp_path: Path) -> None:
    batches = Batches(tmp_path, 2)
    made = [batches.add("house", BatchOrder(), who="ann") for _ in range(4)]
    kept = batches.list("house")
    assert len(kept) == 2
    assert {one.id for one in kept} <= {one.id for one in made}
    assert batches.list("annex") == []
    (kept[0].folder / "order.json").write_text("{", "utf-8")
    assert batches.find("house", kept[0].id) is None
    for strange in ("..", "../house", "order.json", "20200101-000000-0000\n", ""):
        assert batches.find("house", strange) is None
    with pytest.raises(SignWorkError, match="no-such-batch"):
        batches.list("../house")


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_batches_that_are_being_made_stay_however_many_are_asked_for(
    house: Store, tmp_path: Path
) -> None:
    background, batches = Background(house, starts=False), Batches(tmp_path, 2)

    def begin() -> str:
        order = BatchOrder()
        return begin_batch(background, batches, "house", order, who="ann", language="en").id

    old = batches.add("house", BatchOrder(), who="ann").id  # nobody makes it any more
    first, second = begin(), begin()
    assert {one.id for one in batches.list("house")} == {first, second}
    assert old not in {first, second}
    with pytest.raises(SignWorkError, match="too-many-batches"):
        begin()
    assert {one.id for one in batches.list("house")} == {first, second}
    with house.write() as connection:
        call_off(connection, get_venue(connection, "house"), BATCH, first, datetime.now(UTC))
    third = begin()
    assert {one.id for one in batches.list("house")} == {second, third}


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_signs_and_their_batch_are_noted_as_printed_together_or_not_at_all(
    house: Store, tmp_path: Path
) -> None:
    batches = Batches(tmp_path, 2)
    record = make_batch_of_all(house, batches)
    before = signage.list_entries(house, "house")
    # refused by the store: it was noted later that it hangs
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    with pytest.raises(InvalidError, match="state-too-early"):
        noting.note_batch(house, batches, record, SignState.PRINTED, who=ANN, since=long_ago)
    found = batches.find("house", record.id)
    assert found is not None
    assert found.printed_at is None
    # refused by the disk
    order = record.folder / "order.json"
    kept = order.rename(record.folder / "kept.json")
    order.mkdir()
    with pytest.raises(SignWorkError, match="unwritable"):
        noting.note_batch(house, batches, record, SignState.PRINTED, who=ANN)
    assert signage.list_entries(house, "house") == before
    order.rmdir()
    kept.rename(order)
    # whoever says it once more says nothing twice
    (sign,) = noting.note_batch(house, batches, record, SignState.PRINTED, who=ANN)
    assert sign.reprinted_at is not None
    found = batches.find("house", record.id)
    assert found is not None
    assert found.printed_by == "ann"


def make_batch_of_all(store: Store, batches: Batches) -> BatchRecord:
    """Make a batch as far as it is noted of: with the codes of its signs, and no drawing."""
    record = batches.add("house", BatchOrder(), who="ann")
    codes = [one.code for one in signage.list_entries(store, "house")]
    signs = [{"code": code, "drawing": "blake2b:1"} for code in codes]
    record.signs_folder.mkdir()
    content = json.dumps({"release": 1, "files": [], "signs": signs})
    (record.signs_folder / RECORD).write_text(content, "utf-8")
    found = batches.find("house", record.id)
    assert found is not None
    return found


def test_what_is_written_of_a_batch_is_read_again(tmp_path: Path) -> None:
    batches = Batches(tmp_path, 2)
    order = BatchOrder(
        what="levels",
        levels=("a", "b"),
        states=("planned",),
        languages=("en",),
        kind="png",
        separate=True,
        size="A3",
        theme="print",
    )
    record = batches.add("house", order, who="安")
    at = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    batches.note_printed(record, who="Bo", at=at)
    found = batches.find("house", record.id)
    assert found is not None
    assert (found.order, found.who, found.made_at) == (order, "安", record.made_at)
    assert (found.printed_at, found.printed_by) == (at, "Bo")
    assert not found.is_made


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_plan_of_signs_is_one_entry_and_taken_back_as_one(house: Store) -> None:
    desk = Desk(house)
    draft = open_draft(desk, "house", "Signs", who=ANN)
    before = read_plan(desk, "house", draft.id).plan
    asked = {"draft": draft.id, "number": 0, "keep": True, "rounds": 5}
    proposal = json.loads(json.dumps(planning.run(ask(house, **asked))))
    assert proposal["arrived"] == proposal["journeys"] > 0
    done = take_plan(desk, "house", draft.id, proposal, Sent("person:1", "k", 0))
    assert done.entry.kind == ENTRY
    signs = {one.id: one for one in list_signs(done.plan)}
    for sign in proposal["signs"]:
        lines = [(one.to, str(one.arrow)) for one in signs[sign["id"]].messages]
        assert lines == [(one["to"], one["arrow"]) for one in sign["messages"]]
    undone = undo(desk, "house", draft.id, Sent("person:1", "k2", 1))
    assert undone.plan.features == before.features
    assert len(read_log(desk, "house", draft.id)) == 2


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_plan_that_fits_no_more_changes_nothing(house: Store) -> None:
    desk = Desk(house)
    draft = open_draft(desk, "house", "Signs", who=ANN)
    asked = {"draft": draft.id, "number": 0, "keep": True, "rounds": 5}
    proposal = planning.run(ask(house, **asked))
    gone = parse_offered({"kind": "delete", "features": ["sign"]})
    append(desk, "house", draft.id, gone, Sent("person:2", "k", 0))
    with pytest.raises(EditError):
        take_plan(desk, "house", draft.id, proposal, Sent("person:1", "k2", 1))
    assert len(read_log(desk, "house", draft.id)) == 1


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_signs_from_scratch_take_the_old_ones_down(house: Store) -> None:
    desk = Desk(house)
    draft = open_draft(desk, "house", "Signs", who=ANN)
    asked = {"draft": draft.id, "number": 0, "keep": False, "rounds": 5}
    proposal = planning.run(ask(house, **asked))
    assert proposal["taken_down"] == ["sign"]
    assert all(one["new"] for one in proposal["signs"])
    done = take_plan(desk, "house", draft.id, proposal, Sent("person:1", "k", 0))
    assert {one.id for one in list_signs(done.plan)} == {one["id"] for one in proposal["signs"]}
