"""``wayfinder displays`` and ``wayfinder display``: which screens there are, and how they are."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import click

from wayfinder.cli.console import language_option, print_json, printable, progress
from wayfinder.cli.errors import Exit
from wayfinder.cli.stored.access import find_actor, opened_store, venue_argument
from wayfinder.guide.catalogues import translate
from wayfinder.model import pick_label
from wayfinder.services import displays
from wayfinder.services.board_legibility import BoardWarning, list_warnings
from wayfinder.services.display_watch import DisplayStatus, list_statuses, say_code
from wayfinder.services.stored_signs import load_venue
from wayfinder.store import Store
from wayfinder.store.displays import DisplayRecord

Judged = Mapping[str, Sequence[BoardWarning]]
"""Id of a display to what keeps it from being read."""

json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
display_argument = click.argument("display", metavar="DISPLAY")


@click.command("displays")
@click.argument("venue", metavar="[VENUE]", required=False)
@click.option("--red", "only_red", is_flag=True, help="Only those that are not well; ends with 1.")
@click.option(
    "--legible",
    "is_judged",
    is_flag=True,
    help="Tell of boards that cannot be read from where they should be; takes some seconds.",
)
@json_option
@language_option
def displays_command(
    venue: str | None, language: str, *, only_red: bool, is_judged: bool, as_json: bool
) -> int:
    """List kiosks and boards, and whether each shows what it should.

    A display is well where it reported itself, within a minute, that it shows the release and the
    conditions in force, without errors. With --red the command ends with 1 where any is not.
    """
    now = datetime.now(UTC)
    with opened_store() as store, progress(venue or "*"):
        found = list_statuses(store, venue, at=now)
        judged = _judge(store, found) if is_judged else {}
    shown = [one for one in found if not (only_red and one.is_green)]
    if as_json:
        listed = [_make_document(one, judged) for one in shown]
        print_json({"venue": venue, "checked_at": now.isoformat(), "displays": listed})
    else:
        _print(shown, judged, language)
        if any("not-enrolled" in one.reasons for one in shown):
            click.echo(translate(language, "displays.to-enrol"), err=True)
        if not shown:
            click.echo(translate(language, f"displays.none{'-red' if found else ''}"))
    return Exit.NO if only_red and shown else Exit.DONE


@click.group("display")
def display_command() -> None:
    """Keep the kiosks and boards of a venue.

    DISPLAY is an id, such as DEH4QRNK, what the staff call it, a number such as K-01, or its id in
    the plan.
    """


@display_command.command("add")
@venue_argument
@click.argument("feature", metavar="DISPLAY")
@click.option("--name", default="", metavar="TEXT", help="What the staff call it.")
@language_option
def add_command(venue: str, feature: str, name: str, language: str) -> None:
    """Give a display its address before its release is published, or put one up again."""
    with opened_store() as store:
        record = displays.add_display(store, venue, feature, name=name, who=find_actor())
    _say("displays.added", record, language, page=f"/{record.kind}/{record.id}")


@display_command.command("rename")
@display_argument
@click.argument("name", metavar="NAME")
@language_option
def rename_command(display: str, name: str, language: str) -> None:
    """Call a display something else; an empty NAME takes its name away."""
    with opened_store() as store:
        record = displays.rename_display(store, display, name, who=find_actor())
    _say(f"displays.{'renamed' if record.name else 'unnamed'}", record, language, name=record.name)


@display_command.command("enrol")
@display_argument
@language_option
def enrol_command(display: str, language: str) -> None:
    """Print a code to be typed at a display: good for ten minutes, and once.

    The display gets a token for it, with which it reports. Until then it shows the same, but nobody
    knows.
    """
    with opened_store() as store:
        made = displays.make_code(store, display, who=find_actor())
    click.echo(made.code)
    values = {"display": made.display, "time": f"{made.until.astimezone():%H:%M}"}
    click.echo(printable(translate(language, "displays.code-made", **values)), err=True)


@display_command.command("revoke")
@display_argument
@language_option
def revoke_command(display: str, language: str) -> None:
    """Take the token of a display back; it goes on showing, but is not believed."""
    with opened_store() as store:
        record = displays.revoke_display(store, display, who=find_actor())
    _say("displays.taken-back", record, language)


@display_command.command("remove")
@display_argument
@language_option
def remove_command(display: str, language: str) -> None:
    """Take a display down: its address shows nothing any more, and is given to no other."""
    with opened_store() as store:
        record = displays.remove_display(store, display, who=find_actor())
    _say("displays.removed", record, language)


def _say(code: str, record: DisplayRecord, language: str, **values: str) -> None:
    click.echo(printable(translate(language, code, display=record.id, **values)))


def _judge(store: Store, found: Sequence[DisplayStatus]) -> Judged:
    """Return what keeps boards from being read, by the id of the display."""
    judged: dict[str, Sequence[BoardWarning]] = {}
    placed = [one for one in found if one.display is not None and one.record.venue]
    for slug in dict.fromkeys(one.record.venue or "" for one in placed):
        served, _ = load_venue(store, slug)
        for one in placed:
            if one.record.venue == slug and one.display is not None:
                judged[one.record.id] = list_warnings(served, one.display)
    return judged


def _print(found: Iterable[DisplayStatus], judged: Judged, language: str) -> None:
    for one in found:
        record, report = one.record, one.report
        state = translate(language, f"displays.{'green' if one.is_green else 'red'}")
        if one.reasons:
            reasons = [say_code(code, language, kind="reason") for code in one.reasons]
            state = translate(language, "displays.line", state=state, reasons=reasons)
        kind = translate(language, f"displays.kind.{record.kind}")
        named = (kind, record.name) if record.name else (pick_label(one.label, language) or kind,)
        parts = [*named, state]
        if report is not None:
            parts += [say_code(code, language, kind="remark") for code in report.remarks]
            time = f"{report.made_at.astimezone():%Y-%m-%d %H:%M}"
            parts.append(translate(language, "displays.reported", time=time))
        line = " · ".join(part for part in parts if part)
        colour = "green" if one.is_green else "red"
        start = click.style(printable(f"{record.id}  {record.ref or '-':8}"), fg=colour)
        click.echo(f"{start}  {printable(line)}")
        for warning in judged.get(record.id, ()):
            click.secho(printable(f"  ! {warning.say(language)}"), fg="yellow")


def _make_document(one: DisplayStatus, judged: Judged) -> dict[str, Any]:
    record, display, report = one.record, one.display, one.report
    return {
        "id": record.id,
        "venue": record.venue,
        "kind": str(record.kind),
        "name": record.name,
        "ref": record.ref,
        "group": display.group if display else "",
        "feature": record.feature,
        "page": f"/{record.kind}/{record.id}",
        "state": "green" if one.is_green else "red",
        "reasons": list(one.reasons),
        "remarks": list(report.remarks) if report else [],
        "legibility": [warning.code for warning in judged.get(record.id, ())],
        "enrolled_at": record.enrolled_at.isoformat() if record.enrolled_at else None,
        "report": {
            "made_at": report.made_at.isoformat(),
            "release": report.release,
            "conditions": report.conditions,
            "program": report.program,
            "uptime_s": report.uptime_s,
            "errors": report.errors,
        }
        if report
        else None,
        "plays": [
            {
                "notice": play.notice,
                "count": play.count,
                "first_at": play.first_at.isoformat(),
                "last_at": play.last_at.isoformat(),
            }
            for play in one.plays
        ],
    }
