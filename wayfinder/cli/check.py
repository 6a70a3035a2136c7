"""``wayfinder check``: what is wrong with a plan, and how far its ways lead."""

from dataclasses import asdict
from pathlib import Path

import click

from wayfinder.checks import Reach, Report, check_network, make_issue_document
from wayfinder.cli.console import language_option, print_json, printable, progress
from wayfinder.cli.errors import Exit
from wayfinder.cli.issues import COLORS, SHOWN, print_issues
from wayfinder.cli.plans import build, format_option, plan_argument, read
from wayfinder.guide.catalogues import translate
from wayfinder.model import Plan, pick_label


@click.command("check")
@plan_argument
@format_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document with everything.")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=SHOWN,
    show_default=True,
    help="How many issues of a kind are listed; 0 for all.",
)
@language_option
def command(
    plan: Path, *, source_format: str | None, as_json: bool, limit: int, language: str
) -> int:
    """List all issues of PLAN, and how many of its rooms hang together.

    The exit code is 1 where there are errors.
    """
    result = read(plan, source_format)
    network = build(result.plan)
    with progress("Checking"):
        report = check_network(network, reading=result.issues)
    if as_json:
        issues = [make_issue_document(issue, language) for issue in report.issues]
        counts = asdict(report.counts)
        print_json({"plan": counts, "reach": _make_reach(report.reach), "issues": issues})
    else:
        _print_summary(result.plan, report, language)
        print_issues(result.plan, report.issues, language, limit=limit)
    return Exit.NO if report.has_errors else Exit.DONE


def _make_reach(reach: Reach) -> dict[str, object]:
    return {
        "units": reach.units,
        "connected": len(reach.connected),
        "step_free": len(reach.step_free),
        "components": [len(component) for component in reach.components],
    }


def _print_summary(plan: Plan, report: Report, language: str) -> None:
    if plan.venue is not None and plan.venue.name:
        click.secho(printable(pick_label(plan.venue.name, language)), bold=True)
    click.echo(translate(language, "check.counts", **asdict(report.counts)))
    reach = report.reach
    figures = {
        "units": reach.units,
        "connected": len(reach.connected),
        "step_free": len(reach.step_free),
        "cut_off": reach.units - len(reach.connected),
    }
    click.echo(translate(language, "check.reach", **figures))
    severities = report.count_severities()
    if not report.issues:
        click.secho(translate(language, "check.clean"), fg="green")
        return
    click.echo(
        " · ".join(
            click.style(
                translate(language, f"severity.{severity}", count=count), fg=COLORS[severity]
            )
            for severity, count in severities.items()
            if count
        )
    )
