"""That all is well is said only where it is known of each entrance, sign and screen too."""

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.web.studio.conftest import find_room, hire, let_in
from wayfinder.services import condition_sets, conditions
from wayfinder.services.background import run_waiting
from wayfinder.services.impact.closures import CLOSURE as CLOSURE_IMPACT
from wayfinder.services.people.desk import Desk
from wayfinder.services.people.roles import Role
from wayfinder.services.served import Served
from wayfinder.store.conditions import CLOSURE, ConditionDraft
from wayfinder.store.job_tables import jobs

PATH = "/studio/v/clinic/conditions"
WELL = "can still be reached, also without steps."
SOMEHOW = "can still be reached from some entrance, also without steps."
LOST = "6 journeys are no longer possible in a wheelchair"


def lose_ways(desk: Desk, feature: str) -> None:
    """Let all that was worked out have found that wheelchairs lose a way."""
    lost = [{"profile": "wheelchair", "starts": [feature], "places": [feature]}]
    with desk.store.write() as connection:
        whole = sa.select(jobs.c.result).where(jobs.c.kind == CLOSURE_IMPACT)
        (found,) = connection.scalars(whole)
        journeys = {**found["journeys"], "barred_on_wheels": 6, "lost": lost}
        other = sa.update(jobs).where(jobs.c.kind == CLOSURE_IMPACT)
        connection.execute(other.values(result={**found, "journeys": journeys}))


def test_no_all_clear_before_it_is_known_nor_where_wheelchairs_lose_a_way(
    app: Flask, desk: Desk, served_clinic: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find_room(app).background, "_poke", lambda: None)
    publisher = let_in(app, desk, hire(desk, "Bo", Role.PUBLISHER, venue="clinic"))
    units = served_clinic.plan.units
    (room,) = (unit.id for unit in units if (unit.name or {}).get("en") == "Drug Store")
    made = condition_sets.prepare_set(desk.store, "clinic", "Works")
    conditions.add(desk.store, "clinic", ConditionDraft(CLOSURE, (room,), {}), set_name="Works")
    paths = (f"{PATH}/close?feature={room}&lang=en", f"{PATH}/sets/{made.id}?lang=en")
    for path in paths:
        page = publisher.get(path).text
        assert SOMEHOW in page
        assert WELL not in page
    run_waiting(desk.store)
    for path in paths:
        page = publisher.get(path).text
        assert WELL in page
        assert SOMEHOW not in page
    lose_ways(desk, room)
    for path in paths:
        page = publisher.get(path).text
        assert LOST in page
        assert SOMEHOW in page
        assert WELL not in page
