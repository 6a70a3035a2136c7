"""``wayfinder close``, ``reopen``, ``hours``, ``notice``, ``withdraw`` and ``conditions``."""

import shlex
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import click

from wayfinder.cli.console import language_option, print_json, printable
from wayfinder.cli.errors import CommandError, Exit
from wayfinder.cli.places import find_closed
from wayfinder.cli.stored.access import (
    Clock,
    find_actor,
    name_features,
    opened_store,
    read_labels,
    set_option,
    span_options,
    strip_name,
    venue_argument,
)
from wayfinder.guide.catalogues import translate
from wayfinder.model import Plan, Release, pick_label
from wayfinder.model.conditions import SURFACES
from wayfinder.services import conditions
from wayfinder.services.closing import list_closables, list_closing, say_why_shut
from wayfinder.services.directory import Directory
from wayfinder.services.reopened import find_outcome
from wayfinder.services.served import make_served
from wayfinder.store import ConflictError
from wayfinder.store.conditions import CLOSURE, HOURS, NOTICE, ConditionDraft, ConditionRecord

reason_option = click.option(
    "--reason",
    "texts",
    multiple=True,
    metavar="TEXT",
    help="Why; once a language: --reason zh-Hans=检修 --reason en=Maintenance.",
)


@click.command("close")
@venue_argument
@click.argument("feature", metavar="FEATURE")
@span_options
@reason_option
@set_option
@language_option
def close_command(venue: str, feature: str, **options: Any) -> None:  # noqa: ANN401 - see `_add`
    """Close a room, door, lift or area; routes avoid it within two seconds.

    FEATURE is an id, a code or a name. A lift is closed on all its floors.
    """
    _add(CLOSURE, venue, feature, **options)


@click.command("reopen")
@venue_argument
@click.argument("feature", metavar="FEATURE")
@click.option(
    "--set",
    "set_name",
    metavar="NAME",
    callback=strip_name,
    help="Set to take its closure out of.",
)
@language_option
def reopen_command(venue: str, feature: str, set_name: str | None, language: str) -> Exit:
    """End the closures of FEATURE, those to come as well.

    The exit code is 1 where something keeps it closed: a set that is on, its hours, its floor.
    """
    with opened_store() as store:
        plan = conditions.get_plan(store, venue)
        features = find_closed(Directory(plan), feature, language)
        name, who = name_features(plan, features, language), find_actor()
        try:
            done = conditions.reopen(store, venue, features, set_name=set_name, plan=plan, who=who)
        except ConflictError:
            done = None
        now = datetime.now(UTC)
        held, left = conditions.find_held(store, venue, now), conditions.list_all(store, venue)
    served = make_served(venue, Release(plan, 1), held)
    closables = list_closables(served, features, language)
    if done is None:
        shut = (say_why_shut(served, one, now, language) for one in closables)
        why = next(filter(None, shut), "")
        records = list_closing(left, features, now)
        raise CommandError(_say_none(records, name, set_name, why, language), Exit.NO)
    outcome = find_outcome(
        served, closables, name=name, ended=done.opened, left=left, at=now, language=language
    )
    said = translate(language, f"store.reopened-{outcome.code}", **outcome.values)
    click.echo(printable(said), err=outcome.stays_shut)
    return Exit.NO if outcome.stays_shut else Exit.DONE


def _say_none(
    records: Iterable[ConditionRecord], name: str, set_name: str | None, why: str, language: str
) -> str:
    """Say that there was no closure to end, why it is shut, and which sets have closures of it."""
    code = "nobody" if set_name is None else "not-by-set"
    said = translate(language, f"store.reopened-{code}", name=name, set=set_name)
    if why:
        said = translate(language, "store.reopened-shut-anyway", problem=said, why=why)
    sets = {one.set: one.active for one in records if one.set is not None}
    for other, active in sorted(sets.items()):
        where = translate(language, f"store.in-set-{'on' if active else 'off'}", name=other)
        option = f"--set {shlex.quote(other)}"
        said = translate(
            language, "store.reopened-elsewhere", problem=said, where=where, option=option
        )
    return printable(said)


@click.command("hours")
@venue_argument
@click.argument("feature", metavar="FEATURE")
@click.argument("hours", metavar="HOURS")
@span_options
@reason_option
@set_option
@language_option
def hours_command(
    venue: str,
    feature: str,
    hours: str,
    **options: Any,  # noqa: ANN401 - see `_add`
) -> None:
    """Let other hours hold than those of the plan, on a holiday say.

    HOURS are OSM opening_hours: "off", "09:00-12:00", "Mo-Fr 08:00-20:00".
    """
    _add(HOURS, venue, feature, hours=hours, **options)


