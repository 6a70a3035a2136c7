"""An application over the sample clinic, without a store and without a server."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from wayfinder.formats import read_plan
from wayfinder.model import Release
from wayfinder.resources import floorplans_dir
from wayfinder.services.served import Served, make_served
from wayfinder.services.venues import Venues
from wayfinder.settings import Settings
from wayfinder.web.app import create_app

BASE_URL = "https://way.example.org"


@pytest.fixture(scope="session")
def served_clinic() -> Served:
    """Return the sample clinic as it is served: five signs with codes, two floors."""
    return make_served("clinic", Release(read_plan(floorplans_dir() / "clinic").plan, 1))


@pytest.fixture
def settings() -> Settings:
    """Return the settings of the tests: a public address, nothing logged."""
    return Settings(base_url=BASE_URL, access_log=False)


@pytest.fixture
def app(served_clinic: Served, settings: Settings) -> Flask:
    """Return an application that serves the clinic."""
    return create_app(Venues([served_clinic]), settings)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a client that asks for the right host."""
    client = app.test_client(use_cookies=False)
    client.environ_base["HTTP_HOST"] = "way.example.org"
    return client
