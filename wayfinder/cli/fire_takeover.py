"""``wayfinder fire trigger``, ``end`` and ``confirm``: here, or at a server on another machine."""

import json
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar

import click
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from wayfinder.cli.console import language_option, printable
from wayfinder.cli.errors import CommandError, Exit
from wayfinder.cli.fire_keys import guarded, key_option, open_key
from wayfinder.cli.stored.access import venue_argument
from wayfinder.guide.catalogues import translate
from wayfinder.services.fire import approve as approving
from wayfinder.services.fire.envelope import Signed
from wayfinder.services.fire.errors import RefusedError
from wayfinder.services.fire.keyring import END, TRIGGER
from wayfinder.services.fire.messages import USUAL, sign_confirm, sign_end, sign_trigger
from wayfinder.services.fire.watch import make_watch
from wayfinder.settings import Settings

_F = TypeVar("_F", bound=Callable[..., Any])
_USUAL_H = USUAL / timedelta(hours=1)
_SEND_S = 10.0


class _Standing(NamedTuple):
    """What is said of a venue's fire now.

    Parameters
    ----------
    active
        Digests of the triggers in force.
    waiting
        Digests of the ends that wait for a second person, the newest last.
    """

    active: tuple[str, ...]
    waiting: tuple[str, ...]


class _Place(Protocol):
    """Where messages are kept: a folder here, or a server's."""

    def check(self, private: Ed25519PrivateKey, right: str) -> None:
        """Refuse whose key it is not before anything is signed."""

    def look(self) -> _Standing:
        """Look at what holds."""

    def take(self, signed: Signed) -> tuple[str, ...]:
        """Let a message hold; return the zones that are on fire then."""


class _Folder:
    """The folder of this machine."""

    def __init__(self, settings: Settings, venue: str) -> None:
        self._watch, self._venue = make_watch(settings), venue
        self._watch.open(venue)

    def check(self, private: Ed25519PrivateKey, right: str) -> None:
        approving.find_signer(self._watch.keyring, private, right, self._venue)

    def look(self) -> _Standing:
        return _Standing(*self._watch.list_messages(self._venue))

    def take(self, signed: Signed) -> tuple[str, ...]:
        self._watch.take(self._venue, signed)
        alarm = self._watch.find_alarm(self._venue)
        return tuple(zone.id for zone in alarm.zones) if alarm else ()


class _Server:
    """A server on another machine; it alone says who may."""

    def __init__(self, url: str, venue: str, language: str) -> None:
        if not url.startswith(("https://", "http://")):
            raise CommandError(translate(language, "fire.cmd-bad-url", url=url[:80]))
        self._url, self._language = url, language
        self._address = f"{url.rstrip('/')}/api/v1/venues/{venue}/fire"

    def check(self, private: Ed25519PrivateKey, right: str) -> None:
        """Leave it to the server."""

    def look(self) -> _Standing:
        document = self._ask()
        try:
            return _Standing(tuple(document["triggers"]), tuple(document["ends"]))
        except (KeyError, TypeError):
            raise self._unsent("no answer of Wayfinder") from None

    def take(self, signed: Signed) -> tuple[str, ...]:
        fire = self._ask(signed.encode()).get("fire")
        return tuple(str(zone["id"]) for zone in fire["zones"]) if fire else ()

    def _ask(self, data: bytes | None = None) -> dict[str, Any]:
        """Ask, or send a message; return the answer's document.

        Raises
        ------
        CommandError
            It does not answer, or does not believe it.
        """
        asking = urllib.request.Request(  # noqa: S310 - the scheme was looked at
            self._address,
            data=data,
            headers={"Content-Type": "application/json", "Accept-Language": self._language},
        )
        try:
            with urllib.request.urlopen(asking, timeout=_SEND_S) as answer:  # noqa: S310 - likewise
                document = json.loads(answer.read())
        except urllib.error.HTTPError as error:
            raise CommandError(printable(_read_reason(error)), Exit.NO) from None
        except OSError as error:
            problem = getattr(error, "reason", None) or error.strerror or error
            raise self._unsent(str(problem)) from None
        except ValueError:
            document = None
        if not isinstance(document, dict):
            raise self._unsent("no answer of Wayfinder")
        return document

    def _unsent(self, problem: str) -> CommandError:
        values = {"url": self._url[:80], "problem": problem}
        return CommandError(printable(translate(self._language, "fire.cmd-unsent", **values)))


