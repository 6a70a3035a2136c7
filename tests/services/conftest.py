import pytest

from wayfinder.formats import read_plan
from wayfinder.model import Release
from wayfinder.resources import floorplans_dir
from wayfinder.services.served import Served, make_served


@pytest.fixture(scope="session")
def clinic() -> Served:
    return make_served("clinic", Release(read_plan(floorplans_dir() / "clinic").plan, 3))


@pytest.fixture
def goal(clinic: Served) -> str:
    """Return a place of the clinic to go to."""
    (found,) = clinic.directory.find_exact("PED")
    return found
