"""``wayfinder user``: who may use the studio."""

import click

from wayfinder.cli.console import language_option, print_json, printable
from wayfinder.cli.errors import CommandError
from wayfinder.cli.stored.access import find_user, opened_store
from wayfinder.guide.catalogues import translate
from wayfinder.services.people import roster
from wayfinder.services.people.desk import Desk, StaffError
from wayfinder.services.people.invitations import Invitation
from wayfinder.services.people.roles import Role
from wayfinder.settings import read_settings
from wayfinder.store import UnknownError
from wayfinder.store.audit import Actor
from wayfinder.store.people import MembershipRecord, PersonRecord
from wayfinder.store.venues import find_venue, list_organisations

_NONE = "none"
_DEFAULT = "default"

name_argument = click.argument("name", metavar="NAME")
organisation_option = click.option(
    "--organisation", metavar="ORG", help="Where; needed only where there are several."
)
venue_option = click.option("--venue", metavar="VENUE", help="The only venue that it is about.")


@click.group("user")
def command() -> None:
    """Add, list, reset and remove people who work in the studio, and say what they may."""


@command.command("add")
@name_argument
@click.option(
    "--role",
    type=click.Choice([str(role) for role in Role]),
    required=True,
    help="What they may; who may more may what is before it too.",
)
@organisation_option
@venue_option
@language_option
def add_command(
    name: str, role: str, organisation: str | None, venue: str | None, language: str
) -> None:
    """Add the person NAME, and print the link with which they set their password, this once."""
    with opened_store() as store:
        desk = Desk(store)
        place = _find_organisation(desk, organisation, venue, language)
        try:
            made = roster.add(desk, name, Role(role), place, venue, by=_who())
        except StaffError as error:
            raise _refuse(error, language) from None
    _print_link(made, language)


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@language_option
def list_command(language: str, *, as_json: bool) -> None:
    """List the people: what they may and where, and how they sign in."""
    with opened_store() as store:
        everybody = roster.list_all(Desk(store))
    if as_json:
        print_json({"people": [_describe(person) for person in everybody]})
        return
    for person in everybody:
        roles = [_say_role(one, language) for one in person.memberships]
        parts = [person.name, *roles, translate(language, f"staff.state.{_find_state(person)}")]
        click.echo(printable(" · ".join(parts)))


@command.command("role")
@name_argument
@click.argument("role", type=click.Choice([*(str(role) for role in Role), _NONE]))
@organisation_option
@venue_option
@language_option
def role_command(
    name: str, role: str, organisation: str | None, venue: str | None, language: str
) -> None:
    """Let the person NAME have another ROLE somewhere, or none there."""
    with opened_store() as store:
        desk = Desk(store)
        person = roster.find_named(desk, name)
        place = _find_organisation(desk, organisation, venue, language)
        chosen = None if role == _NONE else Role(role)
        roster.set_role(desk, person.id, chosen, place, venue, by=_who())
        person = roster.find_named(desk, name)
    roles = [_say_role(one, language) for one in person.memberships]
    code = "staff.roles-now" if roles else "staff.roles-none"
    click.echo(printable(translate(language, code, name=person.name, roles=roles)))


@command.command("reset")
@name_argument
@click.option(
    "--second-factor", is_flag=True, help="For who has lost the phone and the recovery codes too."
)
@click.option(
    "--single-sign-on",
    is_flag=True,
    help="For whom the organisation's own sign-in has made another account: unlink the former.",
)
@language_option
def reset_command(name: str, language: str, *, second_factor: bool, single_sign_on: bool) -> None:
    """Sign the person NAME out everywhere, and print a link to set another password, this once."""
    with opened_store() as store:
        desk = Desk(store)
        person = roster.find_named(desk, name)
        made = roster.reset(
            desk, person.id, by=_who(), factor=second_factor, identity=single_sign_on
        )
    _print_link(made, language)


@command.command("remove")
@name_argument
@language_option
def remove_command(name: str, language: str) -> None:
    """Let the person NAME be gone: signed out everywhere, the name free."""
    with opened_store() as store:
        desk = Desk(store)
        person = roster.find_named(desk, name)
        roster.remove(desk, person.id, by=_who())
    click.echo(printable(translate(language, "staff.removed", name=person.name)))


def _who() -> Actor:
    return Actor(find_user())


def _find_organisation(
    desk: Desk, organisation: str | None, venue: str | None, language: str
) -> str:
    """Return the organisation that is meant: the one named, the venue's, the only one."""
    if organisation is not None:
        return organisation
    with desk.store.read() as connection:
        found = None if venue is None else find_venue(connection, venue)
        known = list(list_organisations(connection))
    if venue is not None and found is None:
        raise UnknownError("unknown-venue", venue=venue[:80])
    if found is not None:
        return found.organisation
    if len(known) > 1:
        raise CommandError(translate(language, "staff.which-organisation", known=known))
    return known[0] if known else _DEFAULT


def _refuse(error: StaffError, language: str) -> CommandError:
    return CommandError(printable(translate(language, error.message_id, **error.values)))


def _print_link(made: Invitation, language: str) -> None:
    click.echo(f"{read_settings().public_url}/studio/invitation/{made.secret}")
    until = f"{made.until.astimezone():%Y-%m-%d %H:%M}"
    said = translate(language, "staff.link-made", name=made.name, time=until)
    click.echo(printable(said), err=True)


def _say_role(one: MembershipRecord, language: str) -> str:
    place = one.organisation if one.venue is None else f"{one.organisation}/{one.venue}"
    return f"{translate(language, f'staff.role.{one.role}')} ({place})"


def _find_state(person: PersonRecord) -> str:
    if person.password_hash is None:
        return "invited" if person.invite_until is not None else "no-password"
    return "password" if person.totp_secret is None else "second-factor"


def _describe(person: PersonRecord) -> dict[str, object]:
    return {
        "name": person.name,
        "state": _find_state(person),
        "made_by": person.made_by,
        "made_at": person.made_at.isoformat(),
        "roles": [
            {"organisation": one.organisation, "venue": one.venue, "role": one.role}
            for one in person.memberships
        ],
    }
