"""The sample hospital as its program draws it, as it is read, and as one walks in it."""

import pytest

from floorplans.drawing.kit import Hospital
from floorplans.drawing.qinghe import draw_hospital
from wayfinder.formats import ReadResult
from wayfinder.graph import Network
from wayfinder.model import Plan
from wayfinder.route import Router
from wayfinder.services.served import Served


def pytest_itemcollected(item: pytest.Item) -> None:
    """Measure no coverage here: these tests are about the plan, and go many ways in it."""
    item.add_marker("unmeasured")


@pytest.fixture(scope="session")
def drawn() -> Hospital:
    """Return the drawing, in metres."""
    return draw_hospital()


@pytest.fixture(scope="session")
def read(read_hospital: ReadResult) -> ReadResult:
    """Return the plan as it is read from its folder, with what is wrong with it."""
    return read_hospital


@pytest.fixture(scope="session")
def plan(read: ReadResult) -> Plan:
    """Return the plan."""
    return read.plan


@pytest.fixture(scope="session")
def network(served_hospital: Served) -> Network:
    """Return its network."""
    return served_hospital.network


@pytest.fixture(scope="session")
def router(network: Network) -> Router:
    """Return a router on it."""
    return Router(network)
