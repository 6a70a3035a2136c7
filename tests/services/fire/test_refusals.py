"""What nobody may start or end a fire with: forged, old, for others, signed by one alone."""

import json
from datetime import timedelta

import pytest

from tests.services.fire.people import VENUE, People, make_zone
from tests.services.fire.watching import is_on_fire, refusal, trigger
from wayfinder.services.fire.envelope import Signed, decode, encode_key
from wayfinder.services.fire.errors import DamagedFileError, RefusedError
from wayfinder.services.fire.folder import KEYRING
from wayfinder.services.fire.keyring import Signer, read_keyring, write_keyring
from wayfinder.services.fire.messages import sign_confirm, sign_end


@pytest.mark.parametrize(
    ("shift", "code"),
    [
        (timedelta(minutes=-4), ""),
        (timedelta(minutes=4), ""),
        (timedelta(minutes=-6), "too-late"),
        (timedelta(minutes=6), "from-the-future"),
        (timedelta(days=365), "from-the-future"),
        (timedelta(hours=-5), "expired"),
    ],
)
def test_a_senders_clock_may_be_a_little_off_and_no_more(
    people: People, shift: timedelta, code: str
) -> None:
    watch = people.watch()
    message = trigger(people, at=people.clocks.now + shift)
    if code:
        assert refusal(watch, message) == code
        assert not is_on_fire(watch)
    else:
        watch.take(VENUE, message)
        assert is_on_fire(watch)


def test_a_message_that_was_ended_cannot_be_repeated(people: People) -> None:
    watch, message = people.watch(), trigger(people)
    watch.take(VENUE, message)
    end = sign_end(people.keys["Li"], VENUE, (message.digest,), at=people.clocks.now)
    watch.take(VENUE, end)
    confirm = sign_confirm(people.keys["Wang"], VENUE, end.digest, at=people.clocks.now)
    watch.take(VENUE, confirm)
    for process in (watch, people.watch()):
        assert refusal(process, message) == "replayed"
        assert refusal(process, end) == "replayed"
        assert refusal(process, confirm) == "replayed"
        assert not is_on_fire(process)


def test_an_old_end_does_not_end_a_new_fire(people: People) -> None:
    watch, message = people.watch(), trigger(people)
    watch.take(VENUE, message)
    end = sign_end(people.keys["Li"], VENUE, (message.digest,), at=people.clocks.now)
    watch.take(VENUE, end)
    confirm = sign_confirm(people.keys["Wang"], VENUE, end.digest, at=people.clocks.now)
    watch.take(VENUE, confirm)
    people.clocks.pass_by(timedelta(seconds=10))
    watch.take(VENUE, trigger(people))
    assert refusal(watch, end) == "replayed"
    assert refusal(watch, confirm) == "replayed"
    assert is_on_fire(people.watch())


def test_who_is_not_in_the_keyring_or_may_not_is_refused(people: People) -> None:
    watch = people.watch()
    assert refusal(watch, trigger(people, "Stranger")) == "bad-signature"
    assert refusal(watch, trigger(people, "Zhao")) == "not-allowed"
    first = watch.take(VENUE, trigger(people))
    end = sign_end(people.keys["Panel"], VENUE, (first.digest,), at=people.clocks.now)
    assert refusal(watch, end) == "not-allowed"


def test_a_key_for_one_venue_is_none_for_another(people: People) -> None:
    keyring = read_keyring(people.folder / KEYRING)
    signer = Signer("Other", encode_key(people.keys["Stranger"].public_key()), ("trigger",), ("x",))
    write_keyring(people.folder / KEYRING, keyring.with_signer(signer))
    assert refusal(people.watch(), trigger(people, "Stranger")) == "not-allowed"


def test_a_message_for_another_venue_is_refused(people: People) -> None:
    assert refusal(people.watch(), trigger(people, venue="elsewhere")) == "other-venue"


def test_what_was_changed_after_signing_is_refused(people: People) -> None:
    message = trigger(people)
    for changed in (
        message.payload.replace('"A"', '"B"'),
        message.payload.replace("2026", "2027"),
        message.payload + " ",
    ):
        assert refusal(people.watch(), Signed(changed, message.signatures)) == "bad-signature"


