"""The takeover from the first message to its end, whatever the clocks say."""

from datetime import timedelta

import pytest

from tests.services.fire.people import NOON, VENUE, People, make_zone
from tests.services.fire.watching import find_file, is_on_fire, refusal, trigger
from wayfinder.services.fire.messages import sign_confirm, sign_end


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
