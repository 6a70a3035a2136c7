"""``wayfinder sign-state``: which signs are planned, printed, on the wall, damaged, gone."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import click

from wayfinder.cli.console import language_option, print_json, printable
from wayfinder.cli.errors import CommandError
from wayfinder.cli.stored.access import find_actor, opened_store, venue_argument
from wayfinder.guide.catalogues import translate
from wayfinder.model import pick_label
from wayfinder.model.sign_records import SignState
from wayfinder.services import signage
from wayfinder.services.signage import SignEntry
from wayfinder.store.signs import StateChange

_UNTIL_MIDNIGHT = timedelta(hours=23, minutes=59, seconds=59)
_STATES = click.Choice([str(one) for one in SignState])

level_option = click.option(
    "--level", metavar="LEVEL", help="Only signs on a level: its id, or the label of floors."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


@click.group("sign-state")
def command() -> None:
    """Keep track of the signs of a venue: planned, printed, mounted, damaged, removed.

    SIGN is a code, however it is typed, or a number such as A3-07.
    """


@command.command("list")
@venue_argument
@click.option(
    "--state", "states", multiple=True, type=_STATES, help="Only signs in a state; may be repeated."
)
@level_option
@json_option
@language_option
def list_command(
    venue: str, states: tuple[str, ...], level: str | None, language: str, *, as_json: bool
) -> None:
    """List the signs of a venue: code, number, floor, place, state, since when."""
    with opened_store() as store:
        every = signage.list_entries(store, venue)
        wanted = tuple(map(SignState, states))
        found = signage.choose_entries(every, states=wanted, level=level)
    if as_json:
        print_json({"venue": venue, "signs": [_make_document(one) for one in found]})
        return
    _print(found, language)
    if not found:
        click.echo(translate(language, "store.no-signs"))


@command.command("set")
@venue_argument
@click.argument("state", metavar="STATE", type=_STATES)
@click.argument("signs", nargs=-1, metavar="[SIGN...]")
@click.option(
    "--from", "before", type=_STATES, help="Instead of naming signs: all that are in a state."
)
@level_option
@click.option(
    "--on",
    "since",
    metavar="DATE",
    help="When it came to be so: 2026-11-20, or with the time; else now.",
)
@json_option
@language_option
def set_command(
    venue: str,
    state: str,
    signs: tuple[str, ...],
    *,
    before: str | None,
    level: str | None,
    since: str | None,
    language: str,
    as_json: bool,
) -> None:
    """Note what became of signs: of all that are named, or of none.

    STATE is planned, printed, mounted, damaged or removed. A sign is planned, then printed, then
    mounted; what is mounted may be damaged, and what is damaged mended (mounted). What hangs and
    is printed anew goes on hanging, until it is said that the new one is mounted. Any may be
    removed, and what was removed may hang again (mounted).
    """
    if not signs and before is None:
        raise CommandError(translate(language, "store.name-signs"))
    when = None if since is None else _read_date(since, language)
    with opened_store() as store:
        states = () if before is None else (SignState(before),)
        every = signage.list_entries(store, venue)
        chosen = signage.choose_entries(every, texts=signs, states=states, level=level)
        codes = [one.code for one in chosen]
        changed = signage.set_states(
            store, venue, SignState(state), codes, who=find_actor(), since=when
        )
    if as_json:
        print_json({"venue": venue, "signs": [_make_document(one) for one in changed]})
        return
    _print(changed, language)
    values = {"count": len(changed), "state": translate(language, f"store.state.{state}")}
    click.echo(translate(language, "store.states-set", **values))


@command.command("history")
@venue_argument
@click.argument("sign", metavar="SIGN")
@json_option
@language_option
def history_command(venue: str, sign: str, language: str, *, as_json: bool) -> None:
    """Tell what became of a sign since it was planned, and who noted it."""
    with opened_store() as store:
        entry, changes = signage.get_history(store, venue, sign)
    if as_json:
        listed = [_make_change(one) for one in changes]
        print_json({"venue": venue, "sign": _make_document(entry), "changes": listed})
        return
    for one in changes:
        said = translate(language, f"store.state.{one.state}")
        parts = [_say_date(one.since), said, one.made_by]
        click.echo(printable(" · ".join(part for part in parts if part)))


def _print(entries: Iterable[SignEntry], language: str) -> None:
    for one in entries:
        place = one.place
        labels = (place.building, place.floor, place.name) if place is not None else ()
        where = " ".join(said for label in labels if (said := pick_label(label, language)))
        state = translate(language, f"store.state.{one.state}")
        parts = [where, state, _say_date(one.since)]
        if one.reprinted_at is not None:
            date = _say_date(one.reprinted_at)
            parts.append(translate(language, "store.reprinted", date=date))
        if not one.is_in_force:
            parts.append(translate(language, "store.sign-not-in-plan"))
        line = " · ".join(part for part in parts if part)
        click.secho(printable(f"{one.code}  {one.ref or '-':8}  {line}"), dim=not one.is_in_force)


def _say_date(instant: datetime) -> str:
    return f"{instant.astimezone():%Y-%m-%d}"


def _make_document(one: SignEntry) -> dict[str, Any]:
    place = one.place
    return {
        "code": one.code,
        "ref": one.ref,
        "sign": one.feature,
        "state": str(one.state),
        "since": one.since.isoformat(),
        "by": one.state_by,
        "reprinted_at": one.reprinted_at.isoformat() if one.reprinted_at else None,
        "in_force": one.is_in_force,
        "level": place.level if place else None,
        "floor": dict(place.floor) if place else {},
        "building": dict(place.building) if place else {},
        "place": dict(place.name) if place else {},
    }


def _make_change(one: StateChange) -> dict[str, Any]:
    return {
        "state": str(one.state),
        "since": one.since.isoformat(),
        "by": one.made_by,
        "noted_at": one.made_at.isoformat() if one.made_at else None,
    }


def _read_date(text: str, language: str) -> datetime:
    """Read an instant; a date alone is the end of that day, today's is now.

    What is printed in the morning may be mounted in the afternoon.
    """
    try:
        if len(text) == len("2026-11-20"):
            start = datetime.combine(date.fromisoformat(text), time.min).astimezone()
            now = datetime.now(UTC)
            return start if start > now else min(start + _UNTIL_MIDNIGHT, now)
        return datetime.fromisoformat(text).astimezone()
    except (ValueError, OverflowError, OSError):
        values = {"option": "--on", "text": text[:40]}
        raise CommandError(translate(language, "store.bad-time", **values)) from None
