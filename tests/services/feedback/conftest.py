"""A store with the clinic, and somebody who handles what is reported."""

import pytest

from wayfinder.formats import read_plan
from wayfinder.resources import floorplans_dir
from wayfinder.services import releases
from wayfinder.store import Store
from wayfinder.store.audit import Actor

ANN = Actor("安")


@pytest.fixture
def house(store: Store) -> Store:
    """Return a store with the clinic, published."""
    releases.import_plan(store, "clinic", read_plan(floorplans_dir() / "clinic").plan)
    releases.publish(store, "clinic")
    return store
