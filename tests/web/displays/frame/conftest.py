"""Displays in a browser, and the weather they meet."""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import ChoiceLoader, DictLoader
from playwright.sync_api import Browser, BrowserContext, Page
from playwright.sync_api import Error as PlaywrightError

from tests.web.contexts import Open, open_contexts
from tests.web.displays.frame.weather import Storm, make_clinic
from wayfinder.resources import static_dir
from wayfinder.services.served import Served
from wayfinder.settings import Settings
from wayfinder.web.app import create_app

PATIENCE_MS = 20_000
"""How long a test waits for what comes in a second where nothing else runs."""
BOOT_S = 5.0
NAME = "青禾诊所"
PLAIN_PAGE = """{% extends "displays/base.html" %}
{% block body_data %} data-desk="010-6000 1000"{% endblock %}
{% block main %}<h1>{{ pick(page.served.name) }}</h1>{% endblock %}"""
PLAIN_SCRIPT = """import { given, report, start } from "./frame.js";
start();
report("rendered", { release: given.release, version: given.version });"""


@pytest.fixture(scope="session")
def clinic() -> Served:
    """Return the clinic with screens in its lobby."""
    return make_clinic()


@pytest.fixture(scope="session")
def renamed() -> Served:
    """Return its second release, in which it has another name."""
    return make_clinic(number=2, tag="2")


@pytest.fixture(scope="session")
def running(clinic: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Storm]:
    storm = Storm([clinic])
    storm.plain = make_program(storm, tmp_path_factory.mktemp("plain"), PLAIN_SCRIPT)
    with storm:
        yield storm


@pytest.fixture
def storm(running: Storm, clinic: Served) -> Iterator[Storm]:
    """Return a server with weather; the sun shines before and after each test.

    Its boards are plain: nothing but the frame. Its kiosks are kiosks.
    """
    running.venues.put(clinic)
    yield running.clear()
    running.venues.put(clinic)
    running.clear()


def make_program(storm: Storm, folder: Path, script: str) -> Flask:
    """Make a version of the program with plain boards and a script for them."""
    static = folder / "static"
    shutil.copytree(static_dir(), static)
    (static / "display" / "board.js").write_text(script, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("wayfinder.web.app.static_dir", lambda: static)
        app = create_app(storm.venues, Settings(base_url=storm.url, access_log=False))
    own = app.jinja_env.loader
    assert own is not None
    app.jinja_env.loader = ChoiceLoader([DictLoader({"displays/board.html": PLAIN_PAGE}), own])
    return app


@pytest.fixture
def broken(storm: Storm, tmp_path: Path) -> Flask:
    """Return a version of the program whose boards do not even start."""
    return make_program(storm, tmp_path, "throw new Error('broken');")


@pytest.fixture
def silent(storm: Storm, tmp_path: Path) -> Flask:
    """Return a version of the program whose boards start, and never show anything."""
    return make_program(storm, tmp_path, "import { start } from './frame.js'; start();")


@pytest.fixture
def board(storm: Storm) -> str:
    """Return the path of the board."""
    return find_path(storm, "board")


@pytest.fixture
def kiosk(storm: Storm) -> str:
    """Return the path of the kiosk."""
    return find_path(storm, "kiosk")


def find_path(storm: Storm, kind: str) -> str:
    """Return the path of the first display of a kind."""
    records = storm.venues.list_displays("clinic")
    return next(f"/{kind}/{record.id}" for record in records if record.kind == kind)


@pytest.fixture
def open_screen(browser: Browser, storm: Storm) -> Iterator[Open]:
    """Return what switches a screen on: a browser with storage of its own."""
    size = {"width": 1920, "height": 1080}
    with open_contexts(
        browser, patience_ms=PATIENCE_MS, base_url=storm.url, viewport=size
    ) as open_screen:
        yield open_screen


@pytest.fixture
def screen(open_screen: Open) -> BrowserContext:
    """Return a screen."""
    return open_screen()


@pytest.fixture
def kept(screen: BrowserContext, board: str) -> Page:
    """Return the page of a board that has all it needs."""
    page = screen.new_page()
    page.goto(board)
    wait_kept(page)
    return page


def get_boot_limit_s() -> float:
    """Return how long a start may take: 5 s on a machine that has a core for it.

    Where others wait for the same cores, each waits as many times longer.
    """
    busy = os.getloadavg()[0] / (os.cpu_count() or 1) if hasattr(os, "getloadavg") else 1.0
    return BOOT_S * max(1.0, busy)


def wait_kept(page: Page) -> None:
    """Wait until the worker of a page works: it has all that the page needs."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def reopen(page: Page, path: str) -> Page:
    """Switch a screen off and on: another page of the same browser."""
    context = page.context
    page.close()
    fresh = context.new_page()
    with suppress(PlaywrightError):  # a browser error counts by what is seen
        fresh.goto(path)
    return fresh


def tell_worker(page: Page, what: str) -> None:
    """Say something to the worker of a page, as the frame does."""
    page.evaluate(
        "what => navigator.serviceWorker.ready.then(r => r.active.postMessage({do: what}))", what
    )


def wait_for_name(page: Page, name: str) -> None:
    """Wait until a page shows the name of the venue, whatever is opened meanwhile."""
    page.wait_for_function(
        "name => document.title.includes(name)", arg=name, timeout=PATIENCE_MS, polling=100
    )
