"""What commands have in common on the terminal: language, JSON, progress."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click

from wayfinder.guide.catalogues import LANGUAGES, find_language

_F = TypeVar("_F", bound=Callable[..., Any])
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def default_language() -> str:
    """Return the language of the environment, English where it names none that we speak."""
    for variable in _VARIABLES:
        value = os.environ.get(variable, "").split(".")[0].split("@")[0]
        if value:
            return "en" if value in {"C", "POSIX"} else find_language(value.replace("_", "-"))
    return "en"


def language_option(function: _F) -> _F:
    """Add ``--language`` to a command."""
    option = click.option(
        "--language",
        type=click.Choice(LANGUAGES, case_sensitive=False),
        default=default_language,
        show_default="of LANG",
        help="Language of the words.",
    )
    return option(function)


def print_json(document: Any) -> None:  # noqa: ANN401 - any JSON document
    """Print one JSON document on the standard output, and nothing else."""
    plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    click.echo(json.dumps(document, ensure_ascii=plain, allow_nan=False, indent=2))


def is_terminal() -> bool:
    """Tell whether somebody watches the standard error."""
    return sys.stderr.isatty()


@contextmanager
def progress(message: str) -> Iterator[None]:
    """Show on a terminal what takes its time, on the standard error, and wipe it afterwards."""
    shown = is_terminal()
    if shown:
        click.echo(f"\r{printable(message)} …", err=True, nl=False)
    try:
        yield
    finally:
        if shown:
            click.echo("\r\033[K", err=True, nl=False)


def printable(text: str) -> str:
    """Replace what could steer a terminal or break a line: names and paths are strangers' texts."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
