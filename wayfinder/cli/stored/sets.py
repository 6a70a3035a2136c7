"""``wayfinder set``: conditions that are switched on and off together."""

from collections.abc import Iterable

import click

from wayfinder.cli.console import language_option, print_json, printable
from wayfinder.cli.stored.access import Clock, find_actor, opened_store, venue_argument
from wayfinder.guide.catalogues import translate
from wayfinder.services import condition_sets, conditions
from wayfinder.store import Store
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
        _print(store, venue, sets, language)


@command.command("on")
@venue_argument
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option("--off", multiple=True, metavar="NAME", help="Set that is switched off with it.")
@language_option
def on_command(venue: str, names: tuple[str, ...], off: tuple[str, ...], language: str) -> None:
    """Switch sets on; with --off others off in the same moment."""
    with opened_store() as store:
        sets = conditions.switch(store, venue, on=names, off=off, who=find_actor())
        _print(store, venue, sets, language)


@command.command("off")
@venue_argument
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@language_option
def off_command(venue: str, names: tuple[str, ...], language: str) -> None:
    """Switch sets off."""
    with opened_store() as store:
        sets = conditions.switch(store, venue, off=names, who=find_actor())
        _print(store, venue, sets, language)


@command.command("hours")
@venue_argument
@click.argument("name", metavar="NAME")
@click.argument("hours", metavar="[HOURS]", default="")
@language_option
def hours_command(venue: str, name: str, hours: str, language: str) -> None:
    """Let a set be on by hours; without HOURS by hand alone.

    HOURS are OSM opening_hours on the venue's clock, "20:00-06:00" say. What is switched by hand
    in between holds until they next begin or end.
    """
    with opened_store() as store:
        found = condition_sets.find_named_set(store, venue, name)
        made = condition_sets.give_hours(store, venue, found.id, hours, who=find_actor())
        _print(store, venue, [made], language)


@command.command("remove")
@venue_argument
@click.argument("name", metavar="NAME")
@language_option
def remove_command(venue: str, name: str, language: str) -> None:
    """Remove a set with all its conditions."""
    with opened_store() as store:
        conditions.forget_set(store, venue, name, who=find_actor())
    click.echo(printable(translate(language, "store.set-removed", name=name)))


def _print(store: Store, venue: str, sets: Iterable[ConditionSet], language: str) -> None:
    found = list(sets)
    plan = conditions.get_plan(store, venue) if any(one.hours for one in found) else None
    for one in found:
        code = f"store.set-{'on' if one.active else 'off'}"
        line = translate(language, code, name=one.name, count=one.members)
        if one.hours and plan is not None:
            clock = Clock.of(plan, language)
            at = clock.say(condition_sets.foresee(one, clock.zone).due_at) or "–"
            line += translate(language, "store.set-by-hours", hours=one.hours, at=at)
        click.secho(printable(line), bold=one.active)
    if not found:
        click.echo(translate(language, "store.no-sets"))


def _make_document(one: ConditionSet) -> dict[str, object]:
    return {
        "name": one.name,
        "active": one.active,
        "members": one.members,
        "switched_by": one.switched_by,
        "switched_at": one.switched_at.isoformat() if one.switched_at else None,
        "hours": one.hours,
        "due_at": one.due_at.isoformat() if one.due_at else None,
    }
