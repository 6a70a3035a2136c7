"""Reading a plan for a command, and making its network."""

from pathlib import Path

import click

from wayfinder.checks.public_places import list_entrances, list_public_places
from wayfinder.cli.console import default_language, printable, progress
from wayfinder.cli.errors import CommandError
from wayfinder.formats import FORMATS, FormatError, ReadResult, read_plan
from wayfinder.graph import Network, build_network
from wayfinder.guide.catalogues import translate
from wayfinder.model import Plan, Severity

plan_argument = click.argument("plan", metavar="PLAN", type=click.Path(path_type=Path))
format_option = click.option(
    "--from",
    "source_format",
    type=click.Choice(FORMATS),
    help="Format of what is read, where it is not plain from the file.",
)
despite_errors_option = click.option(
    "--despite-errors", is_flag=True, help="Write even if the plan has errors."
)


def read(path: Path, source_format: str | None = None) -> ReadResult:
    """Read a plan; raises CommandError, in one line, where it cannot be made a plan at all."""
    try:
        with progress(f"Reading {path}"):
            return read_plan(path, format=source_format)
    except FormatError as error:
        raise CommandError(say_format_error(error, path)) from None


def is_plan_path(source: str) -> bool:
    """Tell whether a file is meant, not a venue: it is there, or no venue can be called so."""
    return Path(source).exists() or any(mark in source for mark in "/\\.")


def say_format_error(error: FormatError, path: Path) -> str:
    """Say what is wrong with a file, and where, in one line."""
    words = translate(default_language(), error.message_id, **error.values)
    if error.place in {"", str(path), path.name}:
        return printable(f"{path}: {words}")
    return printable(f"{path}: {error.place}: {words}")


def count_errors(result: ReadResult) -> int:
    """Count the errors that reading found."""
    return sum(issue.severity is Severity.ERROR for issue in result.issues)


def build_visited(plan: Plan, language: str) -> Network:
    """Make the network of a plan that visitors come to; raises CommandError where none would."""
    network = build(plan)
    if not list_entrances(network):
        raise CommandError(translate(language, "signaudit.no-entrance"))
    if not list_public_places(network):
        raise CommandError(translate(language, "signaudit.no-places"))
    return network


def build(plan: Plan) -> Network:
    """Make the network of a plan."""
    with progress("Finding doors, ways and lifts"):
        return build_network(plan)
