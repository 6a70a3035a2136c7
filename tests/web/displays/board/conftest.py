"""A house whose hall has boards, as an application and behind a port."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.boards import HOUSE, serve
from tests.web.conftest import make_client
from tests.web.network import Network
from wayfinder.model import Closure, Conditions, Notice, make_feature
from wayfinder.services.served import Served, make_served
from wayfinder.services.venues import Venues
from wayfinder.settings import Settings
from wayfinder.web.app import create_app

SIZES = {"across": (1920, 1080), "upright": (1080, 1920), "fine": (3840, 2160)}
"""Name of a board to its pixels."""
CONDITIONS = Conditions(
    closures=(Closure("lifteast@0", reason={"en": "inspection", "zh-Hans": "年检"}),),
    notices=(
        Notice("mask", {"en": "Please wear a mask.", "zh-Hans": "请佩戴口罩。"}),
        Notice("party", {"en": "Open day on Sunday.", "zh-Hans": "周日开放日。"}),
        Notice("works", {"en": "Building works at the gate.", "zh-Hans": "大门施工，请走东门。"}),
    ),
)


def serve_boards(conditions: Conditions = CONDITIONS) -> Served:
    """Serve the house with a board of each size, with many rooms on the top floor."""
    plan = serve(text=HOUSE).plan
    model = plan["display"]
    boards = []
    for name, (width, height) in SIZES.items():
        placed: dict[str, Any] = {
            **model.wayfinder["display"],
            "width_px": width,
            "height_px": height,
            "pixel_pitch_mm": 0.315 if name == "fine" else 0.63,
        }
        properties = {**model.properties, "wayfinder": {"display": placed, "ref": name}}
        boards.append(make_feature(name, "amenity", model.geometry, properties))
    release = serve(text=HOUSE).snapshot.release
    return make_served("house", type(release)(plan.with_features(*boards), 1), conditions)


@pytest.fixture(scope="session")
def boards() -> Served:
    return serve_boards()


@pytest.fixture(scope="session")
def board_app(boards: Served) -> Flask:
    settings = Settings(base_url="https://way.example.org", access_log=False)
    return create_app(Venues([boards]), settings)


@pytest.fixture
def client(board_app: Flask) -> FlaskClient:
    """Return a client of the house."""
    return make_client(board_app)


@pytest.fixture(scope="session")
def running(boards: Served) -> Iterator[Network]:
    with Network([boards]) as network:
        yield network


@pytest.fixture
def network(running: Network, boards: Served) -> Iterator[Network]:
    """Return the network; what it serves is as before after each test."""
    yield running
    running.restore(boards)


def find_path(venues: Venues, name: str = "across") -> str:
    """Return the address of a board by its name."""
    records = venues.list_displays("house")
    return next(f"/board/{one.id}" for one in records if one.feature == name)
