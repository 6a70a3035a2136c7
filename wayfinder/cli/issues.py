"""Issues as text that somebody who looks after a building can work through."""

from collections.abc import Iterable, Sequence
from itertools import groupby

import click

from wayfinder.cli.console import printable
from wayfinder.guide.catalogues import translate
from wayfinder.guide.words import say_fix, say_issue
from wayfinder.model import Issue, Level, Plan, Severity, pick_label

COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
SHOWN = 5
"""So many of a kind are listed unless more are asked for."""


def print_issues(plan: Plan, issues: Iterable[Issue], language: str, *, limit: int = SHOWN) -> None:
    """Print issues by kind with their number, each with its floor and place.

    Parameters
    ----------
    plan
        What the issues are about.
    issues
        Sorted: most severe first, then by code.
    language
        Language of the words.
    limit
        How many of a kind are listed; 0 lists all.
    """
    for code, group in groupby(issues, key=lambda issue: issue.code):
        found = list(group)
        severity = found[0].severity
        title = translate(language, f"severity.{severity}", count=len(found))
        head = click.style(f"{title}  {code}", fg=COLORS[severity], bold=True)
        click.echo(f"\n{head}")
        _print_group(plan, found, language, limit or len(found))


def _print_group(plan: Plan, found: Sequence[Issue], language: str, limit: int) -> None:
    for issue in found[:limit]:
        click.echo(f"  {say_issue(issue, language)}")
        if where := _say_where(plan, issue, language):
            click.echo(click.style(f"      {where}", dim=True))
        if issue.fix is not None:
            fix = say_fix(issue.fix, language)
            click.echo(click.style(f"      → {fix}", dim=True))
    if len(found) > limit:
        more = translate(language, "cli.more", count=len(found) - limit)
        click.echo(click.style(f"  {more}", dim=True))


def _say_where(plan: Plan, issue: Issue, language: str) -> str:
    level = plan.find(issue.level, Level)
    floor = pick_label(level.short_name or level.name, language) if level else ""
    place = f"{issue.place[1]:.6f}, {issue.place[0]:.6f}" if issue.place else ""
    culprit = issue.features[0] if issue.features else ""
    return printable(" · ".join(part for part in (floor, place, culprit) if part))