def _send_option(function: _F) -> _F:
    option = click.option(
        "--send", metavar="URL", help="Send it to the server at URL, from another machine."
    )
    return option(function)


def _reach(settings: Settings, venue: str, send: str | None, language: str) -> _Place:
    return _Folder(settings, venue) if send is None else _Server(send, venue, language)


@click.command("trigger")
@venue_argument
@click.argument("zones", nargs=-1, required=True, metavar="ZONE...")
@key_option
@click.option(
    "--for",
    "hours",
    type=click.FloatRange(0, 24, min_open=True),
    default=_USUAL_H,
    show_default=True,
    metavar="HOURS",
    help="How long it lasts unless it is ended before, or triggered again.",
)
@_send_option
@click.option("--print", "as_text", is_flag=True, help="Print the signed message, and do nothing.")
@language_option
def trigger_command(
    venue: str,
    zones: tuple[str, ...],
    key_path: Path,
    hours: float,
    send: str | None,
    language: str,
    *,
    as_text: bool,
) -> None:
    """Announce a fire in zones of a venue, on every display and phone within seconds."""
    with guarded() as settings:
        private = open_key(key_path)
        lasting = timedelta(hours=hours)
        signed = sign_trigger(private, venue, tuple(dict.fromkeys(zones)), lasting=lasting)
        if as_text:
            click.echo(signed.encode().decode("utf-8").rstrip())
            return
        place = _reach(settings, venue, send, language)
        place.check(private, TRIGGER)
        place.take(signed)
    until = datetime.now().astimezone() + lasting
    _say(language, "triggered", zones=list(zones), venue=venue, until=f"{until:%Y-%m-%d %H:%M}")


@click.command("end")
@venue_argument
@key_option
@_send_option
@language_option
def end_command(venue: str, key_path: Path, send: str | None, language: str) -> None:
    """Ask to end the fire of a venue; it goes on until a second person confirms, within an hour."""
    _end(venue, key_path, send, language)
    _say(language, "end-asked", venue=venue)


@click.command("confirm")
@venue_argument
@key_option
@_send_option
@language_option
def confirm_command(venue: str, key_path: Path, send: str | None, language: str) -> Exit:
    """Confirm, as the second person, that the fire of a venue is over."""
    zones = _end(venue, key_path, send, language, is_second=True)
    # what broke out meanwhile goes on
    _say(language, "goes-on" if zones else "over", venue=venue, zones=list(zones))
    return Exit.NO if zones else Exit.DONE


def _end(
    venue: str, key_path: Path, send: str | None, language: str, *, is_second: bool = False
) -> tuple[str, ...]:
    """Ask for the end, or confirm it as the second person; return the zones still on fire."""
    with guarded() as settings:
        private = open_key(key_path)
        place = _reach(settings, venue, send, language)
        place.check(private, END)
        standing = place.look()
        if is_second and not standing.waiting:
            raise RefusedError("nothing-to-confirm")
        if not standing.active:
            raise RefusedError("nothing-to-end")
        if is_second:
            return place.take(sign_confirm(private, venue, standing.waiting[-1]))
        return place.take(sign_end(private, venue, standing.active))


def _say(language: str, code: str, /, **values: object) -> None:
    click.echo(printable(translate(language, f"fire.cmd-{code}", **values)))


def _read_reason(error: urllib.error.HTTPError) -> str:
    try:
        return str(json.loads(error.read(65_536))["error"]["reason"])
    except (ValueError, KeyError, TypeError):
        return f"{error.code} {error.reason}"
