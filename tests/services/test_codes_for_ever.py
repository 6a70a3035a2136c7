"""Whatever is edited, published and taken back: a code goes on meaning the face that it is on."""

from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.signed import make_plan
from wayfinder.model.sign_codes import make_code
from wayfinder.model.sign_records import SignState
from wayfinder.services.registry import follow_signs, register_codes
from wayfinder.store import ConflictError
from wayfinder.store.signs import CodeRecord, StateChange, add_changes, list_codes
from wayfinder.store.tables import metadata
from wayfinder.store.venues import make_venue

Signs = dict[str, dict[str, Any]]
NUMBERS = st.integers(0, 100)


class Hospital(RuleBasedStateMachine):
    """Somebody edits a plan for years; what hangs on the walls is known here all the time."""

    def __init__(self) -> None:
        super().__init__()
        self.engine = sa.create_engine("sqlite://")
        self.connection = self.engine.connect()
        self.draft: Signs = {}
        """Id of each sign in the plan that is edited to what the plan says of it."""
        self.releases: list[Signs] = []
        self.face: dict[str, int] = {}
        """Id to the face that hangs on a wall: an id is that of one face for ever."""
        self.meaning: dict[str, int] = {}
        """Code to the face that it is on."""
        self.count = 0

    @initialize()
    def open(self) -> None:
        metadata.create_all(self.connection)
        self.venue = make_venue(self.connection, "house", "we", {})
        for with_code in (True, False):
            self.hang(with_ref=True, with_code=with_code)
        self.publish_the_draft()

    def teardown(self) -> None:
        self.connection.close()
        self.engine.dispose()

    def new_number(self) -> int:
        self.count += 1
        return self.count

    def list_records(self) -> list[CodeRecord]:
        return list_codes(self.connection, self.venue)

    def choose(self, number: int, among: Signs | None = None) -> str | None:
        ids = sorted(self.draft if among is None else among)
        return ids[number % len(ids)] if ids else None

    @rule(with_ref=st.booleans(), with_code=st.booleans())
    def hang(self, *, with_ref: bool, with_code: bool) -> None:
        number = self.new_number()
        said = {"ref": f"A-{number}"} if with_ref else {}
        if with_code:
            said["sign_code"] = make_code(1_000_000 + number)
        self.draft[f"sign-{number}"] = said
        self.face[f"sign-{number}"] = number

    @rule(number=NUMBERS)
    def hang_another_under_an_old_number(self, number: int) -> None:
        there = {said.get("ref") for said in self.draft.values()}
        there |= {said.get("ref") for said in (self.releases[-1] if self.releases else {}).values()}
        old = sorted({r.ref for r in self.list_records() if r.ref} - there)
        if old:
            face = self.new_number()
            self.draft[f"sign-{face}"] = {"ref": old[number % len(old)]}
            self.face[f"sign-{face}"] = face
            self.publish_the_draft()

    @rule(number=NUMBERS, at_once=st.booleans())
    def delete(self, number: int, *, at_once: bool) -> None:
        if (chosen := self.choose(number)) is not None:
            del self.draft[chosen]
        if at_once:
            self.publish_the_draft()

    @rule(number=NUMBERS, ref=st.sampled_from(["", "B-1", "B-2"]))
    def call_it_something_else(self, number: int, ref: str) -> None:
        if (chosen := self.choose(number)) is not None:
            self.draft[chosen] = {**self.draft[chosen], "ref": ref}

    @rule(number=NUMBERS)
    def forget_the_code_in_the_plan(self, number: int) -> None:
        if (chosen := self.choose(number)) is not None:
            self.draft[chosen] = {"ref": self.draft[chosen].get("ref", "")}

    @rule(number=NUMBERS)
    def go_on_from_an_old_plan(self, number: int) -> None:
        if self.releases:
            self.draft = dict(self.releases[number % len(self.releases)])

    @rule()
    def draw_anew_by_numbers(self) -> None:
        """Make new ids without codes: only who has a number of its own is known again."""
        before = self.releases[-1]
        called = [said.get("ref", "") for said in before.values()]
        wanted = [said.get("ref", "") for said in self.draft.values()]
        owner = {said.get("ref", ""): self.face[key] for key, said in before.items()}
        drawn: Signs = {}
        for ref in wanted:
            number = self.new_number()
            alone = wanted.count(ref) == 1 and called.count(ref) <= 1
            drawn[f"sign-{number}"] = {"ref": ref} if alone else {}
            self.face[f"sign-{number}"] = owner.get(ref, number) if ref and alone else number
        self.draft = drawn
        assert self.publish(drawn)

    @rule()
    def draw_anew_with_codes(self) -> None:
        """Export, edit with another program that makes new ids, import."""
        codes = {record.feature: record.code for record in self.list_records()}
        drawn: Signs = {}
        for old, said in self.draft.items():
            number = self.new_number()
            code = said.get("sign_code") or codes.get(old)
            drawn[f"sign-{number}"] = {**said, "sign_code": code} if code else {}
            self.face[f"sign-{number}"] = self.face[old] if code else number
        self.draft = drawn

    @rule(number=NUMBERS, other=NUMBERS)
    def take_the_code_of_another(self, number: int, other: int) -> None:
        """Try it: it is refused, or was the same face's anyway."""
        records = self.list_records()
        thief = self.choose(number)
        if thief is None or not records:
            return
        victim = records[other % len(records)]
        is_own = self.face[victim.feature] == self.face[thief]
        elsewhere = {key: said for key, said in self.draft.items() if key != thief}
        codes = {said.get("sign_code") for said in elsewhere.values()}
        if is_own or victim.code in codes or not self.is_known(thief):
            return
        stolen = {**elsewhere, thief: {**self.draft[thief], "sign_code": victim.code}}
        assert not self.publish(stolen)

    def is_known(self, sign: str) -> bool:
        """Tell whether the registry has met a sign: any code is as good for one that is new."""
        return any(sign == one.feature or sign in one.formerly for one in self.list_records())

    @rule(number=NUMBERS, state=st.sampled_from(SignState))
    def note(self, number: int, state: SignState) -> None:
        records = self.list_records()
        if records:
            record = records[number % len(records)]
            change = StateChange(record.code, state, record.registered_at)
            add_changes(self.connection, self.venue, [change])

    @rule()
    def publish_the_draft(self) -> None:
        if not self.publish(self.draft):
            self.draw_anew_by_numbers()

    @rule(number=NUMBERS)
    def roll_back(self, number: int) -> None:
        if self.releases:
            states = {record.code: record.state for record in self.list_records()}
            assert self.publish(self.releases[number % len(self.releases)], again=True)
            assert states.items() <= {r.code: r.state for r in self.list_records()}.items()

    def publish(self, signs: Signs, *, again: bool = False) -> bool:
        plan, number = make_plan(signs), len(self.releases) + 1
        try:
            with self.connection.begin_nested():
                if not again:
                    register_codes(self.connection, self.venue, plan)
                follow_signs(self.connection, self.venue, plan, number, again=again)
        except ConflictError:
            return False
        self.venue = replace(self.venue, published=number)
        self.releases.append(dict(signs))
        return True

    @invariant()
    def every_face_in_force_has_a_code_of_its_own(self) -> None:
        bearers = {record.feature for record in self.list_records()}
        assert self.releases[-1].keys() <= bearers

    @invariant()
    def a_code_means_what_it_meant(self) -> None:
        meaning = {record.code: self.face[record.feature] for record in self.list_records()}
        assert self.meaning.items() <= meaning.items()
        self.meaning = meaning


TestHospital = Hospital.TestCase
TestHospital.settings = settings(stateful_step_count=20)
