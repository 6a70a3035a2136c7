"""What conditions will do is told before they do it: of sets, of other hours, of other times."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from tests.web.studio.conftest import Someone, find_room, hire, let_in
from wayfinder.services import condition_sets, conditions
from wayfinder.services.people.desk import Desk
from wayfinder.services.people.roles import Role
from wayfinder.services.served import Served
from wayfinder.store.conditions import CLOSURE, HOURS, ConditionDraft, add_condition
from wayfinder.store.venues import get_venue

PATH = "/studio/v/clinic/conditions"
LOST = "lose step-free access"
DAY = timedelta(days=1)


@pytest.fixture
def publisher(app: Flask, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Someone:
    monkeypatch.setattr(find_room(app).background, "_poke", lambda: None)
    return let_in(app, desk, hire(desk, "Bo", Role.PUBLISHER, venue="clinic"))


@pytest.fixture
def lift(served_clinic: Served) -> str:
    return next(unit.id for unit in served_clinic.plan.units if unit.lift)


def fill(desk: Desk, *drafts: ConditionDraft) -> str:
    """Put conditions into a set that is off, those that are over too, and return its address."""
    made = condition_sets.prepare_set(desk.store, "clinic", "Works")
    with desk.store.write() as connection:
        venue = get_venue(connection, "clinic")
        for draft in drafts:
            add_condition(connection, venue, draft, set_name="Works")
    return f"{PATH}/sets/{made.id}?lang=en"


def test_members_that_are_over_or_to_come_are_named_and_not_counted(
    publisher: Someone, desk: Desk, lift: str
) -> None:
    now = datetime.now(UTC)
    over = ConditionDraft(CLOSURE, (lift,), {}, now - 9 * DAY, now - 7 * DAY)
    page = publisher.get(fill(desk, over)).text
    assert LOST not in page
    assert "Switched on now, it closes nothing." in page
    assert "Over, so it does nothing any more: Lift 1." in page
    # the list of what is in it says so too
    assert '<span class="tag">over</span>' in page.partition('id="members"')[2]
    page = publisher.get(fill(desk, ConditionDraft(CLOSURE, (lift,), {}, now + DAY))).text
    assert LOST not in page
    assert "Not begun yet, so it is not counted here: Lift 1." in page
    assert '<span class="tag">to come</span>' in page
    page = publisher.get(fill(desk, ConditionDraft(CLOSURE, (lift,), {}))).text
    assert LOST in page
    assert "closes nothing" not in page


def test_hours_that_are_open_at_times_are_looked_at_outside_them(
    publisher: Someone, desk: Desk, lift: str, served_clinic: Served
) -> None:
    zone = served_clinic.router.schedule.zone
    later = (datetime.now(zone) + timedelta(hours=2)).strftime("%H:%M")
    # open till then, from long before
    begun = (datetime.now(zone) - timedelta(hours=2)).strftime("%H:%M")
    path = fill(desk, ConditionDraft(HOURS, (lift,), {}, hours=f"{begun}-{later}"))
    page = publisher.get(path).text
    assert LOST in page
    assert f"{later}, outside the hours of: Lift 1." in page
    never = ConditionDraft(HOURS, (lift,), {}, hours="24/7")
    conditions.forget_set(desk.store, "clinic", "Works")
    page = publisher.get(fill(desk, never)).text
    assert LOST not in page
    assert "Switched on now, it closes nothing." in page


def test_hours_in_a_set_hold_as_long_as_it_is_on(publisher: Someone, desk: Desk, lift: str) -> None:
    address = f"{PATH}/hours?feature={lift}&set=Night&lang=en"
    page = publisher.get(address).text
    assert '<input type="radio" name="days" value="set" checked>' in page
    assert 'type="date" required' not in page
    assert publisher.send(address, days="some", kind="off").status_code == 422
    answer = publisher.send(address, days="set", kind="off", first="2090-01-01")
    (record,) = conditions.list_all(desk.store, "clinic")
    assert (record.set, record.draft.start, record.draft.end) == ("Night", None, None)
    page = publisher.get(answer.headers["Location"]).text
    assert "they hold as long as that is on." in page
    # without a set they need their days
    alone = f"{PATH}/hours?feature={lift}&lang=en"
    page = publisher.get(alone).text
    assert 'name="days"' not in page
    assert 'type="date" required' in page
    assert publisher.send(alone, days="set", kind="off").status_code == 422


def test_what_other_hours_do_is_told_before_they_are_saved(
    publisher: Someone, desk: Desk, lift: str
) -> None:
    address = f"{PATH}/hours?feature={lift}&lang=en"
    page = publisher.get(address).text
    assert page.index(LOST) < page.index("Save these hours")
    assert 'data-background="waiting"' in page
    # also where somebody has closed it just now
    conditions.add(desk.store, "clinic", ConditionDraft(CLOSURE, (lift,), {}))
    assert LOST in publisher.get(address).text
    assert 'id="reach-title"' not in publisher.get(f"{PATH}/hours?q=lift").text


def test_what_a_condition_does_is_told_where_its_times_are_changed(
    publisher: Someone, app: Flask, desk: Desk, lift: str
) -> None:
    closure = conditions.add(desk.store, "clinic", ConditionDraft(CLOSURE, (lift,), {}))
    later = datetime.now(UTC) + DAY
    draft = ConditionDraft(HOURS, (lift,), {}, later, later + DAY, "off")
    hours = conditions.add(desk.store, "clinic", draft)
    page = publisher.get(f"{PATH}/{closure.id}?lang=en").text
    # it holds already, and is told as if it did not
    assert page.index(LOST) < page.index('id="change"')
    # what is closed all the same loses nobody by it
    assert LOST not in publisher.get(f"{PATH}/{hours.id}?lang=en").text
    conditions.remove(desk.store, "clinic", closure.id)
    assert LOST in publisher.get(f"{PATH}/{hours.id}?lang=en").text
    viewer = let_in(app, desk, hire(desk, "Vi", Role.VIEWER, venue="clinic"))
    assert LOST not in viewer.get(f"{PATH}/{hours.id}?lang=en").text
