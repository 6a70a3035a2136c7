"""Signing in: what lets in, what does not, and that guessing shuts out nobody but the guesser."""

import threading
from dataclasses import replace

import pytest

from tests.services.people.conftest import (
    ELSEWHERE,
    GOOD,
    HERE,
    OTHER,
    Clock,
    Hire,
    open_found,
    read_secret,
    sign_in,
)
from wayfinder.services.people import account
from wayfinder.services.people.desk import Desk, Policy, StaffError, Visitor
from wayfinder.services.people.roles import Staff
from wayfinder.services.people.sessions import find_session
from wayfinder.services.people.sign_in import give_code, give_password, limit_strangers
from wayfinder.services.people.throttle import count_guess
from wayfinder.services.people.totp import make_code
from wayfinder.store.audit import list_entries

BOTH = ("sqlite", "postgresql")


@pytest.fixture
def an(desk: Desk, clock: Clock, hire: Hire) -> Staff:
    """Return somebody who has a second factor."""
    staff = hire("Li An")
    set_up(desk, clock, staff)
    return staff


def set_up(desk: Desk, clock: Clock, staff: Staff) -> list[str]:
    """Set up somebody's second factor, and return the recovery codes."""
    entered = give_password(desk, staff.name, GOOD, HERE)
    assert entered.stage == "enrol"
    session, secret = account.begin_factor(desk, open_found(desk, entered))
    done = account.set_factor(desk, session, make_code(secret, clock.now), HERE)
    assert done.entered.stage == "full"
    clock.pass_by(seconds=31)
    return done.codes


def guess(desk: Desk, name: str, typed: str = "no", visitor: Visitor = HERE) -> str:
    """Return why a password does not let in."""
    with pytest.raises(StaffError) as caught:
        give_password(desk, name, typed, visitor)
    return caught.value.code


def list_actions(desk: Desk) -> list[str]:
    with desk.store.read() as connection:
        return [entry.action for entry in reversed(list_entries(connection, "a"))]


@pytest.mark.parametrize("backend", BOTH, indirect=True)
def test_a_password_and_a_code_let_in(desk: Desk, clock: Clock, an: Staff) -> None:
    first = give_password(desk, " ＬＩ an ", GOOD, HERE)
    assert (first.stage, first.known) == ("password", None)
    code = make_code(read_secret(desk, an), clock.now)
    entered = give_code(desk, open_found(desk, first), f"{code[:3]} {code[3:]}", HERE)
    session = open_found(desk, entered)
    assert (session.is_full, session.staff) == (True, an)
    assert find_session(desk, first.secret) is None  # the secret is another one from here on
    assert list_actions(desk)[-1] == "signed-in"


def test_no_code_is_good_twice(desk: Desk, clock: Clock, an: Staff) -> None:
    code = make_code(read_secret(desk, an), clock.now)
    give_code(desk, open_found(desk, give_password(desk, "li an", GOOD, HERE)), code, HERE)
    again = open_found(desk, give_password(desk, "li an", GOOD, HERE))
    with pytest.raises(StaffError, match="code-wrong"):
        give_code(desk, again, code, HERE)


@pytest.mark.parametrize(
    "typed", ["", "000000", "12345", "1234567", "١٢٣٤٥٦", "abcdef", "\ud800" * 6]
)
def test_a_wrong_code_does_not(desk: Desk, an: Staff, typed: str) -> None:
    assert read_secret(desk, an)
    session = open_found(desk, give_password(desk, an.name, GOOD, HERE))
    with pytest.raises(StaffError, match="code-wrong"):
        give_code(desk, session, typed, HERE)
    found = find_session(desk, session.secret)
    assert found is not None
    assert not found.is_full


def test_after_five_wrong_codes_the_password_is_asked_for_again(desk: Desk, an: Staff) -> None:
    entered = give_password(desk, an.name, GOOD, HERE)
    codes = []
    for _ in range(5):
        with pytest.raises(StaffError) as caught:
            give_code(desk, open_found(desk, entered), "000000", HERE)
        codes.append(caught.value.code)
    assert codes == ["code-wrong"] * 4 + ["code-start-again"]
    assert find_session(desk, entered.secret) is None


def test_half_a_sign_in_lasts_ten_minutes(desk: Desk, clock: Clock, an: Staff) -> None:
    entered = give_password(desk, an.name, GOOD, HERE)
    clock.pass_by(minutes=10)
    assert find_session(desk, entered.secret) is None


@pytest.mark.parametrize("backend", BOTH, indirect=True)
def test_a_recovery_code_lets_in_once(desk: Desk, clock: Clock, hire: Hire) -> None:
    staff = hire("Wang Bo")
    codes = set_up(desk, clock, staff)
    assert len(set(codes)) == 10
    first = open_found(desk, give_password(desk, staff.name, GOOD, HERE))
    assert give_code(desk, first, codes[3].lower().replace("-", " "), HERE).stage == "full"
    again = open_found(desk, give_password(desk, staff.name, GOOD, HERE))
    for wrong in (codes[3], codes[4][:-1] + "0", "9AAAAAAAAAAA"):
        with pytest.raises(StaffError, match="code-wrong"):
            give_code(desk, again, wrong, HERE)
    assert give_code(desk, again, codes[4], HERE).stage == "full"
    assert "recovery-code-used" in list_actions(desk)


