"""``wayfinder set``: conditions that are switched on and off together."""

from collections.abc import Iterable

import click

from wayfinder.cli.console import language_option, print_json, printable
from wayfinder.cli.stored.access import find_actor, opened_store, venue_argument
from wayfinder.guide.catalogues import translate
from wayfinder.services import conditions
from wayfinder.store.conditions import ConditionSet


@click.group("set")
def command() -> None:
    """Switch sets of conditions, "night" or "building works" say, in one go.

    A set is made by the first condition that joins it: close VENUE FEATURE --set NAME.
    """


@command.command("list")
@venue_argument
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@language_option
def list_command(venue: str, language: str, *, as_json: bool) -> None:
    """List the sets of a venue, and which are on."""
    with opened_store() as store:
        sets = conditions.list_all_sets(store, venue)
    if as_json:
        print_json({"venue": venue, "sets": [_make_document(one) for one in sets]})
        return
    _print(sets, language)


@command.command("on")
@venue_argument
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option("--off", multiple=True, metavar="NAME", help="Set that is switched off with it.")
@language_option
def on_command(venue: str, names: tuple[str, ...], off: tuple[str, ...], language: str) -> None:
    """Switch sets on; with --off others off in the same moment."""
    with opened_store() as store:
        sets = conditions.switch(store, venue, on=names, off=off, who=find_actor())
    _print(sets, language)


@command.command("off")
@venue_argument
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@language_option
def off_command(venue: str, names: tuple[str, ...], language: str) -> None:
    """Switch sets off."""
    with opened_store() as store:
        sets = conditions.switch(store, venue, off=names, who=find_actor())
    _print(sets, language)


@command.command("remove")
@venue_argument
@click.argument("name", metavar="NAME")
@language_option
def remove_command(venue: str, name: str, language: str) -> None:
    """Remove a set with all its conditions."""
    with opened_store() as store:
        conditions.forget_set(store, venue, name, who=find_actor())
    click.echo(printable(translate(language, "store.set-removed", name=name)))


def _print(sets: Iterable[ConditionSet], language: str) -> None:
    found = list(sets)
    for one in found:
        code = f"store.set-{'on' if one.active else 'off'}"
        line = printable(translate(language, code, name=one.name, count=one.members))
        click.secho(line, bold=one.active)
    if not found:
        click.echo(translate(language, "store.no-sets"))


def _make_document(one: ConditionSet) -> dict[str, object]:
    return {
        "name": one.name,
        "active": one.active,
        "members": one.members,
        "switched_by": one.switched_by,
        "switched_at": one.switched_at.isoformat(),
    }
