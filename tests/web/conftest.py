"""An application over the sample clinic, without a store and without a server."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import expect

from tests.web.contexts import PATIENCE_MS
from tests.web.network import Network
from wayfinder.formats import read_plan
from wayfinder.model import Release
from wayfinder.resources import floorplans_dir
from wayfinder.services import releases
from wayfinder.services.served import Served, make_served
from wayfinder.services.venues import Venues
from wayfinder.settings import Settings
from wayfinder.store import open_store
from wayfinder.web.app import create_app

BASE_URL = "https://way.example.org"

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def served_clinic() -> Served:
    """Return the sample clinic as it is served: five signs with codes, two floors."""
    return make_served("clinic", Release(read_plan(floorplans_dir() / "clinic").plan, 1))


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a store with the clinic published, for servers of their own."""
    folder = tmp_path_factory.mktemp("data")
    store = open_store(str(folder / "wayfinder.sqlite3"))
    releases.import_plan(store, "clinic", read_plan(floorplans_dir() / "clinic").plan)
    releases.publish(store, "clinic")
    store.close()
    return folder


@pytest.fixture(scope="session")
def settings() -> Settings:
    """Return the settings of the tests: a public address, nothing logged."""
    return Settings(base_url=BASE_URL, access_log=False)


@pytest.fixture(scope="session")
def app(served_clinic: Served, settings: Settings) -> Flask:
    """Return an application that serves the clinic."""
    return create_app(Venues([served_clinic]), settings)


@pytest.fixture(scope="session")
def running(served_clinic: Served) -> Iterator[Network]:
    """Return the clinic behind a port, for what many tests share."""
    with Network([served_clinic]) as network:
        yield network


@pytest.fixture
def network(running: Network, served_clinic: Served) -> Iterator[Network]:
    """Return the clinic behind a port, whole again after each test."""
    running.restore(served_clinic)
    yield running
    running.restore(served_clinic)


class Client(FlaskClient):
    """Asks for the right host, unless told otherwise."""

    def open(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as werkzeug's
        kwargs.setdefault("base_url", BASE_URL)
        return super().open(*args, **kwargs)


def make_client(app: Flask) -> FlaskClient:
    """Make a client of an application; it keeps no cookies."""
    return Client(app, app.response_class, use_cookies=False)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a client that asks for the right host."""
    return make_client(app)
