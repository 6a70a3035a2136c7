"""``wayfinder fire key``, ``allow`` and ``revoke``: who may say that there is a fire."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from wayfinder.cli.console import default_language, language_option, printable
from wayfinder.cli.errors import CommandError, Exit
from wayfinder.guide.catalogues import translate
from wayfinder.services.fire import keyring
from wayfinder.services.fire.envelope import encode_key
from wayfinder.services.fire.errors import FireError, RefusedError
from wayfinder.services.fire.folder import KEYRING
from wayfinder.services.fire.watch import make_watch
from wayfinder.settings import Settings, SettingsError, read_settings

_F = TypeVar("_F", bound=Callable[..., Any])


def key_option(function: _F) -> _F:
    """Add ``--key`` to a command."""
    option = click.option(
        "--key",
        "key_path",
        required=True,
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="Your private key; its passphrase is asked for.",
    )
    return option(function)


@contextmanager
def guarded() -> Iterator[Settings]:
    """Read the settings; what the fire takeover refuses ends the command with one line."""
    try:
        yield read_settings()
    except SettingsError as error:
        raise CommandError(str(error)) from None
    except FireError as error:
        code = Exit.NO if isinstance(error, RefusedError) else Exit.UNUSABLE
        raise CommandError(say_refused(error), code) from None


def say_refused(error: FireError) -> str:
    """Say in one line what is refused."""
    return printable(translate(default_language(), error.message_id, **error.values))


def open_key(path: Path) -> Ed25519PrivateKey:
    """Open a private key, and ask for its passphrase where it has one."""
    passphrase = None
    if keyring.is_locked(path):
        passphrase = click.prompt(_say("ask-passphrase"), hide_input=True, err=True)
    return keyring.read_private_key(path, passphrase)


def find_keyring(settings: Settings) -> Path:
    """Return where the keyring lies."""
    return settings.fire_keys or settings.fire_folder / KEYRING


@click.command("key")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--no-passphrase",
    is_flag=True,
    help="Do not encrypt it: for an alarm panel that nobody unlocks.",
)
def key_command(file: Path, *, no_passphrase: bool) -> None:
    """Make a private key in FILE, for one person or one alarm panel, and print the public one."""
    passphrase = None
    with guarded():
        if not no_passphrase:
            asked = _say("ask-new-passphrase")
            passphrase = click.prompt(
                asked, hide_input=True, confirmation_prompt=sys.stdin.isatty(), err=True
            )
        private = keyring.make_private_key(file, passphrase)
    click.echo(encode_key(private.public_key()))


@click.command("allow")
@click.argument("name", metavar="NAME")
@click.argument("public_key", metavar="PUBLIC_KEY")
@click.option(
    "--may",
    "rights",
    multiple=True,
    required=True,
    type=click.Choice(keyring.RIGHTS),
    help="What it may do; once a right. An alarm panel may trigger and nothing else.",
)
@click.option("--venue", "venues", multiple=True, metavar="VENUE", help="Only there; all without.")
@language_option
def allow_command(
    name: str, public_key: str, rights: tuple[str, ...], venues: tuple[str, ...], language: str
) -> None:
    """Let NAME sign with the key that belongs to PUBLIC_KEY."""
    with guarded() as settings:
        path = find_keyring(settings)
        signer = keyring.Signer(name.strip(), public_key, rights, venues)
        keyring.write_keyring(path, keyring.read_keyring(path).with_signer(signer))
    values = {"name": name, "rights": list(rights), "file": str(path)}
    click.echo(printable(translate(language, "fire.cmd-allowed", **values)))


@click.command("revoke")
@click.argument("name", metavar="NAME")
@language_option
def revoke_command(name: str, language: str) -> None:
    """Let NAME sign no more; what was announced before goes on until two people end it."""
    with guarded() as settings:
        path = find_keyring(settings)
        watch = make_watch(settings)
        watch.look()
        had = watch.list_texts()
        taken_back = keyring.read_keyring(path).with_revoked(name, datetime.now(UTC))
        keyring.write_keyring(path, taken_back)
        watch.look()
        has = watch.list_texts()
    click.echo(printable(translate(language, "fire.cmd-revoked", name=name)))
    for venue, number in had.items():
        if has.get(venue) != number:
            code = "older-texts" if has.get(venue) else "no-texts-left"
            said = translate(language, f"fire.cmd-{code}", venue=venue, number=has.get(venue) or 0)
            click.secho(f"! {printable(said)}", fg="red", err=True)


def _say(code: str) -> str:
    return translate(default_language(), f"fire.cmd-{code}")
