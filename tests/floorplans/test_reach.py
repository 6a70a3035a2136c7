"""Who gets where in the sample hospital, by day and by night, with and without steps."""

from collections.abc import Iterable
from datetime import datetime

import pytest

from wayfinder.model import Amenity, Conditions, Feature, Occupant, Opening, Plan, Section, Unit
from wayfinder.model.categories import VERTICAL, is_walkable
from wayfinder.route import Journey, Refusal, Router, find_places, find_time_zone

MORNING = "2026-11-23T10:15"
"""A Monday."""
INSTANTS = (
    MORNING,
    *(f"2026-11-23T{hour:02d}:{minute}" for hour in range(24) for minute in (15, 45)),
)
"""When it is tried to reach a place: visiting hours, night windows, examinations are short."""
CALM = Conditions()
TELLING = {"restroom", "parking", "cashier", "information", "drinkingfountain", "defibrillator"}
SIGNS = {"signage"}


def instant_of(plan: Plan, text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=find_time_zone(plan))


def place_of(plan: Plan, text: str) -> str:
    (found,) = find_places(plan, text)
    return found


def unit_of(plan: Plan, feature: Feature) -> str | None:
    if isinstance(feature, Amenity):
        return feature.unit_ids[0]
    if isinstance(feature, Occupant):
        anchor = plan[feature.anchor_id or ""]
        return str(anchor.properties["unit_id"])
    return feature.id


def list_public(router: Router, kinds: tuple[type[Feature], ...]) -> list[Feature]:
    """List what everybody may go to."""
    plan, zones = router.network.plan, router.network.zone_of_unit
    return [
        feature
        for kind in kinds
        for feature in plan.list_of(kind)
        if feature.category not in SIGNS
        and unit_of(plan, feature) not in zones
        and feature.access not in {"staff", "private"}
        and (not isinstance(feature, Unit) or is_walkable(feature))
        and feature.category not in VERTICAL  # of the stairs and lifts some are the staff's
    ]


def list_entrances(plan: Plan) -> list[Opening]:
    """List the ways in from the street and from the grounds: gates, doors, the car park's."""
    return [o for o in plan.list_of(Opening) if o.category == "pedestrian.principal"]


def list_nodes(router: Router, place: Feature) -> list[int]:
    """List the nodes at which one is at a place, as the search numbers them."""
    target = router._targets.find(place.id)
    assert target is not None
    assert target.feature_of_node, place.name
    return [router.search.table.index[node] for node in target.feature_of_node]


def list_unreached(router: Router, places: Iterable[Feature], profile: str) -> list[str]:
    """List the places that some open entrance does not lead to at any time of the day."""
    plan, search = router.network.plan, router.search
    epochs = [
        (when, router.schedule.find_epoch(when, CALM))
        for when in (instant_of(plan, text) for text in INSTANTS)
    ]
    starts = {entrance: list_nodes(router, entrance) for entrance in list_entrances(plan)}
    unreached = []
    for place in places:
        goal = list_nodes(router, place)
        left = dict(starts)
        for when, epoch in epochs:
            if not router.schedule.is_open(place.id, when, CALM):
                continue
            for entrance, start in list(left.items()):
                if search.find_leg(start, goal, profile, epoch) is not None:
                    del left[entrance]
            if not left:
                break
        what = f"{place.name.get('en') or place.category} ({place.id})"
        unreached += [f"{entrance.name['en']} to {what}" for entrance in left]
    return unreached


@pytest.mark.long
def test_departments_and_amenities_are_reached_from_every_entrance(router: Router) -> None:
    places = list_public(router, (Occupant, Amenity))
    assert len(places) > 300
    telling = [p for p in places if isinstance(p, Occupant) or p.name or p.category in TELLING]
    assert list_unreached(router, telling, "walk") == []


def test_departments_are_reached_without_steps_from_every_entrance(router: Router) -> None:
    places = list_public(router, (Occupant,))
    assert list_unreached(router, places, "wheelchair") == []


@pytest.mark.long
@pytest.mark.parametrize("profile", ["walk", "wheelchair"])
def test_every_public_room_is_reached_from_every_entrance(router: Router, profile: str) -> None:
    places = list_public(router, (Unit, Amenity, Section))
    assert len(places) > 1000
    assert list_unreached(router, places, profile) == []


@pytest.mark.parametrize(
    ("origin", "goal"),
    [("南门", "ED"), ("东门", "ED"), ("P2-C-117", "ED"), ("南门", "FEV")],
)
def test_emergency_and_fever_clinic_are_open_at_night(
    router: Router, origin: str, goal: str
) -> None:
    found = ask(router, origin, goal, "2026-11-24T02:00", "wheelchair")
    assert isinstance(found, Journey)


@pytest.mark.parametrize(
    ("goal", "blocked"),
    [("CARD", "门诊正门"), ("REG", "门诊正门"), ("PHA", "门诊正门")],
)
def test_the_outpatient_building_is_closed_at_night(
    router: Router, goal: str, blocked: str
) -> None:
    found = ask(router, "南门", goal, "2026-11-24T02:00")
    assert isinstance(found, Refusal)
    assert found.code == "outside-hours"
    assert isinstance(ask(router, blocked, goal, MORNING), Journey)


def test_whoever_stays_too_long_gets_out(router: Router) -> None:
    found = ask(router, "CARD", "南门", "2026-11-23T18:30")
    assert isinstance(found, Journey)


def ask(
    router: Router, origin: str, goal: str, when: str, profile: str = "walk"
) -> Journey | Refusal:
    plan = router.network.plan
    return router.find_route(
        place_of(plan, origin),
        [place_of(plan, goal)],
        profile=profile,
        departure=instant_of(plan, when),
    )
