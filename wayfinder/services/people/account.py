"""One's own account: password, second factor, recovery codes, where one is signed in."""

from dataclasses import dataclass

from wayfinder.services.people.desk import Desk, StaffError, Visitor
from wayfinder.services.people.passwords import find_fault
from wayfinder.services.people.recovery import hash_codes, make_codes
from wayfinder.services.people.sessions import Session, put_data, rotate_session
from wayfinder.services.people.sign_in import Entered, complete, tell
from wayfinder.services.people.throttle import Limit, count_guess, forget_guesses
from wayfinder.services.people.totp import find_step, make_totp_secret
from wayfinder.store.guesses import list_recovery_codes, put_recovery_codes
from wayfinder.store.people import PersonRecord, change_person, find_person
from wayfinder.store.staff_sessions import end_session, end_sessions, list_sessions


@dataclass(frozen=True, slots=True)
class Account:
    """What somebody sees of their own account.

    Parameters
    ----------
    person
        What the store knows.
    codes_left
        Recovery codes that are still good.
    """

    person: PersonRecord
    codes_left: int


@dataclass(frozen=True, slots=True)
class FactorSet:
    """A second factor was set up.

    Parameters
    ----------
    entered
        The session from now on.
    codes
        Recovery codes, for the only time.
    """

    entered: Entered
    codes: list[str]


def get_account(desk: Desk, session: Session) -> Account:
    """Return what somebody sees of their own account."""
    with desk.store.read() as connection:
        person = find_person(connection, _get_id(session))
        codes = list_recovery_codes(connection, _get_id(session))
    if person is None:
        raise StaffError("code-start-again")
    return Account(person, sum(1 for code in codes if code.used_at is None))


def change_password(desk: Desk, session: Session, current: str, password: str) -> Session:
    """Change one's password; every other session of one's ends, and this one rotates.

    Raises
    ------
    StaffError
        The current one is wrong, or the new one is guessed too soon.
    """
    person = prove(desk, session, current)
    about = (person.name, *person.organisations)
    if fault := find_fault(password, about):
        raise StaffError(fault)
    password_hash = desk.passwords.hash(password)
    with desk.store.write() as connection:
        change_person(connection, person.id, password_hash=password_hash)
        end_sessions(connection, person.id, but=session.record.id)
        tell(connection, person, "password-changed")
        return rotate_session(connection, desk, session)


def prove(desk: Desk, session: Session, password: str) -> PersonRecord:
    """Ask for the password once more before something that matters.

    Raises
    ------
    StaffError
        It is wrong, or it is too early for another guess.
    """
    limits = [Limit(("prove", str(session.record.id)))]
    with desk.store.write() as connection:
        count_guess(connection, limits, desk.clock())
        person = find_person(connection, _get_id(session))
    if person is None or not desk.passwords.check(person.password_hash, password):
        raise StaffError("password-wrong")
    with desk.store.write() as connection:
        forget_guesses(connection, limits)
    return person


def begin_factor(desk: Desk, session: Session) -> tuple[Session, str]:
    """Return the secret of a second factor that is being set up: the same until it is done."""
    secret = session.record.data.get("factor")
    if not secret:
        secret = make_totp_secret()
        session = put_data(desk, session, factor=secret)
    return session, str(secret)


def set_factor(
    desk: Desk, session: Session, typed: str, visitor: Visitor, *, password: str | None = None
) -> FactorSet:
    """Let a second factor hold once a code of it was right; all other sessions end.

    Parameters
    ----------
    desk
        Where one signs in.
    session
        Of who sets it up.
    typed
        A code that the app shows.
    visitor
        Where the request comes from.
    password
        Asked for unless one has just given it, at the stage ``enrol``.

    Raises
    ------
    StaffError
        The code or the password is wrong.
    """
    if session.record.stage != "enrol":
        prove(desk, session, password or "")
    secret = str(session.record.data.get("factor", ""))
    step = find_step(secret, typed, desk.clock()) if secret else None
    if step is None:
        raise StaffError("code-wrong")
    codes = make_codes()
    hashes = hash_codes(desk, codes)
    with desk.store.write() as connection:
        person = find_person(connection, _get_id(session))
        if person is None:
            raise StaffError("code-start-again")
        change_person(connection, person.id, totp_secret=secret, totp_step=step)
        put_recovery_codes(connection, person.id, hashes)
        end_sessions(connection, person.id, but=session.record.id)
        entered = complete(
            connection, desk, person, visitor, former=session, action="second-factor-set"
        )
        return FactorSet(entered, codes)


def renew_codes(desk: Desk, session: Session, password: str) -> tuple[Session, list[str]]:
    """Make new recovery codes; the former ones are good no more, and the session rotates.

    Raises
    ------
    StaffError
        The password is wrong.
    """
    person = prove(desk, session, password)
    codes = make_codes()
    hashes = hash_codes(desk, codes)
    with desk.store.write() as connection:
        put_recovery_codes(connection, person.id, hashes)
        tell(connection, person, "recovery-codes-made")
        return rotate_session(connection, desk, session), codes


def end_own_session(desk: Desk, session: Session, session_id: int) -> None:
    """End one of one's own sessions; raises StaffError where it is none."""
    with desk.store.write() as connection:
        own = {one.id for one in list_sessions(connection, _get_id(session))}
        if session_id not in own:
            raise StaffError("session-over")
        end_session(connection, session_id)


def end_other_sessions(desk: Desk, session: Session) -> Session:
    """End all sessions of one's own but this one, which rotates."""
    with desk.store.write() as connection:
        person = find_person(connection, _get_id(session))
        if person is not None:
            tell(connection, person, "sessions-ended")
        end_sessions(connection, _get_id(session), but=session.record.id)
        return rotate_session(connection, desk, session)


def _get_id(session: Session) -> int:
    person_id = session.record.person_id
    assert person_id is not None  # noqa: S101 - only routes of who is somebody come here
    return person_id
