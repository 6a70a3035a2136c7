"""The sample hospital as its program draws it, as it is read, and as one walks in it."""

import pytest

from floorplans.drawing.kit import Hospital
from floorplans.drawing.qinghe import draw_hospital
from wayfinder.formats import ReadResult, read_plan
from wayfinder.graph import Network, build_network
from wayfinder.model import Plan
from wayfinder.resources import floorplans_dir
from wayfinder.route import Router


@pytest.fixture(scope="session")
def drawn() -> Hospital:
    """Return the drawing, in metres."""
    return draw_hospital()


@pytest.fixture(scope="session")
def read() -> ReadResult:
    """Return the plan as it is read from its folder, with what is wrong with it."""
    return read_plan(floorplans_dir() / "hospital")


@pytest.fixture(scope="session")
def plan(read: ReadResult) -> Plan:
    """Return the plan."""
    return read.plan


@pytest.fixture(scope="session")
def network(plan: Plan) -> Network:
    """Return its network."""
    return build_network(plan)


@pytest.fixture(scope="session")
def router(network: Network) -> Router:
    """Return a router on it."""
    return Router(network)
