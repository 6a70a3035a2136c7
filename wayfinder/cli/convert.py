"""``wayfinder convert``: any readable format to IMDF."""

from pathlib import Path

import click

from wayfinder.checks.report import make_issue_document, sort_issues
from wayfinder.cli.console import language_option, print_json, progress
from wayfinder.cli.errors import CommandError, Exit
from wayfinder.cli.issues import print_issues
from wayfinder.cli.plans import (
    count_errors,
    despite_errors_option,
    format_option,
    read,
    say_format_error,
)
from wayfinder.formats import FormatError, write_imdf
from wayfinder.guide.catalogues import translate

_OTHER_SUFFIXES = frozenset({".geojson", ".json", ".osm", ".pbf", ".xml"})
"""Whoever names the target so wants one file, and would get a folder."""


@click.command("convert")
@click.argument("source", type=click.Path(path_type=Path))
@click.argument("target", type=click.Path(path_type=Path))
@format_option
@despite_errors_option
@click.option("--json", "as_json", is_flag=True, help="Print the issues as one JSON document.")
@language_option
def command(
    source: Path,
    target: Path,
    *,
    source_format: str | None,
    despite_errors: bool,
    as_json: bool,
    language: str,
) -> int:
    """Turn SOURCE, of any readable format, into the IMDF folder or zip TARGET.

    Prints what is wrong with the source. A plan with errors is not written, and the exit code is 1.
    """
    if target.suffix.lower() in _OTHER_SUFFIXES:
        raise CommandError(f"{target}: IMDF is written as a folder or a zip; name it in .zip")
    if target.exists() and source.exists() and target.samefile(source):
        message = translate(language, "cli.onto-itself", file=str(source))
        raise CommandError(message)
    result = read(source, source_format)
    issues = sort_issues(result.issues)
    errors = count_errors(result)
    written = despite_errors or not errors
    if written:
        try:
            with progress(f"Writing {target}"):
                write_imdf(result.plan, target)
        except FormatError as error:
            raise CommandError(say_format_error(error, target)) from None
    if as_json:
        documents = [make_issue_document(issue, language) for issue in issues]
        print_json({"target": str(target) if written else None, "issues": documents})
    else:
        print_issues(result.plan, issues, language)
    if not written:
        raise CommandError(
            translate(language, "cli.not-written", file=str(target), count=errors), Exit.NO
        )
    click.echo(translate(language, "cli.converted", file=str(target)), err=True)
    return Exit.NO if errors else Exit.DONE
