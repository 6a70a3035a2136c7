"""People: what they are called, what they may, how they sign in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from wayfinder.store.errors import ConflictError
from wayfinder.store.tables import identities, memberships, organisations, people, venues


@dataclass(frozen=True, slots=True)
class MembershipRecord:
    """What a person may somewhere.

    Parameters
    ----------
    id
        Of its row.
    organisation
        Slug of the organisation.
    venue
        Slug of the only venue that it is about; None: every one of the organisation.
    role
        ``viewer``, ``editor``, ``publisher`` or ``admin``.
    """

    id: int
    organisation: str
    venue: str | None
    role: str


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """What the store knows of a person.

    Parameters
    ----------
    id
        Of its row.
    name
        As it was typed.
    password_hash
        Of the password, or None where there is none.
    totp_secret
        Base32 of the second factor, or None where there is none.
    totp_step
        Number of the last half minute of which a code was taken.
    invite_until
        Until when the link is good with which a password is set; None: there is none.
    made_by, made_at
        Who added them, and when.
    is_linked
        Whether they are somebody at the organisation's own sign-in.
    last_organisation, last_venue
        Slugs of where a role was taken away last; None: nowhere.
    memberships
        What they may, and where.
    """

    id: int
    name: str
    password_hash: str | None
    totp_secret: str | None
    totp_step: int | None
    invite_until: datetime | None
    made_by: str
    made_at: datetime
    is_linked: bool
    last_organisation: str | None
    last_venue: str | None
    memberships: tuple[MembershipRecord, ...]

    @property
    def places(self) -> tuple[tuple[str, str | None], ...]:
        """Organisation and venue of wherever they may anything.

        Of who may nothing any more, where they last did: somebody has to see to them.
        """
        if self.memberships or self.last_organisation is None:
            return tuple((one.organisation, one.venue) for one in self.memberships)
        return ((self.last_organisation, self.last_venue),)

    @property
    def organisations(self) -> tuple[str, ...]:
        """Slugs of the organisations of these places, each once."""
        return tuple(dict.fromkeys(organisation for organisation, _ in self.places))


_LAST = organisations.alias("last_organisation")
_PEOPLE = (
    sa.select(
        people.c.id,
        people.c.name,
        people.c.password_hash,
        people.c.totp_secret,
        people.c.totp_step,
        people.c.invite_until,
        people.c.made_by,
        people.c.made_at,
        sa.exists().where(identities.c.person_id == people.c.id).label("is_linked"),
        _LAST.c.slug.label("last_organisation"),
        venues.c.slug.label("last_venue"),
    )
    .outerjoin(_LAST, people.c.last_organisation_id == _LAST.c.id)
    .outerjoin(venues, people.c.last_venue_id == venues.c.id)
    .where(people.c.removed_at.is_(None))
)
_MEMBERSHIPS = (
    sa.select(
        memberships.c.person_id,
        memberships.c.id,
        organisations.c.slug.label("organisation"),
        venues.c.slug.label("venue"),
        memberships.c.role,
    )
    .join(organisations, memberships.c.organisation_id == organisations.c.id)
    .outerjoin(venues, memberships.c.venue_id == venues.c.id)
    .order_by(organisations.c.slug, sa.func.coalesce(venues.c.slug, ""))
)


def list_people(connection: Connection, organisation: str | None = None) -> list[PersonRecord]:
    """List the people by name, of an organisation or all; those removed are not.

    Who may nothing any more is of the organisation where they last did.
    """
    chosen = _PEOPLE.order_by(people.c.key)
    if organisation is not None:
        of = sa.select(memberships.c.person_id).join(organisations)
        last = sa.and_(
            _LAST.c.slug == organisation,
            people.c.id.not_in(sa.select(memberships.c.person_id)),
        )
        chosen = chosen.where(
            people.c.id.in_(of.where(organisations.c.slug == organisation)) | last
        )
    return _read(connection, chosen)


def find_person(connection: Connection, person_id: int) -> PersonRecord | None:
    """Return a person by id, or None."""
    return _read_one(connection, _PEOPLE.where(people.c.id == person_id))


def find_by_key(connection: Connection, key: str) -> PersonRecord | None:
    """Return a person by the name as it is compared, or None."""
    return _read_one(connection, _PEOPLE.where(people.c.key == key))


def find_by_invite(connection: Connection, invite_hash: str) -> PersonRecord | None:
    """Return the person whom a link was made for, also where it is over; or None."""
    return _read_one(connection, _PEOPLE.where(people.c.invite_hash == invite_hash))


def find_by_identity(connection: Connection, issuer: str, subject: str) -> PersonRecord | None:
    """Return who somebody is at the organisation's own sign-in, or None."""
    who = sa.select(identities.c.person_id).where(
        identities.c.issuer == issuer, identities.c.subject == subject
    )
    return _read_one(connection, _PEOPLE.where(people.c.id.in_(who)))


