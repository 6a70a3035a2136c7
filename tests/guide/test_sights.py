"""What counts as something to go by."""

from datetime import datetime
from itertools import islice, permutations
from zoneinfo import ZoneInfo

from wayfinder.formats import read_plan
from wayfinder.graph import build_network
from wayfinder.guide.answer import name_place
from wayfinder.guide.steps import make_steps
from wayfinder.model import list_signs
from wayfinder.resources import floorplans_dir
from wayfinder.route import Journey, Router

AT = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_nobody_is_told_to_go_by_a_wayfinding_sign() -> None:
    plan = read_plan(floorplans_dir() / "clinic").plan
    network = build_network(plan)
    signs = {sign.id for sign in list_signs(plan)}
    router = Router(network)
    places = sorted(key for key in network.places if key not in signs)
    told = set()
    for start, end in islice(permutations(places, 2), 0, None, 97):
        found = router.find_route(start, [end], departure=AT)
        if isinstance(found, Journey):
            told |= {step.landmark.id for step in make_steps(network, found) if step.landmark}
    assert told
    assert not told & signs


def test_a_thing_without_a_name_is_called_by_its_number() -> None:
    plan = read_plan(floorplans_dir() / "clinic").plan
    sign = list_signs(plan)[0]
    bare = plan.with_features(plan[sign.id].with_properties(name=None))
    assert name_place(build_network(bare), sign.id, "en") == sign.ref
