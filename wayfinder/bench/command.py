"""``wayfinder bench``."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import click

from wayfinder.bench.answers import measure_answers
from wayfinder.bench.costs import measure_costs
from wayfinder.bench.displays import measure_displays
from wayfinder.bench.growth import measure_growth
from wayfinder.bench.http import measure_http
from wayfinder.bench.lines import measure_lines
from wayfinder.bench.memory import measure_memory
from wayfinder.bench.paths import measure_paths
from wayfinder.bench.report import Section, as_json, as_text
from wayfinder.bench.search import measure_search
from wayfinder.bench.sign_audits import measure_sign_audits
from wayfinder.bench.signs import measure_signs
from wayfinder.bench.trees import measure_trees
from wayfinder.bench.worlds import APB, Worlds


def _measure_signs(worlds: Worlds) -> Iterator[Section]:
    yield from measure_signs(worlds)
    yield from measure_sign_audits(worlds)


PARTS: Mapping[str, Callable[[Worlds], Iterator[Section]]] = {
    "paths": measure_paths,
    "trees": measure_trees,
    "answers": measure_answers,
    "build": measure_growth,
    "lines": measure_lines,
    "costs": measure_costs,
    "search": measure_search,
    "http": measure_http,
    "displays": measure_displays,
    "memory": measure_memory,
    "signs": _measure_signs,
}
"""Name for ``--only`` to what is measured."""


@click.command("bench", short_help="Measure the engine beside its peers.")
@click.option("--json", "as_document", is_flag=True, help="One JSON document on stdout.")
@click.option(
    "--only",
    multiple=True,
    type=click.Choice(list(PARTS)),
    help="Measure this part alone; may be given several times.",
)
@click.option("--quick", is_flag=True, help="Small graphs, few rounds: to see that it works.")
@click.option(
    "--plan",
    "plan_file",
    type=click.Path(path_type=Path),
    default=APB,
    help="The real plan to measure on.  [default: APB, beside the checkout]",
)
def bench(*, as_document: bool, only: tuple[str, ...], quick: bool, plan_file: Path) -> int:
    """Measure the engine beside its peers, in one run on the same graphs and costs.

    Tables go to stdout, progress to stderr. The exit code is 1 where a requirement does not hold;
    --quick judges none, for they are about full sizes.
    """
    worlds = Worlds(plan_file, quick, lambda text: click.echo(f"… {text}", err=True))
    missing = [] if worlds.has_plan else [f"the real plan {plan_file}: what needs it is left out"]
    sections = []
    for name in only or tuple(PARTS):
        for measured in PARTS[name](worlds):
            section = replace(measured, claims=()) if quick else measured
            sections.append(section)
            missing += [note for note in section.notes if note.startswith("MISSING")]
            if not as_document:
                click.echo(as_text(section) + "\n")
    document = as_json(sections, missing)
    if as_document:
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    for text in missing:
        click.echo(click.style(f"missing: {text}", fg="yellow", bold=True), err=True)
    return 0 if document["holds"] else 1


command = bench
