"""One's own account, and what the clock does to sessions."""

import base64
from datetime import UTC, datetime

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
from wayfinder.services.people import account, roster
from wayfinder.services.people.desk import Desk, StaffError
from wayfinder.services.people.invitations import accept, find_invited, take
from wayfinder.services.people.passwords import LONGEST, find_fault
from wayfinder.services.people.roles import Role
from wayfinder.services.people.sessions import Session, find_session, list_own, put_data
from wayfinder.services.people.sign_in import give_code, give_password
from wayfinder.services.people.totp import find_step, make_code
from wayfinder.store.audit import Actor

BOTH = ("sqlite", "postgresql")


@pytest.fixture
def session(desk: Desk, clock: Clock, hire: Hire) -> Session:
    """Return the session of somebody with a second factor."""
    entered = give_password(desk, hire("Li An").name, GOOD, HERE)
    begun, secret = account.begin_factor(desk, open_found(desk, entered))
    again, same = account.begin_factor(desk, open_found(desk, entered))
    assert (again.record.id, same) == (begun.record.id, secret)
    done = account.set_factor(desk, begun, make_code(secret, clock.now), HERE)
    clock.pass_by(seconds=31)
    return open_found(desk, done.entered)


@pytest.mark.parametrize("backend", BOTH, indirect=True)
def test_another_password_ends_every_other_session(
    desk: Desk, clock: Clock, session: Session
) -> None:
    assert session.staff is not None
    other = sign_in(desk, clock, session.staff, ELSEWHERE)
    kept = account.change_password(desk, session, GOOD, OTHER)
    found = find_session(desk, kept.secret)
    assert found is not None
    assert (found.is_full, found.record.id) == (True, session.record.id)
    assert find_session(desk, other.secret) is None
    with pytest.raises(StaffError, match="wrong"):
        give_password(desk, "Li An", GOOD, HERE)
    assert give_password(desk, "Li An", OTHER, HERE).stage == "password"


def test_what_matters_asks_for_the_password(desk: Desk, clock: Clock, session: Session) -> None:
    assert session.staff is not None
    secret = read_secret(desk, session.staff)
    for act in (
        lambda: account.change_password(desk, session, "no", OTHER),
        lambda: account.renew_codes(desk, session, "no"),
        lambda: account.set_factor(desk, session, "000000", HERE, password=OTHER),
        lambda: account.set_factor(desk, session, "000000", HERE),
    ):
        with pytest.raises(StaffError, match="password-wrong"):
            act()
    clock.pass_by(minutes=20)
    with pytest.raises(StaffError, match="password-wrong"):
        account.prove(desk, session, "no")
    with pytest.raises(StaffError, match="wait"):
        account.prove(desk, session, GOOD)
    assert read_secret(desk, session.staff) == secret


def test_another_phone_takes_over_from_the_first(
    desk: Desk, clock: Clock, session: Session
) -> None:
    assert session.staff is not None
    before = read_secret(desk, session.staff)
    begun, secret = account.begin_factor(desk, session)
    with pytest.raises(StaffError, match="code-wrong"):
        account.set_factor(desk, begun, "000000", HERE, password=GOOD)
    assert read_secret(desk, session.staff) == before
    done = account.set_factor(desk, begun, make_code(secret, clock.now), HERE, password=GOOD)
    assert read_secret(desk, session.staff) == secret != before
    assert open_found(desk, done.entered).is_full


def test_new_recovery_codes_replace_the_old(desk: Desk, session: Session) -> None:
    assert account.get_account(desk, session).codes_left == 10
    session, first = account.renew_codes(desk, session, GOOD)
    session, second = account.renew_codes(desk, session, GOOD)
    pending = open_found(desk, give_password(desk, "Li An", GOOD, HERE))
    with pytest.raises(StaffError, match="code-wrong"):
        give_code(desk, pending, first[0], HERE)
    assert give_code(desk, pending, second[0], HERE).stage == "full"
    assert account.get_account(desk, session).codes_left == 9


def test_one_ends_ones_own_sessions_alone(
    desk: Desk, clock: Clock, session: Session, hire: Hire
) -> None:
    assert session.staff is not None
    other = open_found(desk, sign_in(desk, clock, session.staff, ELSEWHERE))
    assert [one.browser for one in list_own(desk, session.staff)] == [
        ELSEWHERE.browser,
        HERE.browser,
    ]
    hire("Bo")
    stranger = open_found(desk, give_password(desk, "Bo", GOOD, HERE))
    with pytest.raises(StaffError, match="session-over"):
        account.end_own_session(desk, session, stranger.record.id)
    account.end_own_session(desk, session, other.record.id)
    assert find_session(desk, other.secret) is None
    third = sign_in(desk, clock, session.staff, ELSEWHERE)
    kept = account.end_other_sessions(desk, session)
    assert find_session(desk, third.secret) is None
    assert find_session(desk, kept.secret) is not None