def test_where_no_second_factor_is_asked_for_the_password_is_enough(desk: Desk, hire: Hire) -> None:
    hire("Li An")
    plain = replace(desk, policy=Policy(second_factor=False))
    assert give_password(plain, "Li An", GOOD, HERE).stage == "full"


@pytest.mark.parametrize("name", ["Li An", "Nobody", "", " ", "\0", "\ud800", "x" * 9999])
def test_nobody_is_told_whether_a_name_is_one(desk: Desk, hire: Hire, name: str) -> None:
    hire("Li An")
    assert guess(desk, name) == "wrong"


def test_only_known_people_fill_the_audit(desk: Desk, hire: Hire) -> None:
    hire("Li An")
    guess(desk, "Li An")
    guess(desk, "Nobody")
    assert list_actions(desk).count("sign-in-failed") == 1


def test_guessing_gets_slower_and_slower(desk: Desk, clock: Clock, hire: Hire) -> None:
    staff = hire("Li An")
    assert [guess(desk, "Li An") for _ in range(5)] == ["wrong"] * 5
    waited = 0.0
    for _ in range(14):
        with pytest.raises(StaffError) as caught:
            give_password(desk, "Li An", GOOD, HERE)  # not even looked at
        assert caught.value.code == "wait"
        wait_s = caught.value.values["wait_s"]
        assert isinstance(wait_s, int)
        clock.pass_by(seconds=wait_s)
        waited += wait_s
        assert guess(desk, "Li An") == "wrong"
    assert waited > 60 * 60 / 2
    clock.pass_by(minutes=15)
    assert give_password(desk, staff.name, GOOD, HERE).stage == "enrol"
    assert guess(desk, "Li An") == "wrong"  # and it begins anew


@pytest.mark.parametrize("backend", BOTH, indirect=True)
def test_the_owner_is_never_shut_out(desk: Desk, clock: Clock, an: Staff) -> None:
    known = sign_in(desk, clock, an).known
    assert known
    for _ in range(5):
        guess(desk, an.name, visitor=ELSEWHERE)
    assert guess(desk, an.name, GOOD, ELSEWHERE) == "wait"
    # from another address, and from the same one in a browser that is known
    assert give_password(desk, an.name, GOOD, HERE).stage == "password"
    # a browser that says so and is not is a stranger's
    assert guess(desk, an.name, GOOD, replace(ELSEWHERE, known="forged")) == "wait"
    mine = replace(ELSEWHERE, known=known)
    assert sign_in(desk, clock, an, mine).stage == "full"


def test_strangers_guess_a_hundred_codes_and_the_owner_still_comes_in(
    desk: Desk, clock: Clock, an: Staff
) -> None:
    known = sign_in(desk, clock, an).known or ""
    with desk.store.write() as connection:
        for _ in range(99):
            count_guess(connection, [limit_strangers(an.id)], clock.now)
    assert guess_code(desk, an, Visitor("203.0.113.199")) == "code-wrong"
    assert guess_code(desk, an, Visitor("203.0.113.200")) == "wait"
    assert sign_in(desk, clock, an, replace(HERE, known=known)).stage == "full"


def guess_code(desk: Desk, staff: Staff, visitor: Visitor) -> str:
    """Return why a code does not let in."""
    session = open_found(desk, give_password(desk, staff.name, GOOD, visitor))
    with pytest.raises(StaffError) as caught:
        give_code(desk, session, "000000", visitor)
    return caught.value.code


@pytest.mark.parametrize("backend", BOTH, indirect=True)
def test_many_guesses_at_once_are_no_more_than_one_after_the_other(desk: Desk, hire: Hire) -> None:
    hire("Li An")
    found: list[str] = []

    def try_once() -> None:
        found.append(guess(desk, "Li An"))

    threads = [threading.Thread(target=try_once) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == ["wait"] * 7 + ["wrong"] * 5


def test_a_hash_of_another_cost_is_made_anew(desk: Desk, hire: Hire) -> None:
    from argon2 import PasswordHasher

    from wayfinder.services.people.passwords import Passwords
    from wayfinder.services.people.roster import find_named

    hire("Li An")
    before = find_named(desk, "Li An").password_hash
    dearer = Passwords(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    give_password(replace(desk, passwords=dearer), "Li An", GOOD, HERE)
    after = find_named(desk, "Li An").password_hash
    assert before is not None
    assert after is not None
    assert after != before
    assert "m=16,t=2" in after
    assert guess(desk, "Li An", OTHER) == "wrong"
