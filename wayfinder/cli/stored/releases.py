"""``wayfinder import``, ``publish``, ``releases`` and ``rollback``."""

from pathlib import Path
from typing import Any

import click

from wayfinder.cli.console import language_option, print_json, printable, progress
from wayfinder.cli.errors import Exit
from wayfinder.cli.plans import format_option, plan_argument, read
from wayfinder.cli.stored.access import find_actor, opened_store, venue_argument
from wayfinder.guide.catalogues import translate
from wayfinder.services import releases
from wayfinder.services.releases import History, Published


@click.command("import")
@venue_argument
@plan_argument
@format_option
@click.option("--organisation", metavar="NAME", help="Who owns the venue; made if need be.")
@click.option("--note", default="", metavar="TEXT", help="What is new, in a few words.")
@language_option
def import_command(
    venue: str,
    plan: Path,
    source_format: str | None,
    organisation: str | None,
    note: str,
    language: str,
) -> Exit:
    """Keep a plan as the next release of a venue; nobody sees it until it is published.

    VENUE is its name in addresses. The exit code is 1 where the plan has errors: it is kept, but
    will not be published.
    """
    result = read(plan, source_format)
    with opened_store() as store, progress(f"Importing {plan}"):
        done = releases.import_plan(
            store,
            venue,
            result.plan,
            organisation=organisation,
            reading=result.issues,
            note=note,
            who=find_actor(),
        )
    release = done.release
    code = "store.imported" if done.is_new else "store.imported-already"
    click.echo(translate(language, code, venue=venue, number=str(release.number)))
    if not release.errors:
        return Exit.DONE
    count = sum(release.errors.values())
    codes = [f"{key} ({number})" for key, number in sorted(release.errors.items())]
    values = {"count": count, "codes": codes, "plan": str(plan)}
    click.echo(printable(translate(language, "store.imported-errors", **values)), err=True)
    return Exit.NO


@click.command("publish")
@venue_argument
@click.argument("number", type=click.IntRange(min=1), required=False, metavar="[N]")
@language_option
def publish_command(venue: str, number: int | None, language: str) -> None:
    """Put a release into force, the newest or number N; everybody sees it within two seconds."""
    with opened_store() as store, progress(f"Publishing {venue}"):
        done = releases.publish(store, venue, number, who=find_actor())
    _say_published(venue, done, language)


@click.command("rollback")
@venue_argument
@click.argument("number", type=click.IntRange(min=1), metavar="N")
@language_option
def rollback_command(venue: str, number: int, language: str) -> None:
    """Go back to release N, which was in force before. Codes on signs stay good."""
    with opened_store() as store, progress(f"Publishing {venue}"):
        done = releases.roll_back(store, venue, number, who=find_actor())
    _say_published(venue, done, language)


@click.command("releases")
@venue_argument
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@language_option
def releases_command(venue: str, language: str, *, as_json: bool) -> None:
    """List the releases of a venue, newest first, and which is in force."""
    with opened_store() as store:
        history = releases.get_history(store, venue)
    if as_json:
        print_json(_make_document(venue, history))
        return
    for release in history.releases:
        in_force = release.number == history.published
        when = f"{release.imported_at.astimezone():%Y-%m-%d %H:%M}"
        parts = [when, release.imported_by, release.hash[7:19], release.note]
        if release.errors:
            count = sum(release.errors.values())
            parts.append(translate(language, "severity.error", count=count))
        if in_force:
            parts.append(translate(language, "store.in-force"))
        line = printable(" · ".join(part for part in parts if part))
        click.secho(f"{release.number:>4}  {line}", bold=in_force)


def _say_published(venue: str, done: Published, language: str) -> None:
    code = "store.published" if done.is_new else "store.published-already"
    click.echo(translate(language, code, venue=venue, number=str(done.release.number)))
    if done.codes:
        click.echo(translate(language, "store.codes-given", count=done.codes))
    if done.displays:
        click.echo(translate(language, "store.displays-given", count=done.displays))
    if done.lost:
        lost = translate(
            language, "store.conditions-lost", venue=venue, numbers=[str(one) for one in done.lost]
        )
        click.echo(printable(lost), err=True)
    if done.pending:
        numbers = [str(one.number) for one in done.pending]
        click.echo(translate(language, "store.releases-overtaken", numbers=numbers), err=True)


def _make_document(venue: str, history: History) -> dict[str, Any]:
    return {
        "venue": venue,
        "published": history.published,
        "releases": [
            {
                "number": release.number,
                "hash": release.hash,
                "errors": dict(release.errors),
                "note": release.note,
                "imported_by": release.imported_by,
                "imported_at": release.imported_at.isoformat(),
            }
            for release in history.releases
        ],
        "publications": [
            {
                "number": entry.number,
                "previous": entry.previous,
                "published_by": entry.published_by,
                "published_at": entry.published_at.isoformat(),
            }
            for entry in history.publications
        ],
    }