def has_identity(connection: Connection, person_id: int, issuer: str) -> bool:
    """Tell whether a person is somebody at a sign-in already."""
    chosen = sa.select(identities.c.subject).where(
        identities.c.person_id == person_id, identities.c.issuer == issuer
    )
    return connection.execute(chosen).first() is not None


def add_identity(connection: Connection, person_id: int, issuer: str, subject: str) -> None:
    """Note who a person is at the organisation's own sign-in."""
    connection.execute(
        sa.insert(identities).values(
            issuer=issuer, subject=subject, person_id=person_id, made_at=datetime.now(UTC)
        )
    )


def remove_identities(connection: Connection, person_id: int) -> None:
    """Let a person be nobody at any sign-in but this one."""
    connection.execute(sa.delete(identities).where(identities.c.person_id == person_id))


def add_person(connection: Connection, name: str, key: str, *, who: str) -> PersonRecord:
    """Add a person who may nothing yet; raises ConflictError where the name is taken."""
    if find_by_key(connection, key) is not None:
        raise ConflictError("person-name-taken", name=name)
    values = {"name": name, "key": key, "made_by": who, "made_at": datetime.now(UTC)}
    connection.execute(sa.insert(people).values(values))
    found = find_by_key(connection, key)
    assert found is not None  # noqa: S101 - it has just been added
    return found


def name_people(connection: Connection, ids: Iterable[int]) -> dict[int, str]:
    """Return what people are called, by id; those removed too, of whom there is a trace left."""
    chosen = sa.select(people.c.id, people.c.name).where(people.c.id.in_(sorted(set(ids))))
    return {row.id: row.name for row in connection.execute(chosen)}


def change_person(connection: Connection, person_id: int, **values: Any) -> None:  # noqa: ANN401
    """Set columns of a person's row."""
    connection.execute(sa.update(people).where(people.c.id == person_id).values(values))


def remove_person(connection: Connection, person_id: int) -> None:
    """Let a person be gone: no name, no roles, nothing to sign in with; the row stays."""
    change_person(
        connection,
        person_id,
        key=None,
        removed_at=datetime.now(UTC),
        password_hash=None,
        totp_secret=None,
        totp_step=None,
        invite_hash=None,
        invite_until=None,
    )
    connection.execute(sa.delete(memberships).where(memberships.c.person_id == person_id))
    remove_identities(connection, person_id)


def put_membership(
    connection: Connection,
    person_id: int,
    organisation: str,
    venue: str | None,
    role: str | None,
    *,
    who: str,
) -> None:
    """Let a person have a role in an organisation or at one venue of it, or none there."""
    owner = sa.select(organisations.c.id).where(organisations.c.slug == organisation)
    organisation_id = connection.execute(owner).scalar_one()
    venue_id = None
    if venue is not None:
        place = sa.select(venues.c.id).where(
            venues.c.slug == venue, venues.c.organisation_id == organisation_id
        )
        venue_id = connection.execute(place).scalar_one()
    connection.execute(
        sa.delete(memberships).where(
            memberships.c.person_id == person_id,
            memberships.c.organisation_id == organisation_id,
            memberships.c.venue_id.is_(None)
            if venue_id is None
            else memberships.c.venue_id == venue_id,
        )
    )
    if role is None:
        last = {"last_organisation_id": organisation_id, "last_venue_id": venue_id}
        change_person(connection, person_id, **last)
    else:
        connection.execute(
            sa.insert(memberships).values(
                person_id=person_id,
                organisation_id=organisation_id,
                venue_id=venue_id,
                role=role,
                made_by=who,
                made_at=datetime.now(UTC),
            )
        )


def _read_one(connection: Connection, chosen: sa.Select[Any]) -> PersonRecord | None:
    return next(iter(_read(connection, chosen)), None)


def _read(connection: Connection, chosen: sa.Select[Any]) -> list[PersonRecord]:
    rows = connection.execute(chosen).all()
    of = _read_memberships(connection, [row.id for row in rows])
    found = ((*row, tuple(of.get(row.id, ()))) for row in rows)
    return [PersonRecord(*values) for values in found]


def _read_memberships(
    connection: Connection, person_ids: Iterable[int]
) -> dict[int, list[MembershipRecord]]:
    found: dict[int, list[MembershipRecord]] = {}
    chosen = _MEMBERSHIPS.where(memberships.c.person_id.in_(list(person_ids)))
    for person_id, *rest in connection.execute(chosen):
        found.setdefault(person_id, []).append(MembershipRecord(*rest))
    return found
