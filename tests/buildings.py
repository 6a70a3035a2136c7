"""Whole buildings for tests, read and built once in a process: nobody may change them."""

import gc
from typing import TYPE_CHECKING

import pytest

from tests.measuring import pause_coverage
from wayfinder.formats import ReadResult, read_plan
from wayfinder.graph import Network, build_network
from wayfinder.model import Release
from wayfinder.resources import floorplans_dir
from wayfinder.services.served import Served, make_served

if TYPE_CHECKING:  # conftest.py imports this module
    from tests.conftest import SharedPlans


@pytest.fixture(scope="session")
def read_hospital() -> ReadResult:
    """Return the sample hospital as it is read from its folder, with what is wrong with it."""
    with pause_coverage():
        return read_plan(floorplans_dir() / "hospital")


@pytest.fixture(scope="session")
def served_hospital(read_hospital: ReadResult) -> Served:
    """Return the sample hospital as it is served."""
    with pause_coverage():
        served = make_served("qinghe", Release(read_hospital.plan, 1))
    _spare_the_collector()
    return served


@pytest.fixture(scope="session")
def read_office(shared_plans: "SharedPlans") -> ReadResult:
    """Return a real office building with five floors as it is read, or skip by name."""
    return read_plan(shared_plans / "osm_apb_dresden/APBorig.osm")


@pytest.fixture(scope="session")
def office(read_office: ReadResult) -> Network:
    """Return the network of the office."""
    network = build_network(read_office.plan)
    _spare_the_collector()
    return network


def _spare_the_collector() -> None:
    """Let no test that follows look again and again through what lasts."""
    gc.collect()
    gc.freeze()
