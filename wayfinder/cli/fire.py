"""``wayfinder fire``: texts for the day of a fire, and whether a venue is ready or on fire."""

from pathlib import Path
from typing import Any

import click

from wayfinder.cli.console import language_option, print_json, printable
from wayfinder.cli.errors import CommandError, Exit
from wayfinder.cli.fire_keys import (
    allow_command,
    guarded,
    key_command,
    key_option,
    open_key,
    revoke_command,
    say_refused,
)
from wayfinder.cli.fire_takeover import confirm_command, end_command, trigger_command
from wayfinder.cli.plans import say_format_error
from wayfinder.cli.stored.access import opened_store, venue_argument
from wayfinder.formats.errors import UnreadableError
from wayfinder.formats.safe_json import parse_json
from wayfinder.guide.catalogues import translate
from wayfinder.model import Plan, pick_label
from wayfinder.services import conditions
from wayfinder.services.fire import approve as approving
from wayfinder.services.fire.keyring import APPROVE
from wayfinder.services.fire.state import Alarm
from wayfinder.services.fire.texts import APPROVALS, FireTexts
from wayfinder.services.fire.watch import FireWatch, make_watch


@click.group("fire")
def command() -> None:
    """Show the approved texts on all displays and phones of a building on fire, and end it.

    Two people approve the texts beforehand. One person or the alarm panel triggers, two people end
    it. It works without the database.
    """


for _part in (
    key_command,
    allow_command,
    revoke_command,
    trigger_command,
    end_command,
    confirm_command,
):
    command.add_command(_part)


@command.command("approve")
@venue_argument
@click.argument("file", required=False, metavar="[FILE]", type=click.Path(path_type=Path))
@key_option
@click.option("--yes", is_flag=True, help="Do not ask; the texts were read elsewhere.")
@language_option
def approve_command(
    venue: str, file: Path | None, key_path: Path, language: str, *, yes: bool
) -> None:
    """Approve the texts in FILE; the second person approves what the first has signed."""
    with guarded() as settings:
        private = open_key(key_path)
        watch = make_watch(settings)
        fire = watch.open(venue)
        signer = approving.find_signer(watch.keyring, private, APPROVE, venue)
        if file is not None:
            texts: FireTexts | None = approving.prepare(fire, _read_texts(file), signer)
        else:
            texts = approving.find_unsigned(fire, signer)
        if texts is None:
            raise CommandError(translate(language, "fire.cmd-nothing-pending"), Exit.NO)
        _check_places(venue, texts, language)
        _print_texts(texts)
        asked = translate(language, "fire.cmd-ask-approve", name=signer.name)
        if not yes and not click.confirm(printable(asked), err=True):
            raise CommandError(translate(language, "fire.cmd-not-approved"), Exit.NO)
        approving.approve(fire, texts, private)
        fire = watch.open(venue)
        by = next(one for one in fire.list_texts() if one.signed.digest == texts.signed.digest)
        names = by.list_approvers(watch.keyring, venue)
    code = "in-force" if len(names) >= APPROVALS else "one-more"
    said = translate(language, f"fire.cmd-{code}", names=list(names), venue=venue)
    click.echo(printable(said))


@command.command("status")
@venue_argument
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@language_option
def status_command(venue: str, language: str, *, as_json: bool) -> Exit:
    """Say whether a venue is on fire, and whether it is ready for one; 1 where it is not."""
    with guarded() as settings:
        watch = make_watch(settings)
        fire = watch.open(venue)
        alarm = watch.find_alarm(venue)
        approved = next(iter(fire.list_approved()), None)
        pending = approving.find_pending(fire)
        problems = [say_refused(one) for one in watch.list_problems()]
    ready = approved is not None and not problems
    if as_json:
        print_json(
            {
                "venue": venue,
                "fire": _describe(alarm),
                "texts": _describe_texts(approved, watch, venue),
                "pending": _describe_texts(pending, watch, venue),
                "problems": problems,
                "ready": ready,
            }
        )
        return Exit.DONE if ready else Exit.NO
    for line in _list_status(alarm, approved, pending, language, venue):
        click.echo(printable(line))
    for problem in problems:
        click.secho(f"! {problem}", fg="red", err=True)
    return Exit.DONE if ready else Exit.NO


def _list_status(
    alarm: Alarm | None,
    approved: FireTexts | None,
    pending: FireTexts | None,
    language: str,
    venue: str,
) -> list[str]:
    lines = [translate(language, "fire.cmd-calm", venue=venue)]
    if alarm is not None:
        names = [f"{zone.id} {pick_label(zone.name, language)}" for zone in alarm.zones]
        span = {
            "since": f"{alarm.since.astimezone():%Y-%m-%d %H:%M}",
            "until": f"{alarm.until.astimezone():%Y-%m-%d %H:%M}",
        }
        lines = [translate(language, "fire.cmd-burning", venue=venue, zones=names, **span)]
        if alarm.ending:
            lines.append(translate(language, "fire.cmd-ending", name=alarm.ending, venue=venue))
    code = "no-texts" if approved is None else "texts"
    values = {"number": approved.number, "zones": list(approved.zones)} if approved else {}
    lines.append(translate(language, f"fire.cmd-{code}", **values))
    if pending is not None:
        lines.append(translate(language, "fire.cmd-pending", venue=venue))
    return lines


def _describe(alarm: Alarm | None) -> dict[str, Any] | None:
    if alarm is None:
        return None
    return {
        "zones": [zone.id for zone in alarm.zones],
        "since": alarm.since.isoformat(),
        "until": alarm.until.isoformat(),
        "end_asked_by": alarm.ending or None,
    }


def _describe_texts(texts: FireTexts | None, watch: FireWatch, venue: str) -> dict[str, Any] | None:
    if texts is None:
        return None
    return {
        "number": texts.number,
        "zones": list(texts.zones),
        "approved_by": list(texts.list_approvers(watch.keyring, venue)),
    }


def _read_texts(file: Path) -> object:
    try:
        value, _ = parse_json(file.read_bytes(), file.name)
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror or error}") from None
    except UnreadableError as error:
        raise CommandError(say_format_error(error, file)) from None
    return value


def _check_places(venue: str, texts: FireTexts, language: str) -> None:
    """Refuse texts for buildings that the plan does not have: nobody there would see them."""
    with opened_store() as store:
        plan: Plan = conditions.get_plan(store, venue)
    for zone in texts.zones.values():
        missing = zone.list_missing(plan)
        if missing:
            values = {"zone": zone.id, "places": missing}
            raise CommandError(printable(translate(language, "fire.cmd-no-place", **values)))


def _print_texts(texts: FireTexts) -> None:
    """Print every word that is to be approved."""
    for zone in texts.zones.values():
        places = ", ".join((*zone.buildings, *zone.levels))
        click.secho(printable(f"{zone.id} · {places}"), bold=True)
        for tag, text in zone.texts.items():
            click.echo(printable(f"  {tag} · {pick_label(zone.name, tag)} · {text.title}"))
            for line in text.lines:
                click.echo(printable(f"    {line}"))
