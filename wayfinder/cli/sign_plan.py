"""``wayfinder sign-plan``: where signs should hang in a plan, and what they should say."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from wayfinder.checks.sign_extras import add_extras
from wayfinder.checks.sign_plan import ROUNDS, Gap, SignPlan, add_signs, plan_signs
from wayfinder.cli.console import language_option, print_json, printable, progress
from wayfinder.cli.errors import CommandError, Exit
from wayfinder.cli.plans import build_visited, format_option, plan_argument, read, say_format_error
from wayfinder.formats import FormatError, write_imdf
from wayfinder.graph import build_network
from wayfinder.guide.catalogues import translate
from wayfinder.model import Level, Plan, Sign, list_signs, pick_label
from wayfinder.route import Router

_SHOWN = 20


@click.command("sign-plan")
@plan_argument
@format_option
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help="Write the plan with the proposed signs in it, as an IMDF folder or zip.",
)
@click.option(
    "--keep/--from-scratch",
    default=True,
    show_default=True,
    help="Whether the signs of the plan stay where they are.",
)
@click.option(
    "--trials",
    type=click.IntRange(min=0),
    default=ROUNDS,
    show_default=True,
    help="How often at most the proposal is walked by and mended where one is lost.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document with everything.")
@language_option
def command(
    plan: Path,
    *,
    source_format: str | None,
    output: Path | None,
    keep: bool,
    trials: int,
    as_json: bool,
    language: str,
) -> int:
    """Propose the fewest signs that lead from the entrances of PLAN to its public places.

    Says how many faces and lines there are, how many arrive by them alone, and where the others are
    lost: then the exit code is 1. Signs get no codes before they are published.
    """
    source = read(plan, source_format).plan
    router = Router(build_visited(source, language))
    with progress("Planning signs"):
        hung = [sign for sign in list_signs(source) if keep and not sign.directory]
        found = plan_signs(router, kept=hung, rounds=trials)
        found = replace(found, signs=_fill(source, found.signs))
    if output is not None:
        _write(source if keep else _without_signs(source), found, output)
    if as_json:
        print_json(_make_document(source, found))
    else:
        _print(source, found, language)
    return Exit.NO if found.gaps else Exit.DONE


def _fill(plan: Plan, signs: Sequence[Sign]) -> tuple[Sign, ...]:
    """Let planned faces say besides where the emergency department and near things are."""
    return add_extras(Router(build_network(add_signs(plan, signs))), signs)


def _without_signs(plan: Plan) -> Plan:
    return plan.without(*(sign.id for sign in list_signs(plan)))


def _write(plan: Plan, found: SignPlan, target: Path) -> None:
    try:
        write_imdf(add_signs(plan, found.signs), target)
    except FormatError as error:
        raise CommandError(say_format_error(error, target)) from None


def _make_document(plan: Plan, found: SignPlan) -> Mapping[str, Any]:
    return {
        "decision_points": found.decision_points,
        "faces": len(found.signs),
        "lines": found.lines,
        "journeys": found.journeys,
        "arrived": found.arrived,
        "gap": found.gap,
        "solved": found.solved,
        "signs": [_describe(plan, sign) for sign in found.signs],
        "uncovered": [_describe_gap(plan, gap) for gap in found.gaps],
    }


def _describe(plan: Plan, sign: Sign) -> Mapping[str, Any]:
    return {
        "id": sign.id,
        "level": sign.level_id,
        "place": list(plan.frame.to_degrees(*sign.point)),
        "bearing_deg": sign.bearing_deg,
        "mounting": sign.mounting,
        "new": sign.id not in plan,
        "messages": [{"to": one.to, "arrow": str(one.arrow)} for one in sign.messages],
    }


def _describe_gap(plan: Plan, gap: Gap) -> Mapping[str, Any]:
    return {
        "level": gap.level_id,
        "place": list(plan.frame.to_degrees(*gap.point)),
        "places": list(gap.goals),
    }


def _print(plan: Plan, found: SignPlan, language: str) -> None:
    new = sum(sign.id not in plan for sign in found.signs)
    figures = {"faces": len(found.signs), "new": new, "lines": found.lines}
    click.echo(translate(language, "sign-plan.faces", points=found.decision_points, **figures))
    share = 100.0 * found.arrived / max(1, found.journeys)
    said = {"arrived": found.arrived, "journeys": found.journeys, "share": f"{share:.1f}"}
    click.echo(translate(language, "sign-plan.arrived", **said))
    key = "sign-plan.solved" if found.solved else "sign-plan.greedy"
    click.echo(translate(language, key, gap=f"{100 * found.gap:.1f}"))
    for gap in sorted(found.gaps, key=lambda one: -len(one.goals))[:_SHOWN]:
        click.echo(printable(_say_gap(plan, gap, language)))


def _say_gap(plan: Plan, gap: Gap, language: str) -> str:
    level = plan.find(gap.level_id, Level)
    floor = pick_label(level.name, language) if level is not None else ""
    names = [pick_label(plan[key].name, language) for key in gap.goals[:3]]
    return translate(
        language,
        "sign-plan.uncovered",
        floor=floor,
        x=f"{gap.point[0]:.0f}",
        y=f"{gap.point[1]:.0f}",
        count=len(gap.goals),
        names=", ".join(name for name in names if name),
    )
