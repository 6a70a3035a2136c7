"""What the commands of the store share: opening it, words, times, names of features."""

import getpass
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any, TypeVar

import click

from wayfinder.cli.console import default_language, printable
from wayfinder.cli.errors import CommandError, Exit
from wayfinder.guide.catalogues import LANGUAGES, find_language, find_spoken, translate
from wayfinder.model import Labels, Plan
from wayfinder.route import find_time_zone
from wayfinder.services import named
from wayfinder.settings import SettingsError, read_settings
from wayfinder.store import ConflictError, Store, StoreError, UnknownError, open_store
from wayfinder.store.audit import Actor

_F = TypeVar("_F", bound=Callable[..., Any])
_TAGGED = re.compile(r"([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)=(.+)", re.DOTALL)
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")

venue_argument = click.argument("venue", metavar="VENUE")


def strip_name(_context: click.Context, _option: click.Parameter, name: str | None) -> str | None:
    """Leave out the spaces around a name, as the studio's forms do."""
    return name and name.strip()


set_option = click.option(
    "--set",
    "set_name",
    metavar="NAME",
    callback=strip_name,
    help="Set that it joins: it holds while the set is on.",
)


def span_options(function: _F) -> _F:
    """Add ``--from`` and ``--until`` to a command."""
    when = "18:00 or 2026-11-23T18:00, on the venue's clock"
    start = click.option("--from", "start", metavar="TIME", help=f"When it begins: {when}.")
    end = click.option("--until", "end", metavar="TIME", help=f"When it ends: {when}.")
    return start(end(function))


@contextmanager
def opened_store() -> Iterator[Store]:
    """Open the store of the settings; what it refuses ends the command with one line."""
    try:
        store = open_store(read_settings().store_url)
        try:
            yield store
        finally:
            store.close()
    except SettingsError as error:
        raise CommandError(str(error)) from None
    except StoreError as error:
        raise refuse(error) from None


def refuse(error: StoreError) -> CommandError:
    """Say in one line what the store refuses, in the language of the command."""
    language = _get_language()
    said = translate(language, error.message_id, **error.values)
    if known := error.values.get("known"):
        said = translate(language, "store.known", problem=said, known=known)
    code = Exit.NO if isinstance(error, UnknownError | ConflictError) else Exit.UNUSABLE
    return CommandError(printable(said), code)


def _get_language() -> str:
    """Return the language of the command that runs, that of the environment where it has none."""
    context = click.get_current_context(silent=True)
    given: str | None = context.params.get("language") if context else None
    return given or default_language()


def find_user() -> str:
    """Return who runs the command, as the system knows them; empty where it does not."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def read_labels(texts: Sequence[str], language: str) -> Labels:
    """Read texts such as ``zh-Hans=检修``; one without a language is in that of the command.

    Raises
    ------
    CommandError
        One is in a language that has no catalogue, or two are in the same.
    """
    labels: dict[str, str] = {}
    for text in texts:
        tagged = _TAGGED.fullmatch(text)
        tag, said = tagged.groups() if tagged else (find_language(language), text)
        if find_spoken(tag) is None:
            said = translate(language, "store.text-unspoken", tag=tag[:40])
            raise CommandError(translate(language, "store.known", problem=said, known=LANGUAGES))
        if tag in labels:
            raise CommandError(translate(language, "store.text-twice", tag=tag))
        labels[tag] = said.strip()
    return labels


def find_actor() -> Actor:
    """Return who runs the command, as the log names them."""
    return Actor(find_user())


@dataclass(frozen=True, slots=True)
class Clock:
    """Times on the venue's clock.

    Parameters
    ----------
    zone
        The venue's time zone.
    now
        Aware.
    language
        BCP 47 tag of what is said.
    """

    zone: tzinfo
    now: datetime
    language: str

    @classmethod
    def of(cls, plan: Plan, language: str) -> "Clock":
        """Return the clock of a plan's venue."""
        zone = find_time_zone(plan)
        return cls(zone, datetime.now(zone), language)

    def read(
        self, text: str | None, option: str, *, after: datetime | None = None
    ) -> datetime | None:
        """Read a time: with a date, or the next such time of the day after an instant.

        Raises
        ------
        CommandError
            It is no time.
        """
        if text is None:
            return None
        clock = _CLOCK.fullmatch(text.strip())
        if clock is not None:
            hour, minute = map(int, clock.groups())
            first = (after or self.now).astimezone(self.zone)
            found = first.replace(hour=hour, minute=minute, second=0, microsecond=0)
            passed = after is not None and found <= after
            return found + timedelta(days=1) if passed else found
        try:
            instant = datetime.fromisoformat(text)
        except ValueError:
            values = {"option": option, "text": text[:40]}
            raise CommandError(translate(self.language, "store.bad-time", **values)) from None
        return instant if instant.tzinfo else instant.replace(tzinfo=self.zone)

    def read_span(
        self, start: str | None, end: str | None
    ) -> tuple[datetime | None, datetime | None]:
        """Read ``--from`` and ``--until``; the end is the next such time after the start."""
        begin = self.read(start, "--from")
        return begin, self.read(end, "--until", after=begin or self.now)

    def say_span(self, start: datetime | None, end: datetime | None) -> str:
        """Say from when until when something holds."""
        begins = start is not None and start > self.now
        code = f"store.{'from' if begins else 'now'}-{'until' if end else 'on'}"
        values = {"start": self.say(start), "end": self.say(end)}
        return translate(self.language, code, **values)

    def say(self, instant: datetime | None) -> str:
        """Say an instant on the venue's clock, empty for none."""
        return f"{instant.astimezone(self.zone):%Y-%m-%d %H:%M}" if instant else ""


def name_features(plan: Plan, feature_ids: Sequence[str], language: str) -> str:
    """Say what features are called, each name once, with their floors, for a shell."""
    return printable(named.name_features(plan, feature_ids, language))
