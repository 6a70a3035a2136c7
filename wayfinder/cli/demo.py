"""``wayfinder demo``: a journey through the sample clinic, in words and as a map."""

import shutil
import sys
from pathlib import Path

import click

from wayfinder.cli.files import write_file
from wayfinder.cli.plans import build, read
from wayfinder.cli.route import Question, ask
from wayfinder.cli.words import print_journey
from wayfinder.draw.sheet import write_sheet
from wayfinder.guide.catalogues import LANGUAGES, translate
from wayfinder.guide.steps import make_steps
from wayfinder.resources import floorplans_dir
from wayfinder.route import Journey

MAP = "wayfinder-demo.svg"
START, END, PROFILE = "Main Entrance", "PED", "wheelchair"


@click.command("demo")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default=MAP,
    show_default=True,
    metavar="FILE",
    help="Where the map goes.",
)
def command(output: Path) -> None:
    """Show a way through the sample clinic: from its entrance to paediatrics, in a wheelchair.

    Prints the steps in both languages and writes the map.
    """
    plan = floorplans_dir() / "clinic"
    network = build(read(plan).plan)
    journey = ask(network, Question(START, (END,), "en", PROFILE))
    assert isinstance(journey, Journey)  # noqa: S101 - a test holds that the sample has this way
    steps = make_steps(network, journey)
    for language in LANGUAGES:
        print_journey(network, journey, steps, language)
        click.echo()
    # Chinese names: the sample's own language
    write_file(output, write_sheet(network.plan, journey, language=LANGUAGES[0]))
    for language in LANGUAGES:
        click.echo(translate(language, "cli.written", file=str(output.absolute())))
    command_line = f'{_find_program()} route "{plan}" --from REG --to PHA'
    click.echo(translate("en", "cli.try", command=command_line))


def _find_program() -> str:
    """Return what to type for our program: by its path where the shell does not find it."""
    if shutil.which("wayfinder"):
        return "wayfinder"
    beside = Path(sys.executable).parent / "wayfinder"
    return f'"{beside}"' if beside.exists() else f'"{sys.executable}" -m wayfinder'