@pytest.mark.parametrize("backend", BOTH, indirect=True)
def test_what_one_does_about_ones_own_sign_in_makes_copies_of_the_cookie_useless(
    desk: Desk, clock: Clock, session: Session
) -> None:
    secrets = [session.secret]

    def follow(session: Session) -> Session:
        assert find_session(desk, secrets[-1]) is None  # not half a minute longer
        secrets.append(session.secret)
        found = find_session(desk, session.secret)
        assert found is not None
        assert found.form_key == session.form_key  # pages that are open stay good
        return found

    session = follow(account.renew_codes(desk, session, GOOD)[0])
    session = follow(account.end_other_sessions(desk, session))
    session = follow(account.change_password(desk, session, GOOD, OTHER))
    begun, secret = account.begin_factor(desk, session)
    code = make_code(secret, clock.now)
    done = account.set_factor(desk, begun, code, HERE, password=OTHER)
    assert find_session(desk, begun.secret) is None
    assert open_found(desk, done.entered).is_full


@pytest.mark.parametrize("backend", BOTH, indirect=True)
def test_a_session_rotates_when_a_role_changes_and_nothing_under_way_breaks(
    desk: Desk, clock: Clock, session: Session
) -> None:
    assert session.staff is not None
    roster.set_role(desk, session.staff.id, Role.VIEWER, "a", by=Actor("shell"))
    renewed = find_session(desk, session.secret)
    assert renewed is not None
    assert renewed.renewed
    assert renewed.staff is not None
    assert renewed.staff.find_role("a", "house") is Role.VIEWER
    assert renewed.secret != session.secret
    late = find_session(desk, session.secret)  # asked at the same moment
    assert late is not None
    assert not late.renewed
    clock.pass_by(seconds=31)
    assert find_session(desk, session.secret) is None
    assert find_session(desk, renewed.secret) is not None


def test_what_is_kept_between_pages_is_taken_away_again(desk: Desk, session: Session) -> None:
    kept = put_data(desk, session, said=[["a", {}]])
    found = find_session(desk, kept.secret)
    assert found is not None
    assert found.record.data["said"] == [["a", {}]]
    put_data(desk, kept, said=None)
    found = find_session(desk, kept.secret)
    assert found is not None
    assert "said" not in found.record.data


def test_a_link_is_good_once_and_for_three_days(desk: Desk, clock: Clock) -> None:
    shell = Actor("shell")
    made = roster.add(desk, "Bo", Role.VIEWER, "a", by=shell)
    clock.pass_by(hours=71)
    assert accept(desk, made.secret, GOOD, HERE).stage == "enrol"
    with pytest.raises(StaffError, match="link-over"):
        take(desk, made.secret, OTHER)
    late = roster.add(desk, "Mo", Role.VIEWER, "a", by=shell)
    clock.pass_by(hours=72)
    for secret in (late.secret, "", "x", "\0", "\ud800", "x" * 9999):
        with pytest.raises(StaffError, match="link-over"):
            find_invited(desk, secret)


def test_a_link_does_not_go_around_the_second_factor(desk: Desk, session: Session) -> None:
    assert session.staff is not None
    made = roster.reset(desk, session.staff.id, by=Actor("shell"))
    assert find_session(desk, session.secret) is None
    assert accept(desk, made.secret, OTHER, HERE).stage == "password"
    made = roster.reset(desk, session.staff.id, by=Actor("shell"), factor=True)
    assert accept(desk, made.secret, OTHER, HERE).stage == "enrol"


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("", "password-short"),
        ("elevenchars", "password-short"),
        ("password1234", "password-weak"),
        ("qwertyuiop12", "password-weak"),
        ("aaaaaaaaaaaaaaaa", "password-weak"),
        ("Li An Li An Li An", "password-weak"),
        ("qinghe-qinghe", "password-weak"),
        ("Qinghe*LI*AN*2026", "password-weak"),
        ("201122201122", "password-weak"),
        ("x" * (LONGEST + 1), "password-long"),
        ("quiet-lamp-under-42-stairs", None),
        ("清河的灯在楼梯下面亮着呢", None),
        ("correct horse battery " * 6, None),
    ],
)
def test_what_is_guessed_soon_is_no_password(password: str, fault: str | None) -> None:
    assert find_fault(password, ("Li An", "qinghe")) == fault


def test_long_passwords_are_looked_at_whole(desk: Desk, hire: Hire) -> None:
    long = "correct horse battery staple " * 8
    hire("Bo", password=long)
    with pytest.raises(StaffError, match="wrong"):
        give_password(desk, "Bo", long[:-1], HERE)
    assert give_password(desk, "Bo", long, HERE).stage == "enrol"


def test_codes_are_those_of_rfc_6238() -> None:
    # appendix B, the last six digits of its eight
    secret = base64.b32encode(b"12345678901234567890").decode()
    for second, code in ((59, "287082"), (1111111109, "081804"), (20000000000, "353130")):
        at = datetime.fromtimestamp(second, UTC)
        assert make_code(secret, at) == code
        step = second // 30
        assert find_step(secret, code, at) == step
        assert find_step(secret, code, at, after=step) is None
        later = datetime.fromtimestamp(second + 30, UTC)
        assert find_step(secret, code, later) == step
        assert find_step(secret, code, datetime.fromtimestamp(second + 61, UTC)) is None
