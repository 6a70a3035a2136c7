"""A journey and a refusal as text for a terminal."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from math import ceil

import click

from wayfinder.graph import Network
from wayfinder.guide.answer import name_place
from wayfinder.guide.catalogues import translate
from wayfinder.guide.names import say_floor
from wayfinder.guide.phrases import say_step, say_summary
from wayfinder.guide.step import Step
from wayfinder.guide.steps import summarise
from wayfinder.guide.words import say_profile, say_refusal, say_warning
from wayfinder.model import Level
from wayfinder.route import Journey, Refusal

SHOWN = 6
"""So many things in the way are named; JSON names all."""


def print_journey(network: Network, journey: Journey, steps: Sequence[Step], language: str) -> None:
    """Print where it goes, what it asks of whoever walks it, and its steps."""
    first = journey.segments[0].level if journey.segments else _level_of(network, journey, 0)
    start = _say_place(network, journey.origin, first, language)
    end = _say_place(network, journey.stops[-1].feature, _level_of(network, journey, -1), language)
    head = translate(language, "cli.journey", start=start, end=end)
    click.secho(head, bold=True)
    if journey.distance_m > 0:
        summary = say_summary(summarise(journey), language)
        profile = say_profile(journey.profile, language)
        click.echo(translate(language, "cli.profile", profile=profile, summary=summary))
    _print_steps(network, journey, steps, language)
    for warning in journey.warnings:
        click.secho(f"! {say_warning(warning, language)}", fg="yellow")


def print_refusal(network: Network, refusal: Refusal, language: str) -> None:
    """Print why there is no way, what bars it, and what would work instead, on standard error."""
    click.secho(say_refusal(refusal, language), fg="red", bold=True, err=True)
    for feature in refusal.blocked_by[:SHOWN]:
        name = name_place(network, feature, language)
        reason = refusal.values.get("barred", {}).get(feature)
        why = name if reason is None else f"{name}, {translate(language, f'bar.{reason}')}"
        barred = translate(language, "cli.blocked-by", name=why, id=feature)
        click.echo(f"  {barred}", err=True)
    if more := len(refusal.blocked_by[SHOWN:]):
        click.echo(f"  {translate(language, 'cli.blocked-more', count=more)}", err=True)
    for remedy in _list_remedies(network, refusal, language):
        click.echo(remedy, err=True)


def _print_steps(network: Network, journey: Journey, steps: Sequence[Step], language: str) -> None:
    """Print the steps; in a visit each stretch under its stop."""
    several = len(journey.stops) > 1
    stop = 0
    for number, step in enumerate(steps, 1):
        begins = number == 1 or steps[number - 2].stop is not None
        if several and begins and stop < len(journey.stops):
            feature = journey.stops[stop].feature
            place = _say_place(network, feature, _level_of(network, journey, stop), language)
            click.secho(translate(language, "cli.stop", number=stop + 1, name=place), bold=True)
            stop += 1
        click.echo(f"{number:3}. {say_step(step, language)}")


def _level_of(network: Network, journey: Journey, stop: int) -> str:
    level: str = network.graph.nodes[journey.stops[stop].node]["level"]
    return level


def _say_place(network: Network, feature: str, level_id: str, language: str) -> str:
    name = name_place(network, feature, language)
    level = network.plan.find(level_id, Level)
    if level is None or not (level.short_name or level.name):
        return name
    floor = say_floor(level.short_name or level.name, language)
    return translate(language, "cli.place", name=name, level=floor)


def _list_remedies(network: Network, refusal: Refusal, language: str) -> Iterator[str]:
    """Say what would work instead, as far as the refusal knows."""
    without = refusal.without or {}
    if "profile" in without:
        profile = say_profile(without["profile"], language)
        minutes = max(1, ceil(without["duration_s"] / 60))
        yield translate(language, "cli.remedy-profile", profile=profile, count=minutes)
    if "at" in without:
        time = datetime.fromisoformat(without["at"]).strftime("%Y-%m-%d %H:%M")
        yield translate(language, "cli.remedy-at", time=time)
    if "reopen" in without:
        names = [name_place(network, feature, language) for feature in without["reopen"]]
        # a lift is a place on every floor
        names = list(dict.fromkeys(names))
        yield translate(language, "cli.remedy-reopen", names=names)
