"""``wayfinder serve``: what is published, to everybody."""

import click

from wayfinder.settings import SettingsError, list_unknown, read_settings
from wayfinder.store import StoreError, open_store
from wayfinder.web.server import run_server

_PATIENCE_S = 30.0
"""How long a database may take to come up after the machine (ours)."""


@click.command("serve")
@click.option("--host", metavar="HOST", help="Address to listen on; WAYFINDER_HOST without it.")
@click.option(
    "--port", type=click.IntRange(1, 65535), metavar="PORT", help="Port; WAYFINDER_PORT without it."
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    metavar="N",
    help="Worker processes; WAYFINDER_WORKERS without it.",
)
def command(host: str | None, port: int | None, workers: int | None) -> int:
    """Serve what is published, until Ctrl-C or SIGTERM.

    Settings are WAYFINDER_* variables; `wayfinder settings` lists them.
    """
    try:
        settings = read_settings(host=host, port=port, workers=workers)
        for variable, meant in list_unknown():
            hint = f"; {meant} was meant?" if meant else ""
            click.echo(f"{variable} is no setting{hint}", err=True)
        # brings the tables up to date before any worker starts, and says at once what is wrong
        open_store(settings.store_url, patience_s=_PATIENCE_S).close()
        run_server(settings)
    except SettingsError as error:
        raise click.ClickException(str(error)) from None
    except StoreError as error:
        raise click.ClickException(f"WAYFINDER_DATABASE_URL: {error}") from None
    return 0
