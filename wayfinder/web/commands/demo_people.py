"""Somebody who may everything in the demonstration's studio, with a password for this once."""

import secrets
from collections.abc import Iterator

from wayfinder.guide.catalogues import LANGUAGES, translate
from wayfinder.services.people import roster
from wayfinder.services.people.desk import Desk
from wayfinder.services.people.invitations import take
from wayfinder.services.people.roles import Role
from wayfinder.store import Store
from wayfinder.store.audit import Actor
from wayfinder.store.venues import list_organisations

NAME = "demo"
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Nothing that looks like something else."""


def prepare(store: Store, url: str) -> Iterator[str]:
    """Add an admin, and yield how one signs in."""
    password = "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))
    desk, who = Desk(store), Actor(NAME)
    with store.read() as connection:
        organisations = list(list_organisations(connection))
    if not organisations:
        return
    first, *others = organisations
    invitation = roster.add(desk, NAME, Role.ADMIN, first, by=who)
    person = take(desk, invitation.secret, password)
    for organisation in others:
        roster.set_role(desk, person.id, Role.ADMIN, organisation, by=who)
    for language in LANGUAGES:
        page = f"{url}/studio/sign-in?lang={language}"
        yield translate(language, "api.demo-studio", url=page, name=NAME, password=password)
