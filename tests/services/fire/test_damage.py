"""Files that are cut short, lost, forged or full: nothing starts by them, and nothing ends."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.services.fire.people import VENUE, People, make_zone
from tests.services.fire.watching import find_file, is_on_fire, refusal, trigger
from wayfinder.services.fire.envelope import Signed, sign
from wayfinder.services.fire.errors import DamagedFileError, FireError
from wayfinder.services.fire.folder import KEYRING
from wayfinder.services.fire.keyring import Keyring, Signer
from wayfinder.services.fire.messages import sign_confirm, sign_end
from wayfinder.services.fire.watch import FireWatch


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
