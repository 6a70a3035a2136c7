"""Where arrows lead, and what it costs to have gone there."""

from math import inf

import numpy as np
import pytest

from tests.checks.hung import make_ring, make_tee, route
from wayfinder.checks.sign_leads import LeadCosts, Leads
from wayfinder.checks.sign_walker import SignWalker
from wayfinder.model import Arrow, Plan, list_signs


def lead(plan: Plan) -> tuple[Leads, LeadCosts, SignWalker]:
    router = route(plan)
    walker = SignWalker(router, list_signs(plan))
    return Leads(router, walker), LeadCosts(router, walker), walker


def test_who_follows_the_right_arrow_comes_by_the_place_and_no_other_does() -> None:
    leads, costs, walker = lead(make_tee())
    cost_s = costs.measure_s(walker.goals["D"].nodes)
    whole_s = costs.find_from_sign_s(0, walker.goals["D"].nodes)
    extra_s = {}
    for arrow in (Arrow.LEFT, Arrow.RIGHT):
        found = leads.find(0, arrow)
        assert found is not None
        assert found.far_m.shape == found.nodes.shape == found.stance.shape
        extra_s[arrow] = found.measure_s(cost_s, costs.speed_mps)[-1] - whole_s
    assert abs(extra_s[Arrow.RIGHT]) < 10
    assert extra_s[Arrow.LEFT] > 20
    assert leads.find(0, Arrow.LEFT) is leads.find(0, Arrow.LEFT)


def test_an_arrow_to_another_floor_leads_nowhere_here() -> None:
    leads, _, _ = lead(make_ring())
    assert leads.find(0, Arrow.UP) is None


def test_what_no_way_leads_to_is_never_reached() -> None:
    _, costs, walker = lead(make_ring(locked="1"))
    assert costs.find_from_sign_s(0, walker.goals["A"].nodes) == inf
    _, costs, walker = lead(make_ring())
    nodes = walker.goals["A"].nodes
    assert 10 < costs.find_from_sign_s(0, nodes) < 90
    assert float(np.min(costs.measure_s(nodes))) == pytest.approx(0.0)
