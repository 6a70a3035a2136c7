"""Signing in: the password, then a code of the second factor or a recovery code."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.engine import Connection

from wayfinder.services.audit import note
from wayfinder.services.people.desk import (
    ENTRY,
    KNOWN,
    Desk,
    StaffError,
    Visitor,
    hash_secret,
    make_secret,
)
from wayfinder.services.people.names import LONGEST, fold_name
from wayfinder.services.people.recovery import find_code
from wayfinder.services.people.roles import Staff
from wayfinder.services.people.sessions import Session, open_session
from wayfinder.services.people.throttle import Limit, count_guess, forget_guesses, write_again
from wayfinder.services.people.totp import find_step
from wayfinder.store.guesses import list_recovery_codes, use_recovery_code
from wayfinder.store.people import PersonRecord, change_person, find_by_key, find_person
from wayfinder.store.staff_sessions import (
    Stage,
    change_session,
    end_session,
    is_known_browser,
    know_browser,
)

_CODES = 5
"""Wrong codes after one password: then it is asked for again (ours)."""
_STRANGERS, _STRANGERS_WAIT = 100, timedelta(hours=1)
"""Wrong codes for one person from wherever nobody signed in before: a million take years (ours)."""


@dataclass(frozen=True, slots=True)
class Entered:
    """How far somebody has come.

    Parameters
    ----------
    secret
        For the browser's cookie.
    stage
        What the session is good for.
    known
        What the browser is known by from now on; None: as before.
    """

    secret: str
    stage: Stage
    known: str | None = None


def is_known(desk: Desk, visitor: Visitor) -> bool:
    """Tell whether anybody signed in before in the browser that asks; it costs next to nothing."""
    if not visitor.known:
        return False
    with desk.store.read() as connection:
        since = desk.clock() - KNOWN
        return is_known_browser(connection, hash_secret(visitor.known), since=since)


def give_password(
    desk: Desk, name: str, password: str, visitor: Visitor, *, former: Session | None = None
) -> Entered:
    """Take a name and a password.

    Parameters
    ----------
    desk
        Where one signs in.
    name, password
        As they were typed.
    visitor
        Where the request comes from.
    former
        The session that the browser had: it ends.

    Returns
    -------
    Entered
        ``password`` where a code is wanted next, ``enrol`` where a second factor must be set up
        first, ``full`` where none is asked for.

    Raises
    ------
    StaffError
        ``wrong``, or ``wait``: it is too early for another guess. Neither tells whether there is
        such a person.
    """
    key = fold_name(name[: 4 * LONGEST])
    with desk.store.write() as connection:
        person = find_by_key(connection, key) if key else None
        limits = _limit_password(connection, desk, key, person, visitor)
        count_guess(connection, limits, desk.clock())
    if not desk.passwords.check(None if person is None else person.password_hash, password):
        with desk.store.write() as connection:
            if person is not None:
                tell(connection, person, "sign-in-failed")
            else:
                write_again(connection, limits)  # takes as long: nobody is told by the clock
        raise StaffError("wrong")
    assert person is not None  # noqa: S101 - without one no password is right
    again = desk.passwords.is_outdated(person.password_hash or "")
    renewed = desk.passwords.hash(password) if again else None
    with desk.store.write() as connection:
        now = find_person(connection, person.id)
        if now is None or now.password_hash != person.password_hash:
            raise StaffError("wrong")  # changed just now
        if renewed is not None:
            change_person(connection, person.id, password_hash=renewed)
        forget_guesses(connection, limits)
        return enter(connection, desk, now, visitor, former=former)


def give_code(desk: Desk, session: Session, typed: str, visitor: Visitor) -> Entered:
    """Take a code of the second factor, or a recovery code, after the password.

    Raises
    ------
    StaffError
        ``code-wrong``; ``code-start-again``, the session is over; or ``wait``.
    """
    person_id = session.record.person_id
    assert person_id is not None and session.record.stage == "password"  # noqa: PT018, S101 - by route
    is_recovery = sum(character.isalnum() for character in typed) > 6
    with desk.store.write() as connection:
        limits = _limit_code(connection, desk, person_id, visitor, is_recovery=is_recovery)
        count_guess(connection, limits, desk.clock())
        person = find_person(connection, person_id)
        kept = list_recovery_codes(connection, person_id) if is_recovery else []
    if person is None:
        raise StaffError("code-start-again")
    number = find_code(desk, kept, typed) if is_recovery else None
    step = None if is_recovery else _find_step(desk, person, typed)
    if number is None and step is None:
        _count_wrong(desk, session, person)
        raise StaffError("code-wrong")
    with desk.store.write() as connection:
        now = find_person(connection, person_id)
        if now is None or not _use(connection, desk, now, step=step, number=number):
            raise StaffError("code-wrong")  # another request was quicker
        forget_guesses(connection, limits)
        return complete(connection, desk, now, visitor, former=session)


def enter(
    connection: Connection,
    desk: Desk,
    person: PersonRecord,
    visitor: Visitor,
    *,
    former: Session | None = None,
) -> Entered:
    """Let somebody in who has just shown the password, as far as that goes."""
    if person.totp_secret is None and not desk.policy.second_factor:
        return complete(connection, desk, person, visitor, former=former)
    stage: Stage = "enrol" if person.totp_secret is None else "password"
    if former is not None:
        end_session(connection, former.record.id)
    data = _keep(former)
    secret = open_session(
        connection, desk, visitor, person_id=person.id, stage=stage, lasts=ENTRY, data=data
    )
    return Entered(secret, stage)


def complete(
    connection: Connection,
    desk: Desk,
    person: PersonRecord,
    visitor: Visitor,
    *,
    former: Session | None = None,
    action: str = "signed-in",
) -> Entered:
    """Let somebody in who has shown all that is asked for: a new session, a known browser."""
    if former is not None:
        end_session(connection, former.record.id)
    data = _keep(former)
    lasts = desk.policy.longest
    secret = open_session(
        connection, desk, visitor, person_id=person.id, stage="full", lasts=lasts, data=data
    )
    known, now = make_secret(), desk.clock()
    know_browser(
        connection,
        hash_secret(known),
        person.id,
        at=now,
        former_hash=hash_secret(visitor.known),
        since=now - KNOWN,
    )
    tell(connection, person, action, browser=visitor.browser)
    return Entered(secret, "full", known)


def tell(connection: Connection, person: PersonRecord, action: str, **details: str) -> None:
    """Note what somebody did about their own account, in each of their organisations."""
    who = Staff.of(person).actor
    for organisation in person.organisations:
        note(connection, action, who=who, organisation=organisation, details=details)


def _keep(former: Session | None) -> dict[str, str]:
    """Return what outlives the change of a session: where somebody was going."""
    goal = None if former is None else former.record.data.get("next")
    return {"next": str(goal)} if goal else {}


def _place(
    connection: Connection, desk: Desk, person_id: int | None, visitor: Visitor
) -> tuple[str, str]:
    """Name where a guess comes from: a browser that the person is known in, else an address."""
    if person_id is not None and visitor.known:
        known = hash_secret(visitor.known)
        if is_known_browser(connection, known, person_id, since=desk.clock() - KNOWN):
            return ("browser", known)
    return ("address", visitor.address)


def _limit_password(
    connection: Connection, desk: Desk, key: str, person: PersonRecord | None, visitor: Visitor
) -> list[Limit]:
    place = _place(connection, desk, None if person is None else person.id, visitor)
    return [Limit(("password", key, *place))]


def _limit_code(
    connection: Connection, desk: Desk, person_id: int, visitor: Visitor, *, is_recovery: bool
) -> list[Limit]:
    place = _place(connection, desk, person_id, visitor)
    what = "recovery" if is_recovery else "code"
    limits = [Limit((what, str(person_id), *place))]
    if place[0] == "address" and not is_recovery:
        limits.append(limit_strangers(person_id))
    return limits


def limit_strangers(person_id: int) -> Limit:
    """Return how fast codes of one person may be guessed from all unknown places together."""
    return Limit(("code", str(person_id)), _STRANGERS, _STRANGERS_WAIT)


def _find_step(desk: Desk, person: PersonRecord, typed: str) -> int | None:
    if person.totp_secret is None:
        return None
    return find_step(person.totp_secret, typed, desk.clock(), after=person.totp_step)


def _use(
    connection: Connection,
    desk: Desk,
    person: PersonRecord,
    *,
    step: int | None,
    number: int | None,
) -> bool:
    """Let a code be used up; tell whether it still could be."""
    if number is not None:
        tell(connection, person, "recovery-code-used")
        return use_recovery_code(connection, person.id, number, at=desk.clock())
    if step is None or (person.totp_step is not None and step <= person.totp_step):
        return False
    change_person(connection, person.id, totp_step=step)
    return True


def _count_wrong(desk: Desk, session: Session, person: PersonRecord) -> None:
    """Count a wrong code; raises StaffError where the session is over for it."""
    wrong = int(session.record.data.get("wrong", 0)) + 1
    with desk.store.write() as connection:
        tell(connection, person, "code-failed")
        if wrong < _CODES:
            data = {**session.record.data, "wrong": wrong}
            change_session(connection, session.record.id, data=data)
            return
        end_session(connection, session.record.id)
    raise StaffError("code-start-again")