@click.command("notice")
@venue_argument
@click.argument("texts", nargs=-1, required=True, metavar="TEXT...")
@click.option("--about", metavar="FEATURE", help="The place, floor or building it is about.")
@click.option(
    "--on",
    "shown_on",
    multiple=True,
    type=click.Choice(SURFACES),
    help="Where it is shown, once each; without: everywhere.",
)
@span_options
@set_option
@language_option
def notice_command(
    venue: str,
    texts: tuple[str, ...],
    about: str | None,
    **options: Any,  # noqa: ANN401 - see `_add`
) -> None:
    """Show everybody a notice.

    TEXT comes once a language: zh-Hans=请戴口罩 "en=Masks, please".
    """
    _add(NOTICE, venue, about, texts=texts, **options)


def _add(  # noqa: PLR0913 - what three commands take
    kind: str,
    venue: str,
    feature: str | None,
    *,
    start: str | None,
    end: str | None,
    texts: tuple[str, ...],
    set_name: str | None,
    language: str,
    hours: str | None = None,
    shown_on: tuple[str, ...] = (),
) -> None:
    """Add a condition as it was typed, and say what it does."""
    with opened_store() as store:
        plan = conditions.get_plan(store, venue)
        features = find_closed(Directory(plan), feature, language) if feature else ()
        if kind == NOTICE:
            features = features[:1]
        clock = Clock.of(plan, language)
        span = clock.read_span(start, end)
        labels = read_labels(texts, language)
        draft = ConditionDraft(kind, features, labels, *span, hours, shown_on)
        who = find_actor()
        made = conditions.add(store, venue, draft, plan=plan, set_name=set_name, who=who)
    click.echo(_say(made, plan, clock))


@click.command("withdraw")
@venue_argument
@click.argument("number", type=click.IntRange(min=1), metavar="N")
@language_option
def withdraw_command(venue: str, number: int, language: str) -> None:
    """End a closure, exceptional hours or a notice by its number in `conditions`."""
    with opened_store() as store:
        plan = conditions.get_plan(store, venue)
        gone = conditions.remove(store, venue, number, plan=plan, who=find_actor())
    said = _say(gone, plan, Clock.of(plan, language))
    click.echo(translate(language, "store.withdrawn", text=said))


@click.command("conditions")
@venue_argument
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@language_option
def conditions_command(venue: str, language: str, *, as_json: bool) -> None:
    """List what holds today and what is to come, with numbers, sets that are off included."""
    with opened_store() as store:
        records = conditions.list_all(store, venue)
        if as_json:
            print_json({"venue": venue, "conditions": [_make_document(one) for one in records]})
            return
        plan = conditions.get_plan(store, venue)
    clock = Clock.of(plan, language)
    for record in records:
        over = record.draft.end is not None and record.draft.end <= clock.now
        click.secho(f"{record.id:>5}  {_say(record, plan, clock)}", dim=over or not record.active)
    if not records:
        click.echo(translate(language, "store.no-conditions"))


def _say(record: ConditionRecord, plan: Plan, clock: Clock) -> str:
    """Say a condition in one line."""
    draft, language = record.draft, clock.language
    name = name_features(plan, draft.features, language)
    text = pick_label(draft.text, language)
    values = {"name": name, "hours": draft.hours, "text": text}
    said = translate(language, f"store.{draft.kind}{'' if name else '-all'}", **values)
    parts = [said, clock.say_span(draft.start, draft.end)]
    if text and draft.kind != NOTICE:
        parts.append(text)
    if record.set is not None:
        state = "on" if record.active else "off"
        parts.append(translate(language, f"store.in-set-{state}", name=record.set))
    return printable(" · ".join(part for part in parts if part))


def _make_document(record: ConditionRecord) -> dict[str, Any]:
    draft = record.draft
    return {
        "id": record.id,
        "kind": draft.kind,
        "features": list(draft.features),
        "hours": draft.hours,
        "text": dict(draft.text),
        "shown_on": list(draft.shown_on),
        "from": draft.start.isoformat() if draft.start else None,
        "until": draft.end.isoformat() if draft.end else None,
        "set": record.set,
        "active": record.active,
        "made_by": record.made_by,
        "made_at": record.made_at.isoformat(),
    }
