"""``wayfinder backup``, ``restore``, ``codes`` and ``token``."""

from datetime import datetime
from pathlib import Path

import click

from wayfinder.cli.console import language_option, print_json, printable, progress
from wayfinder.cli.errors import CommandError
from wayfinder.cli.stored.access import find_actor, opened_store, venue_argument
from wayfinder.guide.catalogues import translate
from wayfinder.services import registry, tokens
from wayfinder.services.backup import BackupSummary, write_backup
from wayfinder.services.restore import restore_backup

file_argument = click.argument("file", metavar="FILE", type=click.Path(path_type=Path))


@click.command("backup")
@file_argument
@language_option
def backup_command(file: Path, language: str) -> None:
    """Write all that the store holds into one file; serving goes on meanwhile."""
    with opened_store() as store, progress(f"Writing {file}"):
        summary = write_backup(store, file)
    _say("store.backed-up", file, summary, language)


@click.command("restore")
@file_argument
@click.option("--replace", is_flag=True, help="Let what the store holds now give way.")
@language_option
def restore_command(file: Path, language: str, *, replace: bool) -> None:
    """Put a backup into an empty store, of either database, whole or not at all."""
    with opened_store() as store, progress(f"Reading {file}"):
        summary = restore_backup(store, file, replace=replace)
    _say("store.restored", file, summary, language)


def _say(code: str, file: Path, summary: BackupSummary, language: str) -> None:
    values = {
        "file": str(file),
        "venues": list(summary.venues),
        "releases": str(summary.releases),
        "codes": str(summary.codes),
        "time": f"{summary.made_at.astimezone():%Y-%m-%d %H:%M}",
    }
    click.echo(printable(translate(language, code, **values)))


@click.command("codes")
@venue_argument
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def codes_command(venue: str, *, as_json: bool) -> None:
    """List the codes of a venue's signs: code, number of the sign, id of the sign."""
    with opened_store() as store:
        records = registry.list_venue_codes(store, venue)
    if as_json:
        listed = [
            {
                "code": one.code,
                "ref": one.ref,
                "sign": one.feature,
                "registered_at": one.registered_at.isoformat(),
            }
            for one in records
        ]
        print_json({"venue": venue, "codes": listed})
        return
    for one in records:
        click.echo(printable(f"{one.code}  {one.ref or '-':8}  {one.feature}"))


@click.group("token")
def token_command() -> None:
    """Make and take back tokens, by which other systems may change conditions or watch displays."""


@token_command.command("make")
@click.argument("name", metavar="NAME")
@click.option("--venue", metavar="VENUE", help="The only venue that it is good for.")
@click.option("--until", metavar="DATE", help="When it ends: 2027-12-31, or with a time.")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice(tokens.SCOPES),
    default=[tokens.CONDITIONS],
    show_default=True,
    help="What it is good for: to change conditions, to watch displays; may be repeated.",
)
@language_option
def make_command(
    name: str, venue: str | None, until: str | None, scopes: tuple[str, ...], language: str
) -> None:
    """Make a token for the system NAME, and print it, this once."""
    expires_at = None if until is None else _read_date(until, language)
    with opened_store() as store:
        token = tokens.make_token(
            store, name, venue=venue, scopes=scopes, expires_at=expires_at, who=find_actor()
        )
    click.echo(token)
    click.echo(translate(language, "store.token-made"), err=True)


@token_command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@language_option
def list_command(language: str, *, as_json: bool) -> None:
    """List the tokens: who holds them, what for, until when."""
    with opened_store() as store:
        records = tokens.list_all(store)
    if as_json:
        listed = [
            {
                "name": one.name,
                "venue": one.venue,
                "scopes": list(one.scopes),
                "made_by": one.made_by,
                "made_at": one.made_at.isoformat(),
                "expires_at": one.expires_at.isoformat() if one.expires_at else None,
                "revoked_at": one.revoked_at.isoformat() if one.revoked_at else None,
            }
            for one in records
        ]
        print_json({"tokens": listed})
        return
    for one in records:
        parts = [one.name, one.venue or tokens.EVERY_VENUE, *one.scopes]
        if one.expires_at is not None:
            parts.append(f"→ {one.expires_at.astimezone():%Y-%m-%d %H:%M}")
        if one.revoked_at is not None:
            parts.append(translate(language, "store.token-revoked"))
        click.secho(printable(" · ".join(parts)), dim=one.revoked_at is not None)


@token_command.command("revoke")
@click.argument("name", metavar="NAME")
@click.option("--venue", metavar="VENUE", help="Where it is good, where several are called so.")
@language_option
def revoke_command(name: str, venue: str | None, language: str) -> None:
    """Take the token of the system NAME back, for good."""
    with opened_store() as store:
        tokens.revoke(store, name, venue=venue, who=find_actor())
    click.echo(printable(translate(language, "store.token-taken-back", name=name)))


def _read_date(text: str, language: str) -> datetime:
    try:
        return datetime.fromisoformat(text).astimezone()
    except (ValueError, OverflowError, OSError):
        values = {"option": "--until", "text": text[:40]}
        raise CommandError(translate(language, "store.bad-time", **values)) from None
