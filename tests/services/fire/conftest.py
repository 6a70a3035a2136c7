"""A hospital that is ready for a fire."""

from pathlib import Path

import pytest

from tests.services.fire.people import People


@pytest.fixture
def people(tmp_path: Path) -> People:
    """Return people with keys and approved texts."""
    made = People(tmp_path / "fire")
    made.write()
    return made
