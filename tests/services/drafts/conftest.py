from collections.abc import Callable

import pytest

from tests.drafted import ANN, Hand
from tests.signed import make_plan
from wayfinder.services import releases
from wayfinder.services.drafts import Desk, open_draft
from wayfinder.store import Store


@pytest.fixture
def house(store: Store) -> Store:
    """Return a store with a house in force."""
    releases.import_plan(store, "house", make_plan())
    releases.publish(store, "house")
    return store


@pytest.fixture
def desk(house: Store) -> Desk:
    return Desk(house)


@pytest.fixture
def draft(desk: Desk) -> int:
    """Return the id of a draft upon what is in force."""
    return open_draft(desk, "house", "new wing", who=ANN).id


@pytest.fixture
def sit_down(house: Store, draft: int) -> Callable[[str], Hand]:
    """Let somebody draw in the draft, in a process of their own."""
    return lambda author: Hand(Desk(house), draft, author)


@pytest.fixture
def ann(sit_down: Callable[[str], Hand]) -> Hand:
    return sit_down("ann")


@pytest.fixture
def bob(sit_down: Callable[[str], Hand]) -> Hand:
    return sit_down("bob")
