"""What becomes of a fire, of its end and of texts when somebody's key is taken back or lost."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.services.fire.people import NOON, VENUE, People, make_zone
from tests.services.fire.watching import trigger
from wayfinder.services.fire.envelope import Signed, encode_key
from wayfinder.services.fire.errors import RefusedError
from wayfinder.services.fire.folder import KEYRING, write_message
from wayfinder.services.fire.keyring import (
    RIGHTS,
    Keyring,
    Signer,
    read_keyring,
    write_keyring,
)
from wayfinder.services.fire.messages import sign_confirm, sign_end
from wayfinder.services.fire.watch import FireWatch


def change(people: People, how: Callable[[Keyring], Keyring]) -> None:
    path = people.folder / KEYRING
    write_keyring(path, how(read_keyring(path)))


def take_back(people: People, name: str) -> None:
    change(people, lambda keyring: keyring.with_revoked(name, people.clocks.now))


def strike_out(people: People, name: str) -> None:
    """Do what an administrator does with an editor."""
    change(people, lambda keyring: Keyring(tuple(s for s in keyring.signers if s.name != name)))


def is_on_fire(watch: FireWatch) -> bool:
    watch.look(VENUE)
    return watch.find_alarm(VENUE) is not None


def refusal(watch: FireWatch, message: Signed) -> str:
    with pytest.raises(RefusedError) as caught:
        watch.take(VENUE, message)
    return caught.value.code


def end_by(people: People, watch: FireWatch, first: str, second: str) -> None:
    active, _ = watch.list_messages(VENUE)
    end = sign_end(people.keys[first], VENUE, active, at=people.clocks.now)
    watch.take(VENUE, end)
    watch.take(VENUE, sign_confirm(people.keys[second], VENUE, end.digest, at=people.clocks.now))


def test_the_fire_of_a_key_taken_back_goes_on_until_two_people_end_it(people: People) -> None:
    watch = people.watch()
    watch.take(VENUE, trigger(people))
    people.clocks.pass_by(timedelta(minutes=20))
    take_back(people, "Panel")
    fresh = people.watch()
    assert is_on_fire(watch)
    assert is_on_fire(fresh), "who starts now agrees with who runs"
    assert refusal(watch, trigger(people)) == "not-allowed"
    assert fresh.list_problems() == []
    end_by(people, fresh, "Li", "Wang")
    assert not is_on_fire(watch)
    assert not is_on_fire(people.watch())


def test_a_key_taken_back_says_nothing_more_by_any_way(people: People) -> None:
    watch = people.watch()
    late = trigger(people)
    people.clocks.pass_by(timedelta(minutes=1))
    take_back(people, "Panel")
    assert refusal(watch, late) == "not-allowed", "nor what was signed just before"
    people.clocks.pass_by(timedelta(minutes=10))
    forged = trigger(people)
    write_message(people.folder / VENUE, forged)
    assert not is_on_fire(watch)
    assert not is_on_fire(people.watch())


def test_an_end_stays_one_when_who_asked_for_it_leaves(people: People) -> None:
    watch = people.watch()
    watch.take(VENUE, trigger(people))
    end_by(people, watch, "Li", "Wang")
    people.clocks.pass_by(timedelta(minutes=20))
    take_back(people, "Li")
    assert not is_on_fire(watch)
    assert not is_on_fire(people.watch()), "it does not break out anew"


def test_who_is_struck_out_has_said_nothing_for_running_and_new_processes(people: People) -> None:
    watch = people.watch()
    watch.take(VENUE, trigger(people))
    watch.take(VENUE, trigger(people, "Wang"))
    strike_out(people, "Panel")
    assert is_on_fire(watch), "another one says so too"
    strike_out(people, "Wang")
    assert not is_on_fire(watch)
    assert not is_on_fire(people.watch())


def test_a_new_key_makes_nobody_a_second_person(people: People) -> None:
    watch = people.watch()
    first = watch.take(VENUE, trigger(people))
    end = sign_end(people.keys["Li"], VENUE, (first.digest,), at=people.clocks.now)
    watch.take(VENUE, end)
    people.clocks.pass_by(timedelta(minutes=10))
    take_back(people, "Li")
    new = Signer("LI", encode_key(people.keys["Stranger"].public_key()), RIGHTS)
    change(people, lambda keyring: keyring.with_signer(new))
    confirm = sign_confirm(people.keys["Stranger"], VENUE, end.digest, at=people.clocks.now)
    assert refusal(watch, confirm) == "same-person"
    write_message(people.folder / VENUE, confirm)
    assert is_on_fire(watch)
    assert is_on_fire(people.watch())


def test_texts_need_two_people_whose_keys_are_good(people: People) -> None:
    changed = make_zone()
    changed["texts"]["en"]["title"] = "Something else"
    people.write_texts(2, [changed], ("Li", "Zhao"))
    take_back(people, "Zhao")
    watch = people.watch()
    watch.take(VENUE, trigger(people))
    alarm = watch.find_alarm(VENUE)
    assert alarm is not None
    assert alarm.zones[0].texts["en"].title == "Fire alarm in Building A"


def test_a_fire_keeps_its_texts_though_an_approver_leaves(people: People) -> None:
    """Else all of the hospital would be closed: nobody knows what a zone without texts covers."""
    watch = people.watch()
    watch.take(VENUE, trigger(people))
    people.clocks.pass_by(timedelta(minutes=10))
    take_back(people, "Li")
    for process in (watch, people.watch()):
        process.look(VENUE)
        alarm = process.find_alarm(VENUE)
        assert alarm is not None
        assert alarm.zones[0].texts["en"].title == "Fire alarm in Building A"
        assert process.list_problems() == []
        assert refusal(process, trigger(people, "Wang")) == "no-texts", "but no new one"


def test_a_lost_keyring_leaves_the_last_good_one(people: People) -> None:
    watch = people.watch()
    watch.take(VENUE, trigger(people))
    path = people.folder / KEYRING
    kept = path.read_bytes()
    path.unlink()
    assert is_on_fire(watch)
    assert [one.code for one in watch.list_problems()] == ["keyring-gone"]
    end_by(people, watch, "Li", "Wang")
    assert not is_on_fire(watch)
    path.write_bytes(kept)
    watch.look()
    assert watch.list_problems() == []


def test_a_keyring_keeps_who_was_taken_back(people: People) -> None:
    people.clocks.now = NOON + timedelta(seconds=0.5)
    take_back(people, "Zhao")
    kept = {one.name: one.revoked_at for one in read_keyring(people.folder / KEYRING).signers}
    assert kept == {"Li": None, "Wang": None, "Zhao": people.clocks.now, "Panel": None}
