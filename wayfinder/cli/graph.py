"""``wayfinder graph``: the network as a file."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from wayfinder.cli.console import progress
from wayfinder.cli.errors import CommandError
from wayfinder.cli.files import write_file
from wayfinder.cli.plans import build, plan_argument, read
from wayfinder.graph import Network
from wayfinder.graph.export import make_geojson, make_node_link, write_graphml


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
def command(plan: Path, output: Path) -> None:
    """Write the network of PLAN for other programs: NetworkX, Gephi, QGIS."""
    writer = WRITERS.get(output.suffix.lower())
    if writer is None:
        raise CommandError(f"{output}: unknown format; name a file in {', '.join(WRITERS)}")
    network = build(read(plan).plan)
    with progress("Writing the network"):
        content = writer(network)
    write_file(output, content)
    graph = network.graph
    click.echo(f"{output}: {len(graph)} nodes, {graph.number_of_edges()} edges", err=True)
