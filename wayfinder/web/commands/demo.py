"""``wayfinder demo``: the sample hospital, published and served, to try at once."""

import json
import logging
import math
import socket
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import click

from wayfinder.formats import read_plan
from wayfinder.guide.catalogues import LANGUAGES, translate
from wayfinder.model import (
    Display,
    DisplayKind,
    Plan,
    Sign,
    list_displays,
    list_signs,
    pick_label,
)
from wayfinder.resources import floorplans_dir
from wayfinder.services import releases, tokens
from wayfinder.services.display_registry import read_displays
from wayfinder.services.fire.folder import KEYRING
from wayfinder.settings import Settings, SettingsError, read_settings
from wayfinder.store import Store, open_store
from wayfinder.store.displays import DisplayRecord
from wayfinder.web.commands import demo_code, demo_fire, demo_people
from wayfinder.web.server import find_address, run_server

SAMPLES = {"qinghe": "hospital", "clinic": "clinic"}
"""Name in addresses to the folder of the plan, the one to try first in front."""
_PATIENCE_S = 120.0
_EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - compared, not bound


@click.command("demo")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="HOST",
    help="Address to listen on; 0.0.0.0 lets phones in the same network try it.",
)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    metavar="PORT",
    help="Port to listen on.",
)
def command(host: str, port: int) -> int:
    """Serve the sample hospital from a store that is gone afterwards, and say what to try."""
    with tempfile.TemporaryDirectory(prefix="wayfinder-demo-") as folder:
        try:
            settings = _make_settings(host, port, Path(folder))
            find_address(settings)
            for language in LANGUAGES:
                click.echo(translate(language, "api.demo-wait"), err=True)
            store = open_store(settings.store_url)
            lines = [*_fill(store, settings.public_url), *_prepare_fire(settings)]
            store.close()
            waiting = threading.Thread(target=_announce, args=(settings, lines), daemon=True)
            run_server(settings, on_start=waiting.start)
        except SettingsError as error:
            raise click.ClickException(str(error)) from None
    return 0


def _make_settings(host: str, port: int, folder: Path) -> Settings:
    base_url = f"http://{_find_own_address()}:{port}" if host in _EVERYWHERE else ""
    return read_settings(
        database_url="",
        data_dir=folder,
        fire_dir=folder / "fire",
        fire_keys=folder / "fire" / KEYRING,
        host=host,
        port=port,
        base_url=base_url,
        hosts="localhost" if base_url else "",
        workers=1,
        metrics_token="",
        second_factor="optional",  # one tries without a telephone at hand
        oidc_issuer="",
        log_level="warning",
        log_format="text",
        access_log=False,
    )


def _fill(store: Store, url: str) -> Iterator[str]:
    """Publish the samples, and yield what to try on each."""
    for slug, folder in SAMPLES.items():
        source = floorplans_dir() / folder
        if not source.is_dir():
            continue
        read = read_plan(source)
        releases.import_plan(store, slug, read.plan, reading=read.issues)
        releases.publish(store, slug)
        sign = _find_sign(read.plan)
        names = read.plan.venue.name if read.plan.venue else {}
        for language in LANGUAGES:
            name = pick_label(names, language)
            yield translate(
                language, "api.demo-home", name=name, url=f"{url}/v/{slug}?lang={language}"
            )
            if sign is not None:
                page = f"{url}/s/{sign.code}?lang={language}"
                yield translate(language, "api.demo-sign", url=page)
            for kind, page in _list_displays(store, slug):
                yield translate(language, f"api.demo-{kind}", url=f"{url}{page}?lang={language}")
        if sign is not None:
            yield from demo_code.list_lines(f"{url}/s/{sign.code}")
        yield ""
    token = tokens.make_token(store, "demo", scopes=tokens.SCOPES)
    for language in LANGUAGES:
        yield translate(language, "api.demo-api", url=f"{url}/api/v1/docs")
        yield translate(language, "api.demo-token", token=token)
    yield from demo_people.prepare(store, url)


def _prepare_fire(settings: Settings) -> Iterator[str]:
    """Let two people approve example texts, and yield how a fire is tried, and how all ends."""
    texts = {slug: floorplans_dir() / "fire" / f"{slug}.json" for slug in SAMPLES}
    found = {slug: file for slug, file in texts.items() if file.is_file()}
    if found:
        keys = demo_fire.prepare(settings, found)
        slug, file = next(iter(found.items()))
        zone = json.loads(file.read_text("utf-8"))["zones"][0]["id"]
        url = f"http://{_find_reachable(settings)}:{settings.port}"
        yield from ("", *demo_fire.say_commands(slug, zone, keys, url), "")
    for language in LANGUAGES:
        yield translate(language, "api.demo-stop")


def _list_displays(store: Store, slug: str) -> Iterator[tuple[str, str]]:
    """Yield the kind and the page of a venue's first kiosk and first board."""
    with store.read() as connection:
        records = [one for one in read_displays(connection) if one.venue == slug]
    for kind in DisplayKind:
        first = min((one for one in records if one.kind is kind), key=_get_ref, default=None)
        if first is not None:
            yield str(kind), f"/{kind}/{first.id}"


def _find_sign(plan: Plan) -> Sign | None:
    """Return the sign nearest to the first kiosk, in its hall if there is one."""
    # that is where visitors come in
    signs = [sign for sign in list_signs(plan) if sign.code]
    kiosks = [one for one in list_displays(plan) if one.kind is DisplayKind.KIOSK]
    kiosk = min(kiosks, key=_get_ref, default=None)
    if kiosk is None:
        return next(iter(signs), None)

    def rate(sign: Sign) -> tuple[bool, bool, bool, float]:
        elsewhere = sign.level_id != kiosk.level_id, sign.unit_id != kiosk.unit_id
        # then both maps have the same top, and who tries both is not confused
        is_turned = sign.facing_deg != kiosk.facing_deg
        return *elsewhere, is_turned, math.dist(sign.point, kiosk.point)

    return min(signs, key=rate, default=None)


def _get_ref(record: DisplayRecord | Display) -> str:
    return record.ref


def _announce(settings: Settings, lines: list[str]) -> None:
    """Say what to try as soon as it can be tried."""
    ready = f"http://{_find_reachable(settings)}:{settings.port}/readyz"
    until = time.monotonic() + _PATIENCE_S
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(ready, timeout=5):
                break
        except OSError:
            time.sleep(0.1)
    click.echo("\n".join(lines))
    sys.stdout.flush()


def _find_reachable(settings: Settings) -> str:
    """Return an address by which this machine reaches the server."""
    host = "127.0.0.1" if settings.host in _EVERYWHERE else settings.host
    return f"[{host}]" if ":" in host else host


def _find_own_address() -> str:
    """Return this machine's address in its network; nothing is sent to find it out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address for documentation: only the way counts
            return str(probe.getsockname()[0])
        except OSError:
            logging.getLogger(__name__).debug("no network")
            return "127.0.0.1"
