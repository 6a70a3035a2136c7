"""What is remembered of what was said: as long as it matters, and no longer."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.services.fire.people import NOON, VENUE, Clocks, People
from wayfinder.services.fire.envelope import Signed, encode_key
from wayfinder.services.fire.ledger import KEPT, Ledger
from wayfinder.services.fire.messages import (
    Statement,
    read_message,
    sign_confirm,
    sign_end,
    sign_trigger,
)
from wayfinder.services.fire.watch import FireWatch

KEYS = {name: Ed25519PrivateKey.generate() for name in ("Li", "Wang")}


def state(signed: Signed, name: str) -> Statement:
    key = encode_key(KEYS[name].public_key())
    return Statement(signed.digest, read_message(signed), name, key)


def say_all(clocks: Clocks) -> list[Statement]:
    """Return a fire and its end by two people."""
    fire = sign_trigger(KEYS["Li"], VENUE, ("A",), at=clocks.now)
    end = sign_end(KEYS["Li"], VENUE, (fire.digest,), at=clocks.now)
    confirm = sign_confirm(KEYS["Wang"], VENUE, end.digest, at=clocks.now)
    return [state(fire, "Li"), state(end, "Li"), state(confirm, "Wang")]


def test_what_is_long_over_is_forgotten() -> None:
    clocks = Clocks()
    ledger = Ledger(timedelta(minutes=5), clocks.get_steady_s)
    old = say_all(clocks)
    ledger.add(old, clocks.now)
    clocks.pass_by(KEPT)
    ledger.add([], clocks.now)
    assert [ledger.is_known(one.digest) for one in old] == [True] * 3
    clocks.pass_by(timedelta(days=1, hours=1))
    new = say_all(clocks)
    ledger.add([*old, *new], clocks.now)
    assert [ledger.is_known(one.digest) for one in old] == [False] * 3, "though files are there"
    assert [ledger.is_known(one.digest) for one in new] == [True] * 3
    assert ledger.list_active() == []


def test_it_does_not_grow_with_the_years() -> None:
    clocks = Clocks()
    ledger = Ledger(timedelta(minutes=5), clocks.get_steady_s)
    for _ in range(200):
        ledger.add(say_all(clocks), clocks.now)
        clocks.pass_by(timedelta(days=1))
    kept = (ledger._triggers, ledger._ends, ledger._confirms, ledger._heard_s)
    assert max(len(one) for one in kept) <= 3 * (KEPT / timedelta(days=1) + 1)


@pytest.mark.parametrize("years", [-56, 10])
def test_a_clock_that_jumps_lets_nothing_be_forgotten(years: int) -> None:
    """Else what was ended would burn again when the clock is set right."""
    clocks = Clocks()
    ledger = Ledger(timedelta(minutes=5), clocks.get_steady_s)
    said = say_all(clocks)
    ledger.add(said, clocks.now)
    clocks.now += timedelta(days=365 * years)
    ledger.add(said, clocks.now)
    clocks.now = NOON
    ledger.add(said, clocks.now)
    assert [ledger.is_known(one.digest) for one in said] == [True] * 3
    assert ledger.list_active() == []


def test_what_goes_wrong_at_one_venue_keeps_no_other_from_being_looked_at(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = people.watch()
    watch.take(VENUE, sign_trigger(people.keys["Panel"], VENUE, ("A",), at=people.clocks.now))
    names = ("aaa", "zzz")
    for name in names:
        (people.folder / name).mkdir()
    good = watch.open(VENUE)

    def fail(*_: object) -> None:
        raise RuntimeError("nobody thought of this")

    for name in names:
        monkeypatch.setattr(watch.open(name), "look", fail)
    people.clocks.pass_by(timedelta(hours=5))
    watch.look()
    assert watch.find_alarm(VENUE) is None
    assert good.problems == []
    told = {one.values.get("venue") for one in watch.list_problems() if one.code == "not-looked"}
    assert told == set(names)
    monkeypatch.undo()
    watch.look()
    assert watch.list_problems() == []


def test_a_fire_runs_out_where_its_folder_cannot_be_looked_at(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[bool] = []

    class Told:
        def put_alarm(self, _slug: str, alarm: object) -> bool:
            shown.append(alarm is not None)
            return False

    watch: FireWatch = people.watch(Told())  # type: ignore[arg-type]
    watch.take(VENUE, sign_trigger(people.keys["Panel"], VENUE, ("A",), at=people.clocks.now))

    def fail(*_: object) -> None:
        raise RuntimeError("nobody thought of this")

    monkeypatch.setattr(watch.open(VENUE), "look", fail)
    watch.look()
    assert shown[-1]
    people.clocks.pass_by(timedelta(hours=5))
    watch.look()
    assert not shown[-1]
