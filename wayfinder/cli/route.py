"""``wayfinder route``: one journey, in words, as JSON, as a map."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from wayfinder.cli.console import language_option, print_json, progress
from wayfinder.cli.errors import CommandError, Exit
from wayfinder.cli.files import write_file
from wayfinder.cli.places import PlaceError, find_closed, find_place
from wayfinder.cli.plans import build, count_errors, plan_argument, read
from wayfinder.cli.words import print_journey, print_refusal
from wayfinder.graph import Network
from wayfinder.guide.answer import make_answer, make_refusal
from wayfinder.guide.catalogues import translate
from wayfinder.guide.steps import make_steps
from wayfinder.model import Closure, Conditions, Plan
from wayfinder.model.release import Release
from wayfinder.route import PROFILES, Journey, Refusal, Router, find_time_zone
from wayfinder.services.directory import Directory


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the router.

    Parameters
    ----------
    start
        Text that names a place.
    ends
        Texts that name places, or ``nearest:CATEGORY``.
    at
        ISO date and time, in the venue's zone without one; None is now.
    closed
        Texts that name what is closed.
    """

    start: str
    ends: tuple[str, ...]
    language: str
    profile: str = "walk"
    at: str | None = None
    closed: tuple[str, ...] = ()
    best_order: bool = False


@dataclass(frozen=True, slots=True)
class Output:
    """What is wanted of the answer."""

    json: bool
    text: bool
    svg: Path | None
    width_px: int
    facing_deg: float | None


@click.command("route")
@plan_argument
@click.option("--from", "start", required=True, metavar="X", help="Id, code or name of the start.")
@click.option(
    "--to",
    "ends",
    required=True,
    multiple=True,
    metavar="Y",
    help="Id, code, name or nearest:CATEGORY of the destination; several make a visit.",
)
@click.option("--best-order", is_flag=True, help="Visit all but the last --to in any order.")
@click.option(
    "--profile",
    type=click.Choice(list(PROFILES)),
    default="walk",
    show_default=True,
    help="Who travels.",
)
@click.option("--at", metavar="TIME", help="Departure, 2026-11-23T09:30 say; now without it.")
@click.option(
    "--close",
    "closed",
    multiple=True,
    metavar="ID",
    help="Something that is closed: a lift, a door, a corridor. May be repeated.",
)
@click.option(
    "--facing",
    "facing_deg",
    type=click.FloatRange(0, 360),
    metavar="DEG",
    help="Where one looks at the start, degrees clockwise from north.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--text", "as_text", is_flag=True, help="Print the words, also beside --svg.")
@click.option(
    "--svg", type=click.Path(path_type=Path), metavar="FILE", help="Write the map to a file."
)
@click.option(
    "--width",
    "width_px",
    type=click.IntRange(240, 8000),
    default=1000,
    show_default=True,
    metavar="PX",
    help="Width of the map: 360 suits a phone.",
)
@language_option
def command(
    plan: Path,
    *,
    as_json: bool,
    as_text: bool,
    svg: Path | None,
    width_px: int,
    facing_deg: float | None,
    **question: Any,  # noqa: ANN401 - the fields of Question
) -> int:
    """Find one journey in PLAN, and print it in words unless told otherwise.

    The exit code is 1 where there is no way, or where a name stands for no place or for several.
    """
    if as_json and as_text:
        raise CommandError("--json and --text exclude each other: leave one out")
    if svg is not None and svg.suffix.lower() != ".svg":
        raise CommandError(f"{svg}: the map is SVG; name a file in .svg")
    output = Output(as_json, as_text or not (as_json or svg), svg, width_px, facing_deg)
    asked = Question(**question)
    result = read(plan)
    if errors := count_errors(result):
        note = translate(asked.language, "cli.plan-errors", file=str(plan), count=errors)
        click.echo(note, err=True)
    floors = result.plan
    try:
        resolved = _resolve(floors, asked)
    except PlaceError as error:
        if as_json:
            print_json(error.to_json())
        raise
    network = build(floors)
    return answer(network, _find(network, resolved), asked.language, output)


@dataclass(frozen=True, slots=True)
class _Resolved:
    """A question whose names are ids."""

    start: str
    ends: tuple[str, ...]
    departure: datetime
    conditions: Conditions
    asked: Question


def answer(network: Network, found: Journey | Refusal, language: str, output: Output) -> Exit:
    """Print an answer and write its map."""
    if isinstance(found, Refusal):
        if output.json:
            print_json(make_refusal(found, language))
        else:
            print_refusal(network, found, language)
        return Exit.NO
    steps = make_steps(network, found, facing_deg=output.facing_deg)
    if output.svg is not None:
        from wayfinder.draw.sheet import write_sheet

        with progress("Drawing the map"):
            drawing = write_sheet(network.plan, found, language=language, width_px=output.width_px)
        write_file(output.svg, drawing)
    if output.json:
        print_json(make_answer(network, found, steps, language))
    elif output.text:
        print_journey(network, found, steps, language)
    if output.svg is not None:
        click.echo(translate(language, "cli.written", file=str(output.svg)), err=True)
    return Exit.DONE


def _resolve(plan: Plan, question: Question) -> _Resolved:
    language, directory = question.language, Directory(plan)
    return _Resolved(
        start=find_place(directory, question.start, language),
        ends=tuple(find_place(directory, end, language, or_nearest=True) for end in question.ends),
        departure=_read_time(plan, question.at, language),
        conditions=Conditions(
            closures=tuple(
                Closure(feature_id)
                for text in question.closed
                for feature_id in find_closed(directory, text, language)
            )
        ),
        asked=question,
    )


def _find(network: Network, resolved: _Resolved) -> Journey | Refusal:
    router = Router(network, Release(network.plan).hash)
    return router.find_route(
        resolved.start,
        resolved.ends,
        profile=resolved.asked.profile,
        departure=resolved.departure,
        conditions=resolved.conditions,
        best_order=resolved.asked.best_order,
    )


def _read_time(plan: Plan, text: str | None, language: str) -> datetime:
    """Read a departure; without a zone it is in the venue's."""
    zone = find_time_zone(plan)
    if text is None:
        return datetime.now(zone)
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(translate(language, "cli.at-unreadable", text=text)) from None
    return instant if instant.tzinfo else instant.replace(tzinfo=zone)
