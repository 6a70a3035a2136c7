"""Signs planned from scratch for a real building lead nearly everybody to every room.

It has a hundred rooms a floor in no groups, nine stairs, some of them lines in a hall.
"""

import pytest

from tests.checks.hung import walk_by
from wayfinder.checks.sign_extras import add_extras
from wayfinder.checks.sign_plan import add_signs, plan_signs
from wayfinder.graph import Network, build_network
from wayfinder.model import list_signs
from wayfinder.route import Router


@pytest.mark.long
def test_of_a_hundred_at_least_ninety_five_arrive(office: Network) -> None:
    router = Router(office)
    planned = plan_signs(router)
    assert planned.signs
    assert all(0 < len(sign.messages) <= 8 for sign in planned.signs)
    signed = add_signs(office.plan, planned.signs)
    by_signs = Router(build_network(signed, office))
    filled = add_extras(by_signs, list_signs(signed))
    assert all(len(sign.messages) <= 8 for sign in filled)
    walks = walk_by(by_signs, filled)
    assert len(walks) > 300
    assert sum(walk.arrived for walk in walks) >= 0.95 * len(walks)
