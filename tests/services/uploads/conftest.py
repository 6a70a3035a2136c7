"""A nursery that all tests share: to start one takes seconds."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from wayfinder.services.uploads import Nursery, Uploads


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    made = Nursery()
    yield made
    made.close()


@pytest.fixture
def uploads(nursery: Nursery, tmp_path: Path) -> Uploads:
    return Uploads(tmp_path / "uploads", nursery)
