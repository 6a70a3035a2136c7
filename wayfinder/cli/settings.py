"""``wayfinder settings``: every setting, what it is now and what it means."""

from dataclasses import asdict

import click

from wayfinder.cli.console import print_json, printable
from wayfinder.cli.errors import CommandError
from wayfinder.settings import SettingsError, list_settings, read_settings


@click.command("settings")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(*, as_json: bool) -> None:
    """List every setting: variable, value, default, meaning. Secrets are hidden."""
    try:
        settings = read_settings()
    except SettingsError as error:
        raise CommandError(str(error)) from None
    listed = list(list_settings(settings))
    if as_json:
        print_json({"settings": [asdict(setting) for setting in listed]})
        return
    for setting in listed:
        value = printable(setting.value) or "(empty)"
        changed = "" if setting.value == setting.default else click.style(" *", bold=True)
        click.echo(f"{click.style(setting.variable, bold=True)} = {value}{changed}")
        click.echo(click.wrap_text(setting.meaning, 96, "    ", "    "))
