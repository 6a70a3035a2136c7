"""What was brought, in a folder of each test's own."""

from pathlib import Path

import pytest

from tests.services.uploads.files import share_nursery
from wayfinder.services.uploads import Uploads


@pytest.fixture
def uploads(tmp_path: Path) -> Uploads:
    return Uploads(tmp_path / "uploads", share_nursery())
