"""Roles: what somebody may, in an organisation or at one venue of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from wayfinder.store.audit import Actor
from wayfinder.store.people import MembershipRecord, PersonRecord


class Role(StrEnum):
    """What somebody may; who may more may what is before it too."""

    VIEWER = "viewer"
    EDITOR = "editor"
    PUBLISHER = "publisher"
    ADMIN = "admin"

    @property
    def rank(self) -> int:
        """Its place in the order."""
        return list(Role).index(self)

    def covers(self, needed: "Role") -> bool:
        """Tell whether it is enough where another is needed."""
        return self.rank >= needed.rank


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who is signed in, and what they may.

    Parameters
    ----------
    id
        Of the person.
    name
        What they are called.
    memberships
        What they may, and where.
    """

    id: int
    name: str
    memberships: tuple[MembershipRecord, ...]

    @classmethod
    def of(cls, person: PersonRecord) -> "Staff":
        """Return what a person may."""
        return cls(person.id, person.name, person.memberships)

    @property
    def actor(self) -> Actor:
        """Who they are for the audit."""
        return Actor(self.name, self.id)

    @property
    def organisations(self) -> tuple[str, ...]:
        """Slugs of the organisations in which they may anything, in order."""
        return tuple(dict.fromkeys(one.organisation for one in self.memberships))

    def find_role(self, organisation: str, venue: str | None = None) -> Role | None:
        """Return what they may at a venue, or in the whole of an organisation; None: nothing."""
        return _find_highest(
            one
            for one in self.memberships
            if one.organisation == organisation and one.venue in {None, venue}
        )

    def find_role_anywhere(self, organisation: str) -> Role | None:
        """Return the most that they may anywhere in an organisation."""
        return _find_highest(one for one in self.memberships if one.organisation == organisation)

    def may(self, needed: Role, organisation: str, venue: str | None = None) -> bool:
        """Tell whether they may what needs a role, at a venue or in the whole organisation."""
        role = self.find_role(organisation, venue)
        return role is not None and role.covers(needed)

    def list_venues_of(self, needed: Role, organisation: str) -> tuple[str, ...] | None:
        """List the venues at which they have a role; None: at all of the organisation."""
        if self.may(needed, organisation):
            return None
        own = [one for one in self.memberships if one.organisation == organisation]
        return tuple(
            one.venue for one in own if one.venue is not None and Role(one.role).covers(needed)
        )

    def governs(self, person: PersonRecord) -> bool:
        """Tell whether they are admin wherever somebody may anything, or last did.

        Only they may take over how that person signs in: else an admin of one venue would get
        into another through them.
        """
        return bool(person.places) and all(
            self.may(Role.ADMIN, organisation, venue) for organisation, venue in person.places
        )


def _find_highest(found: Iterable[MembershipRecord]) -> Role | None:
    roles = [Role(one.role) for one in found]
    return max(roles, key=lambda role: role.rank, default=None)
