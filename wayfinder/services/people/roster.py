"""Who is on the staff: added, given roles, reset, removed, by an admin or from the command line."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.engine import Connection

from wayfinder.services.audit import note, undoing
from wayfinder.services.people.desk import Desk, StaffError
from wayfinder.services.people.invitations import Invitation, make_invitation
from wayfinder.services.people.names import clean_name, fold_name
from wayfinder.services.people.roles import Role, Staff
from wayfinder.store import ConflictError, UnknownError
from wayfinder.store.audit import Actor, AuditEntry
from wayfinder.store.guesses import put_recovery_codes
from wayfinder.store.people import (
    PersonRecord,
    add_person,
    change_person,
    find_by_key,
    find_person,
    list_people,
    put_membership,
    remove_identities,
)
from wayfinder.store.people import remove_person as remove_row
from wayfinder.store.staff_sessions import ask_renewal, end_sessions, forget_browsers
from wayfinder.store.venues import find_venue, list_organisations, make_organisation

GIVEN = "role-given"


@dataclass(frozen=True, slots=True)
class Colleague:
    """A person as an admin sees them.

    Parameters
    ----------
    person
        With the memberships alone that the admin has to do with.
    is_governed
        Whether the admin may reset and remove them: whether those are all.
    """

    person: PersonRecord
    is_governed: bool


def add(
    desk: Desk,
    name: str,
    role: Role,
    organisation: str,
    venue: str | None = None,
    *,
    by: Staff | Actor,
) -> Invitation:
    """Add a person with a role, and return the link with which they set their password.

    Parameters
    ----------
    desk
        Where they will sign in.
    name
        What they are called, and sign in by.
    role
        What they may.
    organisation
        Slug of where they may; from the command line it is made where there is none.
    venue
        The only venue that it is about; None: every one.
    by
        The admin who does it; a mere `Actor` stands at the command line and may all.

    Raises
    ------
    StaffError
        The name is none or taken, or the one who does it may not.
    UnknownError
        There is no such venue in the organisation.
    """
    cleaned = clean_name(name)
    who = _get_actor(by)
    with desk.store.write() as connection:
        _check_place(connection, organisation, venue, by)
        try:
            person = add_person(connection, cleaned, fold_name(cleaned), who=who.name)
        except ConflictError:
            raise StaffError("name-taken", name=cleaned) from None
        put_membership(connection, person.id, organisation, venue, role, who=who.name)
        details = {"name": cleaned, "role": str(role)}
        _note(connection, "person-added", who, organisation, venue, details)
        return make_invitation(connection, desk, person)


def list_seen(desk: Desk, by: Staff, organisation: str) -> list[Colleague]:
    """List the people whom an admin of an organisation, or of venues of it, has to do with.

    Those too who may nothing any more, and had their last role there.
    """
    with desk.store.read() as connection:
        everybody = list_people(connection, organisation)
    seen = (_see(person, by, organisation) for person in everybody)
    return [one for one in seen if one is not None]


def get_seen(desk: Desk, by: Staff, organisation: str, person_id: int) -> Colleague:
    """Return one of `list_seen`; raises UnknownError where there is no such one."""
    with desk.store.read() as connection:
        seen = _see(find_person(connection, person_id), by, organisation)
    if seen is None:
        raise UnknownError("unknown-person", name=str(person_id))
    return seen


def set_role(
    desk: Desk,
    person_id: int,
    role: Role | None,
    organisation: str,
    venue: str | None = None,
    *,
    by: Staff | Actor,
) -> None:
    """Let a person have another role somewhere, or none there; their sessions rotate.

    Raises
    ------
    StaffError
        The one who does it may not, or would change what they may themselves.
    UnknownError
        There is no such person or venue where they are admin.
    """
    with desk.store.write() as connection:
        _check_place(connection, organisation, venue, by)
        person = _get(connection, person_id, by, organisation)
        _refuse_oneself(person, by)
        _put_role(connection, person, role, organisation, venue, by=_get_actor(by))


def reset(
    desk: Desk,
    person_id: int,
    *,
    by: Staff | Actor,
    organisation: str = "",
    factor: bool = False,
    identity: bool = False,
) -> Invitation:
    """Take away a person's password, end their sessions, and return a link to set another.

    Parameters
    ----------
    desk
        Where they sign in.
    person_id
        Whose.
    by
        The admin who does it, or who stands at the command line.
    organisation
        Where that admin is one.
    factor
        Whether the second factor goes too: for who has lost it and the recovery codes.
    identity
        Whether it is forgotten who they are at the organisation's own sign-in: for whom it has
        made another account. Whoever comes from there by their name next is taken for them.

    Raises
    ------
    StaffError
        They may something where the one who does it is no admin.
    UnknownError
        There is no such person there.
    """
    with desk.store.write() as connection:
        person = _get(connection, person_id, by, organisation)
        _check_governed(person, by)
        change_person(connection, person.id, password_hash=None)
        _let_out(connection, person)
        _note_everywhere(connection, "person-reset", _get_actor(by), person)
        if factor:
            change_person(connection, person.id, totp_secret=None, totp_step=None)
            put_recovery_codes(connection, person.id, [])
            _note_everywhere(connection, "factor-reset", _get_actor(by), person)
        if identity and person.is_linked:
            remove_identities(connection, person.id)
            _note_everywhere(connection, "identity-unlinked", _get_actor(by), person)
        return make_invitation(connection, desk, person)


def remove(desk: Desk, person_id: int, *, by: Staff | Actor, organisation: str = "") -> None:
    """Let a person be gone: signed out everywhere, the name free; what they did stays noted.

    Raises
    ------
    StaffError
        They may something where the one who does it is no admin, or it is themselves.
    UnknownError
        There is no such person there.
    """
    with desk.store.write() as connection:
        person = _get(connection, person_id, by, organisation)
        _refuse_oneself(person, by)
        _check_governed(person, by)
        _note_everywhere(connection, "person-removed", _get_actor(by), person)
        _let_out(connection, person)
        put_recovery_codes(connection, person.id, [])
        remove_row(connection, person.id)


def end_all_sessions(desk: Desk, person_id: int, *, by: Staff | Actor, organisation: str) -> None:
    """Sign a person out everywhere.

    Raises
    ------
    StaffError
        They may something where the one who does it is no admin.
    UnknownError
        There is no such person there.
    """
    with desk.store.write() as connection:
        person = _get(connection, person_id, by, organisation)
        _check_governed(person, by)
        end_sessions(connection, person.id)
        _note_everywhere(connection, "person-signed-out", _get_actor(by), person)


def find_named(desk: Desk, name: str) -> PersonRecord:
    """Return a person by name, for the command line; raises UnknownError."""
    with desk.store.read() as connection:
        person = find_by_key(connection, fold_name(name))
        known = [one.name for one in list_people(connection)]
    if person is None:
        raise UnknownError("unknown-person", name=name[:80], known=known[:10])
    return person


def list_all(desk: Desk) -> list[PersonRecord]:
    """List everybody by name, for the command line."""
    with desk.store.read() as connection:
        return list_people(connection)


@undoing(GIVEN, Role.ADMIN)
def _undo_role(connection: Connection, entry: AuditEntry, who: Actor) -> Mapping[str, Any]:
    """Give back the role that somebody had before, where they still have the one given then."""
    undo = entry.undo or {}
    person = find_person(connection, undo["person"])
    organisation, venue = entry.organisation or "", entry.venue
    now = None if person is None else _find_own_role(person, organisation, venue)
    if person is None or now != entry.details["role"] or person.id == who.person_id:
        raise ConflictError("not-undoable", entry=entry.id)
    before = undo["role"]
    put_membership(connection, person.id, organisation, venue, before, who=who.name)
    _follow_roles(connection, person.id)
    return {"name": person.name, "role": before, "before": now}


def _put_role(
    connection: Connection,
    person: PersonRecord,
    role: Role | None,
    organisation: str,
    venue: str | None,
    *,
    by: Actor,
) -> None:
    before = _find_own_role(person, organisation, venue)
    if before == role:
        return
    put_membership(connection, person.id, organisation, venue, role, who=by.name)
    _follow_roles(connection, person.id)
    note(
        connection,
        GIVEN,
        who=by,
        organisation=organisation,
        venue=venue,
        details={"name": person.name, "role": role and str(role), "before": before},
        undo={"person": person.id, "role": before},
    )


def _follow_roles(connection: Connection, person_id: int) -> None:
    """Renew the sessions of whose roles changed; who may nothing any more has none."""
    person = find_person(connection, person_id)
    if person is not None and not person.memberships:
        end_sessions(connection, person_id)
    ask_renewal(connection, person_id)


def _find_own_role(person: PersonRecord, organisation: str, venue: str | None) -> str | None:
    """Return the role that is given at a place itself, not the one that follows from elsewhere."""
    own = (one for one in person.memberships if one.organisation == organisation)
    return next((one.role for one in own if one.venue == venue), None)


def _check_place(
    connection: Connection, organisation: str, venue: str | None, by: Staff | Actor
) -> None:
    """Let there be the organisation for the command line, and the venue in it for all."""
    if isinstance(by, Staff):
        if not by.may(Role.ADMIN, organisation, venue):
            raise StaffError("not-admin-there")
    elif organisation not in list_organisations(connection):
        make_organisation(connection, organisation, {})
    if venue is not None:
        found = find_venue(connection, venue)
        if found is None or found.organisation != organisation:
            raise UnknownError("unknown-venue", venue=venue[:80])


def _see(person: PersonRecord | None, by: Staff, organisation: str) -> Colleague | None:
    """Return a person as an admin sees them; None where they have nothing to do with each other."""
    only = by.list_venues_of(Role.ADMIN, organisation)

    def is_near(where: str, venue: str | None) -> bool:
        return where == organisation and (only is None or venue in only)

    if person is None or not any(is_near(*place) for place in person.places):
        return None
    seen = tuple(one for one in person.memberships if is_near(one.organisation, one.venue))
    return Colleague(replace(person, memberships=seen), by.governs(person))


def _get(
    connection: Connection, person_id: int, by: Staff | Actor, organisation: str
) -> PersonRecord:
    person = find_person(connection, person_id)
    if person is None or (isinstance(by, Staff) and _see(person, by, organisation) is None):
        raise UnknownError("unknown-person", name=str(person_id))
    return person


def _check_governed(person: PersonRecord, by: Staff | Actor) -> None:
    if isinstance(by, Staff) and not by.governs(person):
        raise StaffError("not-governed")


def _refuse_oneself(person: PersonRecord, by: Staff | Actor) -> None:
    if isinstance(by, Staff) and person.id == by.id:
        raise StaffError("not-yourself")


def _let_out(connection: Connection, person: PersonRecord) -> None:
    end_sessions(connection, person.id)
    forget_browsers(connection, person.id)


def _get_actor(by: Staff | Actor) -> Actor:
    return by.actor if isinstance(by, Staff) else by


def _note(
    connection: Connection,
    action: str,
    who: Actor,
    organisation: str,
    venue: str | None,
    details: Mapping[str, Any],
) -> None:
    note(connection, action, who=who, organisation=organisation, venue=venue, details=details)


def _note_everywhere(
    connection: Connection,
    action: str,
    who: Actor,
    person: PersonRecord,
) -> None:
    for organisation in person.organisations:
        note(connection, action, who=who, organisation=organisation, details={"name": person.name})
