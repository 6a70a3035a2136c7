"""The takeover from the first message to its end, and everything that must not start or end it."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from tests.services.fire.people import NOON, VENUE, People, make_zone
from wayfinder.services.fire.envelope import Signed, decode, encode_key, sign
from wayfinder.services.fire.errors import DamagedFileError, FireError, RefusedError
from wayfinder.services.fire.folder import KEYRING
from wayfinder.services.fire.keyring import Keyring, Signer, read_keyring, write_keyring
from wayfinder.services.fire.messages import sign_confirm, sign_end, sign_trigger
from wayfinder.services.fire.watch import FireWatch


def trigger(people: People, by: str = "Panel", **options: object) -> Signed:
    settings = {"venue": VENUE, "zones": ("A",), "at": people.clocks.now, **options}
    return sign_trigger(people.keys[by], **settings)  # type: ignore[arg-type]


def is_on_fire(watch: FireWatch) -> bool:
    watch.look()
    return watch.find_alarm(VENUE) is not None


def find_file(people: People, digest: str) -> Path:
    return people.folder / VENUE / f"{digest}.json"


def test_a_trigger_shows_in_every_process_and_ends_by_two_people(people: People) -> None:
    one, other = people.watch(), people.watch()
    assert not is_on_fire(one)
    first = one.take(VENUE, trigger(people).encode())
    alarm = one.find_alarm(VENUE)
    assert alarm is not None
    assert [zone.id for zone in alarm.zones] == ["A"]
    assert alarm.zones[0].texts["en"].title == "Fire alarm in Building A"
    assert (alarm.since, alarm.until) == (NOON, NOON + timedelta(hours=4))
    assert is_on_fire(other)

    people.clocks.pass_by(timedelta(minutes=20))
    end = sign_end(people.keys["Li"], VENUE, (first.digest,), at=people.clocks.now)
    other.take(VENUE, end)
    alarm = other.find_alarm(VENUE)
    assert alarm is not None, "one person alone ends nothing"
    assert alarm.ending == "Li"
    assert is_on_fire(one)

    confirm = sign_confirm(people.keys["Zhao"], VENUE, end.digest, at=people.clocks.now)
    other.take(VENUE, confirm)
    assert not is_on_fire(other)
    assert not is_on_fire(one)
    assert not is_on_fire(people.watch()), "nor in a process that starts now"


def test_a_panel_that_repeats_itself_changes_nothing(people: People) -> None:
    watch, message = people.watch(), trigger(people).encode()
    assert watch.take(VENUE, message) == watch.take(VENUE, message)
    assert len(list((people.folder / VENUE).glob("[0-9a-f]*.json"))) == 1


def test_it_runs_out_by_itself_and_may_be_triggered_again(people: People) -> None:
    watch = people.watch()
    watch.take(VENUE, trigger(people, lasting=timedelta(minutes=30)))
    people.clocks.pass_by(timedelta(minutes=29))
    assert is_on_fire(watch)
    watch.take(VENUE, trigger(people))
    people.clocks.pass_by(timedelta(hours=2))
    assert is_on_fire(watch), "the second message holds"
    people.clocks.pass_by(timedelta(hours=2))
    assert not is_on_fire(watch)
    assert not is_on_fire(people.watch())


def test_an_end_ends_what_it_names_and_nothing_later(people: People) -> None:
    people.write_texts(2, [make_zone("A"), make_zone("B")])
    watch = people.watch()
    first = watch.take(VENUE, trigger(people))
    end = sign_end(people.keys["Li"], VENUE, (first.digest,), at=people.clocks.now)
    watch.take(VENUE, end)
    people.clocks.pass_by(timedelta(minutes=1))
    watch.take(VENUE, trigger(people, zones=("B",)))
    watch.take(VENUE, sign_confirm(people.keys["Wang"], VENUE, end.digest, at=people.clocks.now))
    alarm = watch.find_alarm(VENUE)
    assert alarm is not None
    assert [zone.id for zone in alarm.zones] == ["B"]


def test_a_panel_that_says_it_anew_for_hours_pushes_nothing_out(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wayfinder.services.fire.folder._MOST_MESSAGES", 20)
    watch = people.watch()
    first = watch.take(VENUE, trigger(people))
    folder = people.folder / VENUE
    whole = find_file(people, first.digest).read_bytes()
    for number in range(30):
        (folder / f"{number:064x}.json").write_bytes(whole)
    alarm = people.watch().open(VENUE).make_alarm(people.clocks.now)
    assert alarm is not None
    assert alarm.zones[0].texts


def test_old_messages_are_taken_away_when_nobody_can_repeat_them(people: People) -> None:
    watch = people.watch()
    old = trigger(people)
    watch.take(VENUE, old)
    people.clocks.pass_by(timedelta(days=8))
    watch.take(VENUE, trigger(people))
    assert not find_file(people, old.digest).exists()
    assert refusal(watch, old) == "expired"
    people.clocks.pass_by(timedelta(hours=1))
    watch.take(VENUE, trigger(people))
    assert len(list((people.folder / VENUE).glob("[0-9a-f]*.json"))) == 2


# --- attacks on the way in -------------------------------------------------------------------


def refusal(watch: FireWatch, message: Signed | bytes) -> str:
    before = watch.find_alarm(VENUE)
    with pytest.raises(FireError) as caught:
        watch.take(VENUE, message)
    watch.look()
    assert watch.find_alarm(VENUE) == before
    return caught.value.code


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


# --- damage and rubbish in the folder --------------------------------------------------------


@pytest.mark.parametrize("left", [0, 1, 40, 200, -2])
def test_a_file_cut_short_ends_nothing_and_starts_nothing(people: People, left: int) -> None:
    watch, fresh = people.watch(), people.watch()
    message = trigger(people)
    watch.take(VENUE, message)
    file = find_file(people, message.digest)
    file.write_bytes(file.read_bytes()[:left])
    assert is_on_fire(watch), "who has believed it goes on"
    assert [one.code for one in watch.list_problems()] == ["damaged-file"]
    assert is_on_fire(fresh) is False, "who starts now cannot know"
    watch.take(VENUE, message)
    assert is_on_fire(fresh), "a panel that repeats itself mends the file"


def test_a_file_that_is_lost_ends_nothing(people: People) -> None:
    watch = people.watch()
    first = watch.take(VENUE, trigger(people))
    find_file(people, first.digest).unlink()
    assert is_on_fire(watch)
    (people.folder / VENUE).rename(people.folder.parent / "moved")
    assert is_on_fire(watch)


def test_half_written_files_are_not_looked_at(people: People) -> None:
    watch, message = people.watch(), trigger(people)
    name = f".{message.digest}.json.abc.part"
    (people.folder / VENUE / name).write_bytes(message.encode()[:100])
    assert not is_on_fire(watch)
    assert watch.list_problems() == []


def test_a_forged_file_starts_nothing_and_is_told(people: People) -> None:
    for signed in (
        trigger(people, "Stranger"),
        trigger(people, "Zhao"),
        trigger(people, venue="elsewhere"),
        Signed(trigger(people).payload, trigger(people).signatures),
        sign({"kind": "trigger"}, people.keys["Panel"]),
    ):
        find_file(people, signed.digest).write_bytes(signed.encode())
    watch = people.watch()
    assert not is_on_fire(watch)
    codes = {one.code for one in watch.list_problems()}
    assert codes == {"bad-signature", "not-allowed", "other-venue", "no-message"}
    watch.take(VENUE, trigger(people))
    assert is_on_fire(people.watch()), "the genuine one still shows"


def test_a_file_of_tomorrow_or_yesterday_starts_nothing(people: People) -> None:
    for shift in (timedelta(hours=1), timedelta(hours=-5)):
        signed = trigger(people, at=people.clocks.now + shift)
        find_file(people, signed.digest).write_bytes(signed.encode())
    assert not is_on_fire(people.watch())


def test_an_end_that_is_put_in_the_place_of_another_is_not_confirmed(people: People) -> None:
    """The second person confirms what the first has signed, to the letter."""
    people.write_texts(2, [make_zone("A"), make_zone("B")])
    watch = people.watch()
    small = watch.take(VENUE, trigger(people, zones=("A",)))
    large = watch.take(VENUE, trigger(people, zones=("B",)))
    end = sign_end(people.keys["Li"], VENUE, (small.digest,), at=people.clocks.now)
    watch.take(VENUE, end)
    swapped = sign_end(people.keys["Li"], VENUE, (large.digest,), at=people.clocks.now)
    find_file(people, end.digest).write_bytes(swapped.encode())
    watch.take(VENUE, sign_confirm(people.keys["Wang"], VENUE, end.digest, at=people.clocks.now))
    alarm = people.watch().open(VENUE).make_alarm(people.clocks.now)
    assert alarm is not None
    assert "B" in [zone.id for zone in alarm.zones]


def test_a_disk_that_is_full_is_told_and_nothing_is_half_believed(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    watch = people.watch()
    monkeypatch.setattr("wayfinder.services.fire.folder.replace_file", fail)
    with pytest.raises(FireError, match="unwritable"):
        watch.take(VENUE, trigger(people))
    assert not is_on_fire(watch)
    monkeypatch.undo()
    watch.take(VENUE, trigger(people))
    assert is_on_fire(watch)


def test_a_damaged_keyring_leaves_the_last_good_one(people: People) -> None:
    watch = people.watch()
    watch.look()
    keys = people.folder / KEYRING
    whole = keys.read_bytes()
    keys.write_bytes(whole[:50])
    watch.take(VENUE, trigger(people))
    assert is_on_fire(watch)
    assert [one.code for one in watch.list_problems()] == ["bad-keyring"]
    keys.write_bytes(whole)
    watch.look()
    assert watch.list_problems() == []


def test_without_a_keyring_nobody_may_anything(tmp_path: Path, people: People) -> None:
    (people.folder / KEYRING).unlink()
    assert refusal(people.watch(), trigger(people)) == "bad-signature"
    assert FireWatch(None).find_alarm(VENUE) is None
    with pytest.raises(FireError, match="not-set-up"):
        FireWatch(None).take(VENUE, trigger(people))
    watch = FireWatch(tmp_path / "nowhere")
    watch.look()
    assert watch.list_problems() == []


def test_one_key_is_one_person() -> None:
    key = "A" * 43
    with pytest.raises(DamagedFileError, match="key-twice"):
        Keyring((Signer("Li", key, ("end",)), Signer("Wang", key, ("end",))))
    with pytest.raises(DamagedFileError, match="key-twice"):
        Keyring((Signer("Li", key, ("end",)), Signer("LI", "B" * 43, ("end",))))


# --- our own clock ---------------------------------------------------------------------------


@pytest.mark.parametrize("years", [-56, 10])
def test_a_clock_that_jumps_neither_ends_a_fire_nor_keeps_it(people: People, years: int) -> None:
    watch = people.watch()
    watch.take(VENUE, trigger(people))
    people.clocks.now += timedelta(days=365 * years)
    assert is_on_fire(watch)
    people.clocks.steady_s += 4 * 3600
    assert not is_on_fire(watch)


def test_a_sender_ahead_of_us_burns_no_longer(people: People) -> None:
    watch = people.watch()
    watch.take(VENUE, trigger(people, at=NOON + timedelta(minutes=4), lasting=timedelta(hours=1)))
    people.clocks.pass_by(timedelta(hours=1))
    assert not is_on_fire(watch)
