"""By the signs of the hospital alone, as they are printed, nearly everybody arrives."""

from datetime import datetime
from itertools import islice

import pytest

from wayfinder.checks.sign_audit import audit_signs, list_journeys
from wayfinder.checks.sign_walker import SignWalker
from wayfinder.model import Conditions, Sign, list_signs
from wayfinder.route import Router
from wayfinder.services.printed_signs import write_out

MONDAY = datetime.fromisoformat("2026-11-23T10:00+08:00")
LEAST = 0.98


@pytest.fixture(scope="module")
def printed(router: Router) -> tuple[Sign, ...]:
    """Return the signs of the hospital with all that is printed on them."""
    return write_out(router, list_signs(router.network.plan))


def test_without_signs_hardly_anybody_arrives(router: Router) -> None:
    calm = Conditions()
    walker = SignWalker(router, (), epoch=router.schedule.find_epoch(MONDAY, calm))
    journeys = islice(list_journeys(router, walker, MONDAY, calm), 0, None, 61)
    walks = [walker.walk(*journey) for journey in journeys]
    assert len(walks) > 20
    assert sum(walk.arrived for walk in walks) < 0.2 * len(walks)


@pytest.mark.long
@pytest.mark.parametrize("profile", ["walk", "easy"])
def test_of_all_journeys_at_least_ninety_eight_in_a_hundred_arrive(
    router: Router, printed: tuple[Sign, ...], profile: str
) -> None:
    (found,) = audit_signs(router, signs=printed, profiles=(profile,), departure=MONDAY).shares
    assert found.journeys > 1700
    assert found.share >= LEAST
