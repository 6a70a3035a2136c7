"""Areas are closed through the pages: a section, a geofence over two floors, a whole floor."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from tests.areas import draw_areas
from tests.route.houses import refuse, travel
from tests.web.studio.conftest import Someone, find_room, hire, let_in
from wayfinder.model import Release
from wayfinder.services import conditions
from wayfinder.services.people.desk import Desk
from wayfinder.services.people.roles import Role
from wayfinder.services.served import Served, make_served
from wayfinder.web.studio import closing

PATH = "/studio/v/clinic/conditions"


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> Served:
    served = make_served("clinic", Release(draw_areas(), 1))
    monkeypatch.setattr(closing, "get_served", lambda: served)
    return served


@pytest.fixture
def publisher(app: Flask, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Someone:
    monkeypatch.setattr(find_room(app).background, "_poke", lambda: None)
    return let_in(app, desk, hire(desk, "Bo", Role.PUBLISHER, venue="clinic"))


@pytest.mark.parametrize(
    ("area", "called", "shut", "left"),
    [
        ("east", ("area D", "Area with C and D"), ("C", "D"), ("A", "F")),
        ("fence", ("isolation", "Isolation"), ("B", "F"), ("A", "C")),
        ("level1", ("F2", "F2"), ("E", "F", "H"), ("A", "B", "D")),
    ],
)
def test_an_area_is_found_and_closed_and_ways_avoid_it(
    publisher: Someone,
    house: Served,
    area: str,
    called: tuple[str, str],
    shut: tuple[str, ...],
    left: tuple[str, ...],
) -> None:
    query, name = called
    for goal in (*shut, *left):
        travel(house.router, "hall", goal)
    page = publisher.get(f"{PATH}/choose?q={query}&lang=en").text
    (row,) = [one for one in page.splitlines() if f"feature={area}" in one]
    assert name in row
    page = publisher.get(f"{PATH}/close?feature={area}&lang=en").text
    assert 'id="reach-title"' in page
    assert f"Close {name}" in page
    publisher.send(f"{PATH}/close?lang=en", feature=area, phrase="infection")
    held = conditions.find_held(publisher.desk.store, "clinic", datetime.now(UTC))
    for goal in shut:
        assert area in refuse(house.router, "hall", goal, conditions=held).blocked_by
    for goal in left:
        travel(house.router, "hall", goal, conditions=held)


@pytest.mark.usefixtures("house")
def test_areas_are_offered_beside_lifts_and_below_the_map(publisher: Someone) -> None:
    page = publisher.get(f"{PATH}/choose?lang=en").text
    assert "Room, department, lift, area or number" in page
    assert "Area with C and D" in page.partition('id="areas"')[2]
    below = publisher.get(f"{PATH}/map?level=level1&lang=en").text.partition('id="areas"')[2]
    assert "feature=level1" in below
    assert "feature=fence" in below
    assert "feature=east" not in below
