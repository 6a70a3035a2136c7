"""What joins a set joins it, from whichever page it was found, and is not done to everybody."""

from datetime import UTC, datetime
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.web.studio.conftest import Form, Someone, find_room, hire, let_in
from wayfinder.model import Unit
from wayfinder.services import condition_sets, conditions
from wayfinder.services.people.desk import Desk
from wayfinder.services.people.roles import Role
from wayfinder.services.served import Served
from wayfinder.store.conditions import ConditionRecord
from wayfinder.store.jobs import claim_job, end_job

PATH = "/studio/v/clinic/conditions"
NIGHT = "set=Night"
NOT_YET: dict[str, tuple[dict[str, str], str]] = {
    "notice": (
        {"text.en": "Night bell", "sure": "1", "on": "phone"},
        "The notice is in the set “Night”: shown whenever that is on.",
    ),
    "hours": (
        {"first": "2090-10-01", "kind": "off"},
        "are in the set “Night”: they hold on these days whenever that is on.",
    ),
}
"""What the forms of entries are sent with, and what is said then."""


@pytest.fixture
def publisher(app: Flask, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Someone:
    monkeypatch.setattr(find_room(app).background, "_poke", lambda: None)
    return let_in(app, desk, hire(desk, "Bo", Role.PUBLISHER, venue="clinic"))


@pytest.fixture
def night(desk: Desk) -> str:
    """Make an empty set that is off, and return its address."""
    made = condition_sets.prepare_set(desk.store, "clinic", "Night")
    return f"{PATH}/sets/{made.id}"


@pytest.fixture
def lift(served_clinic: Served) -> str:
    return next(unit.id for unit in served_clinic.plan.units if unit.lift)


@pytest.fixture
def corridor(served_clinic: Served) -> Unit:
    return next(u for u in served_clinic.plan.list_of(Unit) if u.category == "walkway")


class Links(Form):
    """Finds the links of a page beside its forms; not that to itself in another language."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        values = dict(attrs)
        if tag == "a" and "hreflang" not in values:
            self.links.append(values.get("href") or "")

    def find(self, view: str) -> list[str]:
        """Return the addresses that lead to a view about conditions."""
        return [one for one in self.links if urlsplit(one).path == f"{PATH}/{view}"]


def list_held(desk: Desk) -> list[ConditionRecord]:
    return conditions.list_all(desk.store, "clinic")


def fill_in(who: Someone, page: TestResponse, **fields: str) -> TestResponse:
    """Send the form of a page with all that it brings."""
    form = Links(page.text)
    (action,) = [one for one in form.forms if f"{PATH}/close" in one]
    return who.send(action, **{**form.forms[action], **fields})


def fail_job(desk: Desk) -> None:
    now = datetime.now(UTC)
    with desk.store.write() as connection:
        job = claim_job(connection, "runner", now)
        assert job is not None
        problem = {"code": "store.job-failed", "values": {}}
        end_job(connection, job.id, "runner", problem=problem, now=now)


def test_the_map_leads_into_the_set(publisher: Someone, night: str, corridor: Unit) -> None:
    page = publisher.get(night).text
    (choose,) = Links(page).find("choose")
    (on_map,) = Links(publisher.get(choose).text).find("map")
    assert NIGHT in on_map
    page = publisher.get(f"{on_map}&level={corridor.level_id}").text
    found = Links(page)
    assert len(found.find("close")) > 3
    for address in [*found.find("close"), *found.find("map"), *found.find("choose")]:
        assert NIGHT in address, address
    assert '<input type="hidden" name="set" value="Night">' in page
    (address,) = [
        one
        for one in found.find("close")
        if parse_qs(urlsplit(one).query)["feature"] == [corridor.id]
    ]
    page = publisher.get(address).text
    closing = Links(page)
    # its doors, and the map again
    assert len(closing.find("close")) > 1
    for link in [*closing.find("close"), *closing.find("map")]:
        assert NIGHT in link, link


def test_a_door_that_is_chosen_for_a_set_is_not_closed_for_everybody(
    publisher: Someone, desk: Desk, night: str, corridor: Unit
) -> None:
    page = publisher.get(f"{PATH}/close?feature={corridor.id}&{NIGHT}&lang=en")
    door = next(one for one in Links(page.text).find("close") if corridor.id not in one)
    answer = fill_in(publisher, publisher.get(door), phrase="cleaning")
    (record,) = list_held(desk)
    assert (record.set, record.active) == ("Night", False)
    # one goes on filling the set
    assert answer.headers["Location"].partition("?")[0] == night
    page = publisher.get(answer.headers["Location"])
    assert "is in the set “Night”" in page.text


@pytest.mark.usefixtures("night")
def test_the_button_says_what_it_does(publisher: Someone, desk: Desk, corridor: Unit) -> None:
    address = f"{PATH}/close?feature={corridor.id}&lang=en"
    assert "Close Corridor 1F" in publisher.get(address).text
    page = publisher.get(f"{address}&{NIGHT}").text
    assert "Close Corridor 1F" not in page
    assert "Add to “Night”" in page
    assert "button danger" not in page
    assert "for patients nothing changes" in page
    conditions.switch(desk.store, "clinic", on=["Night"])
    page = publisher.get(f"{address}&{NIGHT}").text
    # that it is on already is said, and looks so
    assert "Add to “Night”" in page
    assert "is on: patients see it at once" in page
    assert "button danger" in page


@pytest.mark.usefixtures("night")
def test_what_is_closed_now_joins_a_set_all_the_same(
    publisher: Someone, desk: Desk, lift: str
) -> None:
    publisher.send(f"{PATH}/close", feature=lift, phrase="broken")
    address = f"{PATH}/close?feature={lift}&lang=en"
    assert "closing-form" not in publisher.get(address).text
    page = publisher.get(f"{address}&{NIGHT}")
    assert "Out of service" in page.text
    # nobody opens it by mistake who fills a set
    assert f"{PATH}/reopen" not in page.text
    fill_in(publisher, page, phrase="maintenance")
    assert [(one.set, one.active) for one in list_held(desk)] == [(None, True), ("Night", False)]


@pytest.mark.usefixtures("night")
def test_to_look_again_and_to_try_again_stay_with_the_set(
    publisher: Someone, desk: Desk, lift: str
) -> None:
    page = publisher.get(f"{PATH}/close?feature={lift}&{NIGHT}").text
    (look_again,) = [one for one in Links(page).find("close") if lift in one]
    assert NIGHT in look_again
    fail_job(desk)
    form = Links(publisher.get(look_again).text)
    (again,) = [action for action in form.forms if "/work/" in action]
    answer = publisher.send(again, next=form.forms[again]["next"])
    assert NIGHT in answer.headers["Location"]


@pytest.mark.usefixtures("night")
def test_a_refusal_stays_with_the_set(publisher: Someone, desk: Desk, lift: str) -> None:
    page = publisher.get(f"{PATH}/close?feature={lift}&{NIGHT}&lang=en")
    refused = fill_in(publisher, page, until="at", end="never")
    assert refused.status_code == 422
    assert "Add to “Night”" in refused.text
    fill_in(publisher, refused, until="")
    assert [one.set for one in list_held(desk)] == ["Night"]


@pytest.mark.parametrize("view", ["notice", "hours"])
def test_a_notice_and_hours_in_a_set_are_not_said_to_hold(
    publisher: Someone, desk: Desk, night: str, lift: str, view: str
) -> None:
    fields, said = NOT_YET[view]
    address = f"{PATH}/{view}?{NIGHT}&lang=en" + (f"&feature={lift}" if view == "hours" else "")
    page = publisher.get(address).text
    assert "Add to “Night”" in page
    assert "for patients nothing changes" in page
    # the form goes to where it was shown, with the set in the address
    answer = publisher.send(address, **fields)
    assert answer.headers["Location"].partition("?")[0] == night
    assert [(one.set, one.active) for one in list_held(desk)] == [("Night", False)]
    page = publisher.get(answer.headers["Location"]).text
    assert said in page
    assert "from now on" not in page


@pytest.mark.usefixtures("night")
def test_a_set_that_is_typed_on_the_page_of_a_lift_is_gone_to(
    publisher: Someone, desk: Desk, lift: str
) -> None:
    page = publisher.get(f"{PATH}/close?feature={lift}&lang=en")
    answer = fill_in(publisher, page, set="Works & more")
    (record,) = list_held(desk)
    assert record.set == "Works & more"
    page = publisher.get(answer.headers["Location"])
    assert "Switch “Works &amp; more” on" in page.text
    choose = Links(page.text).find("choose")[0]
    (on_map,) = Links(publisher.get(unescape(choose)).text).find("map")
    assert parse_qs(urlsplit(on_map).query)["set"] == ["Works & more"]