def test_a_signature_for_another_purpose_is_none(people: People) -> None:
    message = trigger(people)
    key = people.keys["Panel"]
    other = type(message.signatures[0])(
        message.signatures[0].key, key.sign(message.payload.encode())
    )
    assert refusal(people.watch(), Signed(message.payload, (other,))) == "bad-signature"


def test_two_signers_of_one_message_are_refused(people: People) -> None:
    """Nobody may count as the second person by adding a signature to the first one's message."""
    watch = people.watch()
    first = watch.take(VENUE, trigger(people))
    end = sign_end(people.keys["Li"], VENUE, (first.digest,), at=people.clocks.now)
    assert refusal(watch, end.signed(people.keys["Wang"])) == "not-allowed"


def test_nobody_confirms_what_they_have_asked_for(people: People) -> None:
    watch = people.watch()
    first = watch.take(VENUE, trigger(people))
    end = sign_end(people.keys["Li"], VENUE, (first.digest,), at=people.clocks.now)
    watch.take(VENUE, end)
    confirm = sign_confirm(people.keys["Li"], VENUE, end.digest, at=people.clocks.now)
    assert refusal(watch, confirm) == "same-person"
    assert is_on_fire(watch)


def test_an_end_must_be_confirmed_within_an_hour(people: People) -> None:
    watch = people.watch()
    first = watch.take(VENUE, trigger(people))
    end = sign_end(people.keys["Li"], VENUE, (first.digest,), at=people.clocks.now)
    watch.take(VENUE, end)
    people.clocks.pass_by(timedelta(hours=1, seconds=1))
    confirm = sign_confirm(people.keys["Wang"], VENUE, end.digest, at=people.clocks.now)
    assert refusal(watch, confirm) == "nothing-to-confirm"
    assert is_on_fire(watch)


def test_what_lasts_too_long_or_not_at_all_is_none(people: People) -> None:
    for span in (timedelta(hours=25), timedelta(0), timedelta(hours=-1)):
        message = trigger(people, lasting=span)
        assert refusal(people.watch(), message) == "no-message"


def test_a_zone_without_approved_texts_is_refused_with_those_that_there_are(
    people: People,
) -> None:
    watch = people.watch()
    with pytest.raises(RefusedError, match="unknown-zone") as caught:
        watch.take(VENUE, trigger(people, zones=("A", "Z")))
    assert caught.value.values["known"] == ["A"]
    assert not is_on_fire(watch)


@pytest.mark.parametrize("by", [("Li",), ("Li", "Panel"), ("Li", "Stranger"), ("Stranger",)])
def test_texts_that_two_people_have_not_approved_do_not_count(
    people: People, by: tuple[str, ...]
) -> None:
    for file in (people.folder / VENUE).iterdir():
        file.unlink()
    people.write_texts(1, [make_zone()], by)
    assert refusal(people.watch(), trigger(people)) == "no-texts"


def test_newer_texts_wait_for_the_second_person(people: People) -> None:
    changed = make_zone()
    changed["texts"]["en"]["title"] = "Something else"
    path = people.write_texts(2, [changed], ("Li",))
    watch = people.watch()
    watch.take(VENUE, trigger(people))

    def title() -> str:
        watch.look()
        alarm = watch.find_alarm(VENUE)
        assert alarm is not None
        return alarm.zones[0].texts["en"].title

    assert title() == "Fire alarm in Building A"
    signed = decode(path.read_bytes())
    path.write_bytes(signed.signed(people.keys["Zhao"]).encode())
    assert title() == "Something else"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"payload": "{}", "signatures": []}',
        b'{"payload": 1, "signatures": [{"key": "a", "signature": "b"}]}',
        b'{"payload": "{}", "signatures": [{"key": "a", "signature": "%"}]}',
        b'{"payload": "{}", "signatures": [{"key": "a"}]}',
        b'{"payload": "{}"}',
        b"x" * 100_000,
        b"[" * 30_000,
    ],
)
def test_rubbish_is_no_message(people: People, data: bytes) -> None:
    with pytest.raises(DamagedFileError):
        people.watch().take(VENUE, data)


def test_a_member_that_is_there_twice_makes_it_no_message(people: People) -> None:
    """Readers take the first or the last: what is signed must say one thing."""
    document = json.loads(trigger(people).payload)
    text = json.dumps(document)[:-1] + ', "zones": ["A"]}'
    key = people.keys["Panel"]
    signed = Signed(text, ()).signed(key)
    assert refusal(people.watch(), signed) == "no-message"
