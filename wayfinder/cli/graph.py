"""``wayfinder graph``: the network as a file."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from wayfinder.cli.console import default_language, progress
from wayfinder.cli.errors import CommandError, Exit
from wayfinder.cli.files import write_file
from wayfinder.cli.plans import build, count_errors, despite_errors_option, plan_argument, read
from wayfinder.graph import Network
from wayfinder.graph.export import make_geojson, make_node_link, write_graphml
from wayfinder.guide.catalogues import translate


def _as_text(make: Callable[[Network], Any]) -> Callable[[Network], str]:
    return lambda network: json.dumps(make(network), ensure_ascii=False, allow_nan=False) + "\n"


WRITERS: dict[str, Callable[[Network], str | bytes]] = {
    ".json": _as_text(make_node_link),
    ".graphml": write_graphml,
    ".geojson": _as_text(make_geojson),
}
"""Extension to the writer of that format."""


@click.command("graph")
@plan_argument
@click.option(
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where to: .json (NetworkX node-link), .graphml or .geojson.",
)
@despite_errors_option
def command(plan: Path, *, output: Path, despite_errors: bool) -> None:
    """Write the network of PLAN for other programs: NetworkX, Gephi, QGIS.

    Of a plan with errors nothing is written, and the exit code is 1.
    """
    writer = WRITERS.get(output.suffix.lower())
    if writer is None:
        raise CommandError(f"{output}: unknown format; name a file in {', '.join(WRITERS)}")
    result = read(plan)
    errors, language = count_errors(result), default_language()
    if errors and not despite_errors:
        message = translate(language, "cli.not-written", file=str(output), count=errors)
        raise CommandError(message, Exit.NO)
    network = build(result.plan)
    if not network.graph:
        raise CommandError(translate(language, "cli.network-empty", file=str(plan)), Exit.NO)
    with progress("Writing the network"):
        content = writer(network)
    write_file(output, content)
    graph = network.graph
    click.echo(f"{output}: {len(graph)} nodes, {graph.number_of_edges()} edges", err=True)
